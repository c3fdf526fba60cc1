//! The rows of the sales, on the page and in a file.

use domain::Money;
use leptos::prelude::*;

use super::query::{Document, Fate, Kind, Sales, SalesTotals, first, next};
use crate::locales::Language;
use crate::page;
use crate::panel::chrome::{Chrome, Section};
use crate::panel::texts::{Texts, texts};
use crate::panel::urls::Url;
use crate::ui::figures::{Figure, rows_link, split, words};
use crate::ui::format::{day, fill, moment, money, phone, signed, time};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, Sheet};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, sub_phone, title, wide};

pub(super) fn list(chrome: &Chrome, page: &Sales) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let class = if page.totals.is_some() { "ruled" } else { "" };
    let rows = page.rows.iter().map(|row| document(chrome, page, row));
    let table = Table {
        name: t.common.sales.to_owned(),
        class,
        columns: vec![
            column(t.sales.document),
            column(t.clients.client),
            column(t.sales.place),
            figures(t.sales.total),
            figures(t.common.accrued),
            wide(t.common.redeemed),
        ],
        groups: vec![rows.collect()],
        total: None,
    };
    let pages = pager(
        page::texts(language).pager,
        "pager",
        next(page),
        first(page),
    );
    let searched = page.searched_until.map(|until| {
        let words = fill(t.sales.searched_until, &[&day(language, until, page.now)]);
        view! { <p class="panel-foot note">{words}</p> }
    });
    view! {
        {page.totals.map(|totals| sums(language, t, totals))}
        {table.view()}
        {searched}
        {pages}
    }
    .into_any()
}

/// Renders the sums of all rows, also of those on other pages.
fn sums(language: Language, t: &'static Texts, totals: SalesTotals) -> AnyView {
    let checks = t.today.checks_noun.of(language, totals.purchases);
    let figure = Figure {
        label: t.sales.sum.to_owned(),
        value: money(language, totals.sold),
        unit: Some(t.common.somoni.to_owned()),
        href: None,
        words: Some(words(checks)),
    };
    let amount = |amount: Money| money(language, amount).into_any();
    let returns = format!("{} · {}", t.sales.returns, totals.returns);
    let parts = vec![
        (returns, amount(totals.returned)),
        (t.common.accrued.to_owned(), amount(totals.accrued)),
        (t.common.redeemed.to_owned(), amount(totals.redeemed)),
    ];
    view! { <div class="pad sales-sums">{figure.view()} {split(parts)}</div> }.into_any()
}

fn document(chrome: &Chrome, page: &Sales, row: &Document) -> Row {
    let (language, t) = (chrome.language, chrome.texts());
    let at = if row.at.local_date() == page.now.local_date() {
        time(row.at)
    } else {
        moment(language, row.at, page.now)
    };
    let at = match &row.number {
        Some(number) => format!("{at} · {}", fill(t.sale.number, &[number])),
        None => at,
    };
    let kind = match state(t, row) {
        "" => row.kind.words(t).to_owned(),
        state => format!("{} · {state}", row.kind.words(t)),
    };
    let name = title(Some(row.href.clone()), kind);
    let place = format!("{}, {}", row.branch, row.till);
    let client = row.client.as_ref().map(|(id, name, number)| {
        let name = name.clone().unwrap_or_else(|| phone(number));
        (*id, name)
    });
    let about = match &client {
        Some((_, client)) => format!("{client} · {}", row.branch),
        None => row.branch.clone(),
    };
    let client = match client {
        Some((id, name)) => rows_link(
            name,
            chrome.link(Section::Clients, Url::Client(id).to_string()),
        ),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    let bonus = |amount: Money| match amount {
        Money::ZERO => "—".to_owned(),
        amount => signed(language, amount),
    };
    let moves: Vec<String> = [row.accrued, -row.redeemed]
        .into_iter()
        .filter(|amount| !amount.is_zero())
        .map(|amount| signed(language, amount))
        .collect();
    let total = match row.kind {
        Kind::Redemption => "—".to_owned(),
        _ => money(language, total(row)),
    };
    let total = view! {
        {strong(total)}
        {(!moves.is_empty()).then(|| sub_phone(moves.join(" ")))}
    };
    let cells = vec![
        Cell::left(view! { {name} {sub(at)} {sub_phone(about)} }),
        Cell::text(client),
        Cell::text(place),
        Cell::right(total),
        Cell::figure(bonus(row.accrued)),
        Cell::wide(bonus(-row.redeemed)),
    ];
    let view = Row::new(cells);
    match row.fate {
        Fate::Valid => view,
        Fate::AllReturned | Fate::Void => view.with_class("zero"),
    }
}

/// Returns the value of the goods, negative if they came back.
fn total(row: &Document) -> Money {
    match row.kind {
        Kind::Return => -row.total,
        _ => row.total,
    }
}

/// Returns what happened to a document later.
fn state(t: &'static Texts, row: &Document) -> &'static str {
    match row.fate {
        Fate::Valid => "",
        Fate::AllReturned => t.sales.all_returned,
        Fate::Void => t.sales.void,
    }
}

type DocumentColumn = Column<Document>;

/// Returns the documents as a file. It has the names of clients but not their phones: everybody who
/// reads the sales may download them, and only owners the list of clients.
pub fn sheet(language: Language, documents: &[Document]) -> Sheet {
    let t = texts(language);
    let columns = [
        DocumentColumn::new(t.sales.when, |row| row.at),
        DocumentColumn::new(t.sales.document, |row| row.kind.words(t)),
        DocumentColumn::new(t.sales.state, |row| state(t, row)).with_width(18),
        DocumentColumn::new(t.sales.number, |row| row.number.clone()).with_width(18),
        DocumentColumn::new(t.common.branch, |row| row.branch.clone()),
        DocumentColumn::new(t.sales.place, |row| row.till.clone()).with_width(18),
        DocumentColumn::new(t.sales.cashier, |row| row.cashier.clone()).with_width(18),
        DocumentColumn::new(t.clients.client, |row| {
            row.client.as_ref().and_then(|(_, name, _)| name.clone())
        }),
        DocumentColumn::new(t.sales.client_number, |row| {
            row.client.as_ref().map(|(id, ..)| *id)
        }),
        DocumentColumn::new(t.sales.total, |row| {
            (row.kind != Kind::Redemption).then(|| total(row))
        }),
        DocumentColumn::new(t.common.accrued, |row| row.accrued),
        DocumentColumn::new(t.common.redeemed, |row| -row.redeemed),
    ];
    Sheet::new(language, t.common.sales, &columns, documents)
}
