//! The tiers, and who moved between them in a period.

use domain::Money;
use leptos::prelude::*;

use super::parts::{files, listed};
use super::period::{Branches, Choice};
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::panel::texts::texts;
use crate::panel::urls::Url;
use crate::ui::head::{Head, Weight, button_link, empty, noted_section};
use crate::ui::rates::rate;
use crate::ui::sheet::{Column, Sheet};

/// The clients who were in one tier and are in another, or in the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierMove {
    /// The place of the tier at the beginning: 0 for none, 1 for the lowest; `None` for a client
    /// who was not registered yet.
    pub was: Option<usize>,
    /// The place at the end.
    pub is_now: usize,
    /// The number of clients.
    pub clients: i64,
}

/// The page.
#[derive(Clone, Debug)]
pub struct TierReport {
    /// The period.
    pub choice: Choice,
    /// The name and the threshold of each tier, the lowest first.
    pub tiers: Vec<(String, Money)>,
    /// The moves.
    pub moves: Vec<TierMove>,
}

/// The tables of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierTable {
    /// The tiers.
    Tiers,
    /// The moves.
    Moves,
}

impl TierTable {
    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tiers => "tiers",
            Self::Moves => "moves",
        }
    }

    /// Returns the table with this value.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Tiers, Self::Moves];
        all.into_iter().find(|table| table.code() == code)
    }
}

/// A row of the tiers.
struct TierRow {
    name: String,
    from: Money,
    now: i64,
    all: i64,
    was: i64,
    up: i64,
    down: i64,
    joined: i64,
}

/// Returns a table of the page as a file.
pub fn sheet(language: Language, page: &TierReport, table: TierTable) -> Sheet {
    match table {
        TierTable::Tiers => tiers(language, page),
        TierTable::Moves => moves(language, page),
    }
}

fn name(language: Language, page: &TierReport, place: usize) -> String {
    let tier = place.checked_sub(1).and_then(|place| page.tiers.get(place));
    tier.map_or_else(
        || texts(language).reports.no_tier.to_owned(),
        |(name, _)| name.clone(),
    )
}

fn tiers(language: Language, page: &TierReport) -> Sheet {
    let t = &texts(language).reports;
    let all = page.moves.iter().map(|step| step.clients).sum();
    let row = |place: usize| {
        let count = |is_counted: &dyn Fn(&TierMove) -> bool| {
            let counted = page.moves.iter().filter(|step| is_counted(step));
            counted.map(|step| step.clients).sum()
        };
        let from = place.checked_sub(1).and_then(|place| page.tiers.get(place));
        TierRow {
            name: name(language, page, place),
            from: from.map_or(Money::ZERO, |(_, from)| *from),
            now: count(&|step| step.is_now == place),
            all,
            was: count(&|step| step.was == Some(place)),
            up: count(&|step| step.is_now == place && step.was.is_some_and(|was| was < place)),
            down: count(&|step| step.is_now == place && step.was.is_some_and(|was| was > place)),
            joined: count(&|step| step.is_now == place && step.was.is_none()),
        }
    };
    let mut rows: Vec<TierRow> = (0..=page.tiers.len()).map(row).collect();
    if page.tiers.is_empty() {
        rows.clear();
    }
    let columns = [
        Column::<TierRow>::new(t.tier, |row| row.name.clone()),
        Column::new(t.now, |row: &TierRow| row.now),
        Column::new(t.share, |row: &TierRow| rate(row.now, row.all)),
        Column::new(t.was, |row: &TierRow| row.was),
        Column::new(t.up, |row: &TierRow| row.up),
        Column::new(t.down, |row: &TierRow| row.down),
        Column::new(t.joined, |row: &TierRow| row.joined),
        Column::new(t.from_column, |row: &TierRow| row.from),
    ];
    Sheet::new(language, t.tiers, &columns, &rows)
}

fn moves(language: Language, page: &TierReport) -> Sheet {
    let t = &texts(language).reports;
    let is_shown = |step: &&TierMove| !page.tiers.is_empty() && step.was != Some(step.is_now);
    let moved = page.moves.iter().filter(is_shown);
    let rows: Vec<(String, i64)> = moved
        .map(|step| {
            let was = step.was.map(|was| name(language, page, was));
            let was = was.unwrap_or_else(|| t.new_client.to_owned());
            let is_now = name(language, page, step.is_now);
            (format!("{was} → {is_now}"), step.clients)
        })
        .collect();
    let columns = [
        Column::<(String, i64)>::new(t.step, |(step, _)| step.clone()),
        Column::new(t.clients, |(_, clients): &(String, i64)| *clients),
    ];
    Sheet::new(language, t.moves, &columns, &rows)
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &TierReport) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let choice = &page.choice;
    let url = Url::TierReport;
    let mut head = Head::new(t.tiers);
    head.crumbs = vec![(t.title.to_owned(), Url::Reports.to_string())];
    head.note = Some(choice.words(language, Branches::All).into_any());
    let section = |title: &'static str, note: Option<&str>, table: TierTable| {
        let sheet = sheet(language, page, table);
        let content = if sheet.rows.is_empty() {
            view! { <p class="panel pad note">{t.no_moves}</p> }.into_any()
        } else {
            let table = listed(language, choice.now, &sheet, Vec::new());
            view! { <div class="panel">{table}</div> }.into_any()
        };
        let files = files(language, &url, choice, table.code());
        noted_section(title, note.map(str::to_owned), Some(files), content)
    };
    let content = if page.tiers.is_empty() {
        let button = chrome.link(Section::Programme, Url::Programme);
        let button = button.map(|href| button_link(Weight::Quiet, href, all.common.programme));
        let panel = empty(t.no_tiers, t.no_tiers_advice, button);
        view! { <section class="panel">{panel}</section> }.into_any()
    } else {
        view! {
            {section(t.tiers, Some(t.tiers_note), TierTable::Tiers)}
            {section(t.moves, None, TierTable::Moves)}
        }
        .into_any()
    };
    let body = view! {
        {choice.view(language, all, &url, Branches::All)}
        {content}
    };
    chrome.page(Page {
        section: Some(Section::Reports),
        head,
        is_wrong: choice.form.is_wrong(),
        body: body.into_any(),
    })
}
