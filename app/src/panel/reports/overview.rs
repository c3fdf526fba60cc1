//! The first page of the reports: does the programme pay, what does the store owe, who comes again,
//! and when.

use leptos::prelude::*;

use super::bonuses::{self, OnHand};
use super::cohorts::{self, Cohort};
use super::members::{self, Members};
use super::parts::files;
use super::period::{Branches, Choice};
use super::week::{self, WeekGrid};
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::panel::urls::Url;
use crate::ui::head::{Head, noted_section};
use crate::ui::sheet::Sheet;

/// The page.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The period.
    pub choice: Choice,
    /// Purchases with a client and without one.
    pub members: Members,
    /// The bonuses that clients have now.
    pub on_hand: OnHand,
    /// Who bought again, by the month of the first purchase.
    pub cohorts: Vec<Cohort>,
    /// The hours of the week in which people buy.
    pub week: WeekGrid,
}

/// The tables of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverviewTable {
    /// Purchases with a client and without one.
    Members,
    /// What expires in which month.
    OnHand,
    /// Who bought again.
    Cohorts,
    /// The hours of the week.
    Week,
}

impl OverviewTable {
    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::OnHand => "bonuses",
            Self::Cohorts => "again",
            Self::Week => "week",
        }
    }

    /// Returns the table with this value.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Members, Self::OnHand, Self::Cohorts, Self::Week];
        all.into_iter().find(|table| table.code() == code)
    }
}

/// Returns a table of the page as a file.
pub fn sheet(language: Language, page: &Overview, table: OverviewTable) -> Sheet {
    match table {
        OverviewTable::Members => members::sheet(language, &page.members),
        OverviewTable::OnHand => bonuses::sheet(language, &page.on_hand),
        OverviewTable::Cohorts => cohorts::sheet(language, &page.cohorts),
        OverviewTable::Week => week::sheet(language, &page.week),
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Overview) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let choice = &page.choice;
    let mut head = Head::new(t.title);
    head.note = Some(choice.words(language, Branches::Chosen).into_any());
    let files = |table: OverviewTable| Some(files(language, &Url::Reports, choice, table.code()));
    let note = |words: &str| Some(words.to_owned());
    // Bonuses and first purchases are the clients', who belong to all branches.
    let of_clients = |words: String| match &choice.branch {
        Some(_) => Some(format!("{words} {}", t.all_branches_together)),
        None => Some(words),
    };
    let body = view! {
        {choice.view(language, all, &Url::Reports, Branches::Chosen)}
        {noted_section(
            t.members,
            None,
            files(OverviewTable::Members),
            members::view(chrome, &page.members, choice),
        )}
        <div class="columns columns-half">
            {noted_section(
                t.on_hand,
                of_clients(bonuses::note(language, all, choice.now)),
                files(OverviewTable::OnHand),
                bonuses::view(language, all, &page.on_hand),
            )}
            {noted_section(
                t.again,
                of_clients(t.again_note.to_owned()),
                files(OverviewTable::Cohorts),
                cohorts::view(language, all, &page.cohorts),
            )}
        </div>
        {noted_section(
            t.when,
            note(t.when_note),
            files(OverviewTable::Week),
            week::view(language, all, &page.week),
        )}
    };
    chrome.page(Page {
        section: Some(Section::Reports),
        head,
        is_wrong: choice.form.is_wrong(),
        body: body.into_any(),
    })
}
