//! «Передача ключей»: the tills of all stores whose tokens may be shared, the worst first.

use domain::Timestamp;
use domain::sharing::{Level, Reason};
use leptos::prelude::*;

use super::sign;
use crate::admin::chrome::{Chrome, Section};
use crate::admin::texts::{ActivityTexts, texts};
use crate::admin::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::format::{ago, fill};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, FORMAT, Format, Sheet};
use crate::ui::states::state;
use crate::ui::table::{Cell, Row, Table, column, figures, sub, title};

/// The name of the query that continues the list: points, store and till of the last row before.
pub const AFTER: &str = "after";

/// The page of the signs.
#[derive(Clone, Debug)]
pub struct Signs {
    /// The current moment.
    pub now: Timestamp,
    /// The tills of this page.
    pub rows: Vec<SignRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// `true` if this is not the first page.
    pub is_continued: bool,
}

/// A till whose token may be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignRow {
    /// The number of its store.
    pub store_id: i64,
    /// The name of its store.
    pub store: String,
    /// Its number.
    pub till_id: i64,
    /// Its name, with that of its branch.
    pub till: String,
    /// What it was judged.
    pub level: Level,
    /// Its points.
    pub points: i64,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Reason>,
    /// When it was judged.
    pub at: Timestamp,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Signs) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.activity;
    let url = Url::Signs;
    let mut head = Head::new(t.signs_title);
    head.note = Some(t.signs_note.into_any());
    if !page.rows.is_empty() {
        let excel = url.with_query(&[(FORMAT, Format::Xlsx.code())]);
        let files = page::texts(language).files;
        head.actions = vec![button_link(Weight::Quiet, excel, files.excel)];
    }
    let content = if page.rows.is_empty() {
        empty(t.no_signs, t.no_signs_advice, None)
    } else {
        let next = page.next.as_ref();
        let next = next.map(|after| url.with_query(&[(AFTER, after)]));
        let first = page.is_continued.then(|| url.to_string());
        view! {
            {table(language, t, page)}
            {pager(page::texts(language).pager, "pager", next, first)}
        }
        .into_any()
    };
    let body = view! { <section class="panel">{content}</section> };
    chrome.live_page(Section::Signs, head, body.into_any())
}

fn table(language: Language, t: &'static ActivityTexts, page: &Signs) -> AnyView {
    let row = |known: &SignRow| {
        let href = Url::TillActivity(known.store_id, known.till_id).to_string();
        let sign = sign::level(t, known.level).map(|(tone, words)| state(tone, words));
        let points = t.point_noun.of(language, known.points);
        let judged = fill(t.judged, &[&ago(language, known.at, page.now).text()]);
        let name = view! {
            {title(Some(href), known.till.clone())} {sub(known.store.clone())}
        };
        Row::new(vec![
            Cell::left(name),
            Cell::below(view! { {sign} {sub(sign::names(t, &known.reasons))} }),
            Cell::right(view! { {points} {sub(judged)} }),
        ])
    };
    Table {
        name: t.signs_title.to_owned(),
        class: "",
        columns: vec![column(t.till), column(t.sign), figures(t.points)],
        groups: vec![page.rows.iter().map(row).collect()],
        total: None,
    }
    .view()
}

type SignColumn = Column<SignRow>;

/// Returns the tills as a file.
pub fn sheet(language: Language, rows: &[SignRow]) -> Sheet {
    let t = &texts(language).activity;
    let columns = [
        SignColumn::new(t.file_store_number, |known| known.store_id),
        SignColumn::new(t.file_store, |known| known.store.clone()),
        SignColumn::new(t.file_number, |known| known.till_id),
        SignColumn::new(t.till, |known| known.till.clone()),
        SignColumn::new(t.sign, move |known| {
            sign::level(t, known.level).map_or("", |(_, words)| words)
        }),
        SignColumn::new(t.points, |known| known.points),
        SignColumn::new(t.reasons_column, move |known| {
            sign::names(t, &known.reasons)
        })
        .with_width(60),
        SignColumn::new(t.file_judged, |known| known.at),
    ];
    Sheet::new(language, t.signs_title, &columns, rows)
}
