//! What is unusual by the limits of the store's owner: rows to look at, no verdicts.

use domain::{Money, Timestamp, UnusualLimits};
use leptos::prelude::*;

use super::parts::{files, listed};
use super::period::{Branches, Choice};
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::panel::texts::texts;
use crate::panel::urls::Url;
use crate::ui::format::{count, fill, money, percent};
use crate::ui::head::{Head, Weight, button_link, noted_section, section};
use crate::ui::rates::rate;
use crate::ui::sheet::{Column, PhoneText, Sheet};
use domain::Role;

/// A client, as the lists name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The number of the client.
    pub id: i64,
    /// The name; the phone if it is unknown.
    pub name: String,
    /// The phone.
    pub phone: String,
}

/// A client who bought often in a day at one till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The client.
    pub client: Who,
    /// The midnight of the day.
    pub day: Timestamp,
    /// The branch and the till.
    pub till: String,
    /// The number of sales.
    pub checks: i64,
    /// Their sum.
    pub sold: Money,
}

/// Who recorded a large share of a client's purchases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// A cashier, by the id that the till sends.
    Cashier(String),
    /// A till whose cashier is unknown: the branch and the till.
    Till(String),
}

/// A client of whose purchases one cashier recorded a large share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giver {
    /// The client.
    pub client: Who,
    /// Who recorded them.
    pub by: GivenBy,
    /// The number of these purchases.
    pub checks: i64,
    /// All purchases of the client.
    pub of_client: i64,
    /// The purchases of all clients that they recorded, and all of the same branches.
    pub usual: (i64, i64),
}

/// A till with many round sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundSums {
    /// The number of the till.
    pub till_id: i64,
    /// The branch and the till.
    pub till: String,
    /// The number of sales with a round sum.
    pub round: i64,
    /// The number of all sales.
    pub checks: i64,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Unusual {
    /// The period.
    pub choice: Choice,
    /// `true` if the period is longer than what is looked at.
    pub is_cut: bool,
    /// The limits.
    pub limits: UnusualLimits,
    /// The most rows of a list; one more shows that there are more.
    pub most: usize,
    /// The clients who bought often in a day.
    pub busy: Vec<Busy>,
    /// The clients with one cashier.
    pub givers: Vec<Giver>,
    /// The tills with round sums.
    pub round: Vec<RoundSums>,
}

/// The tables of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusualTable {
    /// Many checks in a day.
    Busy,
    /// One cashier.
    Givers,
    /// Round sums.
    Round,
}

impl UnusualTable {
    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Givers => "givers",
            Self::Round => "round",
        }
    }

    /// Returns the table with this value.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Busy, Self::Givers, Self::Round];
        all.into_iter().find(|table| table.code() == code)
    }
}

/// Returns a table of the page as a file.
pub fn sheet(language: Language, page: &Unusual, table: UnusualTable) -> Sheet {
    let t = &texts(language).reports;
    let phone = |who: &Who| PhoneText(who.phone.clone());
    match table {
        UnusualTable::Busy => {
            let columns = [
                Column::<Busy>::new(t.client, |row| row.client.name.clone()),
                Column::new(t.checks, |row: &Busy| row.checks),
                Column::new(t.day, |row: &Busy| row.day),
                Column::new(t.till, |row: &Busy| row.till.clone()),
                Column::new(t.sum, |row: &Busy| row.sold),
                Column::new(t.phone, move |row: &Busy| phone(&row.client)),
            ];
            Sheet::new(language, t.busy, &columns, shown(page, &page.busy))
        }
        UnusualTable::Givers => {
            let by = move |row: &Giver| match &row.by {
                GivenBy::Cashier(id) => fill(t.cashier, &[id]),
                GivenBy::Till(till) => till.clone(),
            };
            let columns = [
                Column::<Giver>::new(t.client, |row| row.client.name.clone()),
                Column::new(t.share, |row: &Giver| rate(row.checks, row.of_client)),
                Column::new(t.giver, by),
                Column::new(t.checks, |row: &Giver| row.checks),
                Column::new(t.of_purchases, |row: &Giver| row.of_client),
                Column::new(t.usual_share, |row: &Giver| rate(row.usual.0, row.usual.1)),
                Column::new(t.phone, move |row: &Giver| phone(&row.client)),
            ];
            Sheet::new(language, t.givers, &columns, shown(page, &page.givers))
        }
        UnusualTable::Round => {
            let columns = [
                Column::<RoundSums>::new(t.till, |row| row.till.clone()),
                Column::new(t.share, |row: &RoundSums| rate(row.round, row.checks)),
                Column::new(t.round_checks, |row: &RoundSums| row.round),
                Column::new(t.checks, |row: &RoundSums| row.checks),
            ];
            Sheet::new(language, t.round, &columns, shown(page, &page.round))
        }
    }
}

fn shown<'a, R>(page: &Unusual, rows: &'a [R]) -> &'a [R] {
    rows.get(..page.most).unwrap_or(rows)
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Unusual) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let (choice, limits) = (&page.choice, &page.limits);
    let url = Url::Unusual;
    let mut head = Head::new(t.unusual);
    head.crumbs = vec![(t.title.to_owned(), Url::Reports.to_string())];
    head.note = Some(choice.words(language, Branches::Chosen).into_any());
    if chrome.role == Role::Owner {
        let change = button_link(Weight::Quiet, Url::UnusualLimits, t.change_limits);
        head.actions = vec![change];
    }
    let least = t.purchases_genitive.of(language, limits.min_purchases);
    let day_link = |client: &Who, day: Timestamp| {
        let (id, day) = (client.id.to_string(), day.local_date());
        let query = [("client", &*id), ("from", &*day), ("to", &*day)];
        chrome.link(Section::Sales, Url::Sales.with_query(&query))
    };
    let list = |title: &'static str, note: String, table: UnusualTable, links, is_cut: bool| {
        let sheet = sheet(language, page, table);
        let files = files(language, &url, choice, table.code());
        let first = fill(
            t.first_rows,
            &[&count(language, page.most.try_into().unwrap_or(0))],
        );
        let more = is_cut.then(|| view! { <p class="panel-foot note">{first}</p> });
        let content = if sheet.rows.is_empty() {
            view! { <p class="panel pad note">{t.nothing_unusual}</p> }.into_any()
        } else {
            let table = listed(language, choice.now, &sheet, links);
            view! { <div class="panel">{table} {more}</div> }.into_any()
        };
        noted_section(title, Some(note), Some(files), content)
    };
    let is_cut = |rows: usize| rows > page.most;
    let client_link = |row: &Giver| chrome.link(Section::Clients, Url::Client(row.client.id));
    let body = view! {
        {choice.view(language, all, &url, Branches::Chosen)}
        <p class="note lead-note">
            {t.unusual_note} {page.is_cut.then(|| format!(" {}", t.only_last))}
        </p>
        {list(
            t.busy,
            fill(t.busy_note, &[&t.checks_genitive.of(language, limits.checks_a_day)]),
            UnusualTable::Busy,
            page.busy.iter().map(|row| day_link(&row.client, row.day)).collect(),
            is_cut(page.busy.len()),
        )}
        {list(
            t.givers,
            fill(t.givers_note, &[&percent(language, limits.giver_share), &least]),
            UnusualTable::Givers,
            page.givers.iter().map(client_link).collect(),
            is_cut(page.givers.len()),
        )}
        {list(
            t.round,
            fill(
                t.round_note,
                &[
                    &percent(language, limits.round_share),
                    &money(language, limits.round_step),
                    &t.checks_genitive.of(language, limits.min_purchases),
                ],
            ),
            UnusualTable::Round,
            page.round.iter().map(|row| Some(Url::Till(row.till_id).to_string())).collect(),
            is_cut(page.round.len()),
        )}
        {section(t.typed, view! { <p class="panel pad note">{t.typed_note}</p> })}
    };
    chrome.page(Page {
        section: Some(Section::Reports),
        head,
        is_wrong: choice.form.is_wrong(),
        body: body.into_any(),
    })
}
