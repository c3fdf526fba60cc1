//! The sales, returns, redemptions and receipts: filters and rows.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit};
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{fill, moment, money, signed, time};
use crate::ui::head::{Head, Weight, empty};
use crate::ui::pager::pager;
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, sub_phone, title, wide};

fields! {
    /// The filter of the sales, in the query.
    SalesField = "sales" {
        /// The first local day: `2026-06-05`.
        From = "from",
        /// The last local day.
        To = "to",
        /// The number of a branch; empty for all.
        Branch = "branch",
        /// A code of [`Kind`]; empty for all.
        Kind = "kind",
        /// The number of a client; empty for all.
        Client = "client",
    }
}

/// The name in the query of the key after which the rows continue.
pub const AFTER: &str = "after";

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A purchase of a client.
    Sale,
    /// A return.
    Return,
    /// A redemption without a sale.
    Redemption,
    /// A purchase without a client.
    Receipt,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Sale, Self::Return, Self::Redemption, Self::Receipt];

    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Return => "return",
            Self::Redemption => "redemption",
            Self::Receipt => "receipt",
        }
    }

    /// Returns the kind with this value.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Sale => texts.sales.sale,
            Self::Return => texts.sales.goods_return,
            Self::Redemption => texts.sales.redemption,
            Self::Receipt => texts.sales.receipt,
        }
    }
}

/// The page of the sales.
#[derive(Clone, Debug)]
pub struct Sales {
    /// The current moment.
    pub now: Timestamp,
    /// The filter.
    pub filter: FormState<SalesField>,
    /// The branches of the filter.
    pub branches: Vec<(i64, String)>,
    /// The name of the client, if the filter has one.
    pub client: Option<String>,
    /// The sum of the sales and receipts that the filter finds, and their number.
    pub total: Option<(Money, i64)>,
    /// The rows, the newest first.
    pub rows: Vec<Document>,
    /// The key after which the next page continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if these are not the first rows.
    pub is_continued: bool,
}

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The kind.
    pub kind: Kind,
    /// The number of the sale that the row opens: of a return, that is the returned one.
    pub sale: Option<i64>,
    /// The moment.
    pub at: Timestamp,
    /// The name of the branch.
    pub branch: String,
    /// The name of the till.
    pub till: String,
    /// The client with its number.
    pub client: Option<(i64, String)>,
    /// The sum of the goods.
    pub total: Money,
    /// The bonuses given; negative if a return took them back.
    pub accrued: Money,
    /// The bonuses spent; negative if a return gave them back.
    pub redeemed: Money,
    /// `true` if the receipt was cancelled, or all goods came back.
    pub is_void: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sales) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.common.sales);
    let client = page.client.as_ref();
    head.note = client.map(|name| fill(t.sales.of_client, &[name]).into_any());
    let content = if page.rows.is_empty() {
        empty(t.sales.none, t.sales.none_advice, None)
    } else {
        rows(language, t, page)
    };
    let body = view! {
        {filters(language, t, page)}
        <section class="panel">{content}</section>
    };
    chrome.page(Page {
        section: Some(Section::Sales),
        head,
        is_wrong: page.filter.is_wrong(),
        body: body.into_any(),
    })
}

fn address(page: &Sales, after: &str) -> String {
    let value = |field| page.filter.value(field);
    Url::Sales.with_query(&[
        ("from", value(SalesField::From)),
        ("to", value(SalesField::To)),
        ("branch", value(SalesField::Branch)),
        ("kind", value(SalesField::Kind)),
        ("client", value(SalesField::Client)),
        (AFTER, after),
    ])
}

fn filters(language: Language, all: &'static Texts, page: &Sales) -> AnyView {
    let t = &all.sales;
    let (from, to) = (
        page.filter.value(SalesField::From),
        page.filter.value(SalesField::To),
    );
    let days = |back: i64| page.now.plus_days(-back).local_date();
    let today = days(0);
    let periods = [
        (t.today, today.clone(), today.clone()),
        (t.yesterday, days(1), days(1)),
        (t.week, days(6), today.clone()),
        (t.month, days(29), today),
        (t.all_time, String::new(), String::new()),
    ];
    let chip = |(words, first, last): (&'static str, String, String)| {
        let is_current = first == from && last == to;
        let value = |field| page.filter.value(field);
        let href = Url::Sales.with_query(&[
            ("from", &first),
            ("to", &last),
            ("branch", value(SalesField::Branch)),
            ("kind", value(SalesField::Kind)),
            ("client", value(SalesField::Client)),
        ]);
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {words}
            </a>
        }
    };
    let control = |field, label| Control::new(&page.filter, language, field, label);
    let all_branches = std::iter::once(Choice::new("", all.common.all_branches));
    let branches = page
        .branches
        .iter()
        .map(|(id, name)| Choice::new(id.to_string(), name.clone()));
    let all_kinds = std::iter::once(Choice::new("", t.all_kinds));
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.code(), kind.words(all)));
    let client = page.filter.value(SalesField::Client);
    let client = (!client.is_empty()).then(|| crate::forms::hidden("client", client));
    view! {
        <div class="filters">
            <nav class="chips" aria-label=t.period>
                {periods.map(chip).collect_view()}
            </nav>
            <form class="sales-filter" action=Url::Sales.to_string()>
                {control(SalesField::From, t.from).date()}
                {control(SalesField::To, t.to).date()}
                {control(SalesField::Branch, all.common.branch)
                    .select(all_branches.chain(branches).collect())}
                {control(SalesField::Kind, t.kind).select(all_kinds.chain(kinds).collect())}
                {client}
                {submit(Weight::Quiet, all.common.show)}
            </form>
        </div>
    }
    .into_any()
}

fn rows(language: Language, t: &'static Texts, page: &Sales) -> AnyView {
    let figure = page.total.map(|(total, number)| {
        let figure = Figure {
            label: t.sales.sum.to_owned(),
            value: money(language, total),
            unit: Some(t.common.somoni.to_owned()),
            href: None,
            words: Some(words(t.today.checks_noun.of(language, number))),
        };
        view! { <div class="pad">{figure.view()}</div> }
    });
    let class = if page.total.is_some() { "ruled" } else { "" };
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
        groups: vec![
            page.rows
                .iter()
                .map(|row| document(language, t, page, row))
                .collect(),
        ],
        total: None,
    };
    let pages = pager(
        page::texts(language).pager,
        "pager",
        page.next.as_deref().map(|after| address(page, after)),
        page.is_continued.then(|| address(page, "")),
    );
    view! {
        {figure}
        {table.view()}
        {pages}
    }
    .into_any()
}

fn document(language: Language, t: &'static Texts, page: &Sales, row: &Document) -> Row {
    let at = if row.at.local_date() == page.now.local_date() {
        time(row.at)
    } else {
        moment(language, row.at, page.now)
    };
    let kind = if row.is_void {
        format!("{} · {}", row.kind.words(t), t.sales.void)
    } else {
        row.kind.words(t).to_owned()
    };
    let name = match row.sale {
        Some(id) => title(Some(Url::Sale(id).to_string()), kind),
        None => strong(kind),
    };
    let place = format!("{}, {}", row.branch, row.till);
    let about = match &row.client {
        Some((_, client)) => format!("{client} · {}", row.branch),
        None => row.branch.clone(),
    };
    let client = match row.client.clone() {
        Some((id, name)) => view! {
            <a class="rows-link" href=Url::Client(id).to_string()>
                {name}
            </a>
        }
        .into_any(),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    let bonus = |amount: Money| {
        if amount.is_zero() {
            "—".to_owned()
        } else {
            signed(language, amount)
        }
    };
    let moves: Vec<String> = [row.accrued, -row.redeemed]
        .into_iter()
        .filter(|amount| !amount.is_zero())
        .map(|amount| signed(language, amount))
        .collect();
    let total = match row.kind {
        Kind::Return => -row.total,
        _ => row.total,
    };
    let view = view! {
        {strong(money(language, total))}
        {(!moves.is_empty()).then(|| sub_phone(moves.join(" ")))}
    };
    let row_view = Row::new(vec![
        Cell::left(view! { {name} {sub(at)} {sub_phone(about)} }),
        Cell::text(client),
        Cell::text(place),
        Cell::right(view),
        Cell::figure(bonus(row.accrued)),
        Cell::wide(bonus(-row.redeemed)),
    ]);
    if row.is_void {
        row_view.with_class("zero")
    } else {
        row_view
    }
}
