//! The stores of the platform.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::Texts;
use super::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::Figure;
use crate::ui::format::{NBSP, ago, count, fill};
use crate::ui::head::{Head, empty};
use crate::ui::pager::pager;
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, sub_phone};

/// The name of the query that continues the list: the number of the store before.
pub const AFTER: &str = "after";

/// The page of the stores.
#[derive(Clone, Debug)]
pub struct Stores {
    /// The current moment.
    pub now: Timestamp,
    /// The stores of the whole platform.
    pub count: i64,
    /// The stores of this page.
    pub rows: Vec<StoreRow>,
    /// The number of the last store, if there are more.
    pub next: Option<i64>,
    /// `true` if this is not the first page.
    pub is_continued: bool,
}

/// A store in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreRow {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `true` if it is suspended.
    pub is_suspended: bool,
    /// Its tills that are switched on.
    pub active_tills: i64,
    /// All its tills.
    pub tills: i64,
    /// Its last sale.
    pub last_sale: Option<Timestamp>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Stores) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.stores);
    head.note = Some(fill(t.signed_in_as, &[&chrome.person]).into_any());
    let content = if page.rows.is_empty() && !page.is_continued {
        empty(t.no_stores, t.no_stores_advice, None)
    } else {
        let figure = Figure {
            label: t.on_the_platform.to_owned(),
            value: count(language, page.count),
            unit: Some(t.store_noun.form(language, page.count).to_owned()),
            href: None,
            words: None,
        };
        let next = page.next.map(|id| {
            let after = id.to_string();
            Url::Stores.with_query(&[(AFTER, &after)])
        });
        let first = page.is_continued.then(|| Url::Stores.to_string());
        view! {
            <div class="pad">{figure.view()}</div>
            {table(language, t, page)}
            {pager(page::texts(language).pager, "pager", next, first)}
        }
        .into_any()
    };
    let body = view! { <section class="panel">{content}</section> };
    chrome.page(Section::Stores, head, body.into_any())
}

fn table(language: Language, t: &'static Texts, page: &Stores) -> AnyView {
    let row = |store: &StoreRow| row(language, t, page.now, store);
    Table {
        name: t.stores.to_owned(),
        class: "ruled",
        columns: vec![
            column(t.store),
            column(t.state),
            figures(t.active_tills),
            figures(t.last_sale),
        ],
        groups: vec![page.rows.iter().map(row).collect()],
        total: None,
    }
    .view()
}

fn row(language: Language, t: &'static Texts, now: Timestamp, store: &StoreRow) -> Row {
    let (active, all) = (
        count(language, store.active_tills),
        count(language, store.tills),
    );
    let tills = fill(t.of_tills, &[&active, &all]);
    let number = format!("№{NBSP}{}", store.id);
    let name = view! {
        {strong(store.name.clone())} {sub(number)}
        {sub_phone(fill(t.tills_on_phone, &[&tills]))}
    };
    let (tone, words) = if store.is_suspended {
        (Tone::Neutral, t.suspended)
    } else {
        (Tone::Good, t.works)
    };
    let sale = match store.last_sale {
        Some(at) => ago(language, at, now).text(),
        None => t.never_sold.to_owned(),
    };
    Row::new(vec![
        Cell::left(name),
        Cell::below(state(tone, words)),
        Cell::figure(tills),
        Cell::right(sale),
    ])
}
