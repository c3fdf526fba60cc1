//! The journal: who did what, before and after, and why.

use domain::Timestamp;
use leptos::prelude::*;

use super::acts::Act;
use super::chrome::{Chrome, Page, Section};
use super::role_words::role_words;
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::console::journal::{self, JournalWords, Line};
use crate::forms::{Choice, Control, FormState, fields, submit};
use crate::locales::Language;
use crate::page;
use crate::ui::head::{Head, Weight, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, Sheet, downloads, too_many};
use domain::Role;

fields! {
    /// The filter of the journal, in the query.
    JournalField = "journal" {
        /// The number of a person; empty for all.
        Who = "who",
        /// The code of an [`Act`]; empty for all.
        Act = "act",
        /// The days back: `3`, `30`, or empty for all.
        Days = "days",
    }
}

/// The name in the query of the key after which the rows continue.
pub const AFTER: &str = "after";

/// The page of the journal.
#[derive(Clone, Debug)]
pub struct Journal {
    /// The current moment.
    pub now: Timestamp,
    /// The entries, the newest first.
    pub entries: Vec<JournalEntry>,
    /// The filter.
    pub filter: FormState<JournalField>,
    /// The people who may be chosen in the filter.
    pub people: Vec<(i64, String)>,
    /// The key after which the next page continues; `None` on the last page.
    pub next: Option<String>,
    /// `true` if these are not the newest entries.
    pub is_continued: bool,
    /// `true` if a file cannot have all entries of the filter.
    pub is_too_long: bool,
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// The moment.
    pub at: Timestamp,
    /// The name of the person.
    pub who: String,
    /// The role of the person.
    pub role: WhoseRole,
    /// The act.
    pub act: Act,
    /// The object of the act, such as a till or a client, and its page.
    pub object: Option<(String, Option<Url>)>,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
    /// The reason that the person gave.
    pub reason: Option<String>,
}

/// The role of a person of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoseRole {
    /// A person of the store.
    Store(Role),
    /// A superadmin.
    Staff,
    /// The system itself, such as a till that used a pairing code.
    System,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Journal) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.common.journal);
    head.note = Some(t.journal.note.into_any());
    head.is_short = true;
    if !page.entries.is_empty() {
        head.actions = downloads(language, |format| address(page, format));
    }
    let list = if page.entries.is_empty() {
        let panel = empty(t.journal.empty, t.journal.empty_advice, None);
        view! { <section class="panel">{panel}</section> }.into_any()
    } else {
        days(language, t, page)
    };
    let at = |after: &str| address(page, (AFTER, after));
    let pages = pager(
        page::texts(language).pager,
        "pager pager-alone",
        page.next.as_deref().map(at),
        page.is_continued.then(|| at("")),
    );
    let body = view! {
        {filter(language, t, page)}
        {page.is_too_long.then(|| too_many(language))}
        {list}
        {pages}
    };
    chrome.page(Page {
        section: Some(Section::Journal),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Returns the address of the list with this filter and one more pair.
fn address(page: &Journal, more: (&str, &str)) -> String {
    let value = |field| page.filter.value(field);
    Url::Journal.with_query(&[
        ("who", value(JournalField::Who)),
        ("act", value(JournalField::Act)),
        ("days", value(JournalField::Days)),
        more,
    ])
}

type EntryColumn = Column<JournalEntry>;

/// Returns the entries as a file.
pub fn sheet(language: Language, entries: &[JournalEntry]) -> Sheet {
    let all = texts(language);
    let t = &all.journal;
    let role = |role: WhoseRole| match role {
        WhoseRole::Store(role) => role_words(role, all),
        WhoseRole::Staff => "Bonex",
        WhoseRole::System => "",
    };
    let columns = [
        EntryColumn::new(t.when, |entry| entry.at),
        EntryColumn::new(t.who, |entry| entry.who.clone()),
        EntryColumn::new(t.role, move |entry| role(entry.role)),
        EntryColumn::new(t.what, |entry| entry.act.words(all)).with_width(36),
        EntryColumn::new(t.object, |entry| {
            entry.object.as_ref().map(|(words, _)| words.clone())
        }),
        EntryColumn::new(t.before, |entry| entry.before.clone()),
        EntryColumn::new(t.after, |entry| entry.after.clone()),
        EntryColumn::new(t.why, |entry| entry.reason.clone()),
    ];
    Sheet::new(language, all.common.journal, &columns, entries)
}

fn filter(language: Language, all: &'static Texts, page: &Journal) -> AnyView {
    let t = &all.journal;
    let control = |field, label| Control::new(&page.filter, language, field, label);
    let everyone = std::iter::once(Choice::new("", t.all_people));
    let people = page
        .people
        .iter()
        .map(|(id, name)| Choice::new(id.to_string(), name.clone()));
    let acts = Act::ALL
        .iter()
        .map(|act| Choice::new(act.code(), act.words(all)));
    let acts = std::iter::once(Choice::new("", t.all_acts)).chain(acts);
    let days = vec![
        Choice::new("", t.all_days),
        Choice::new("3", t.three_days),
        Choice::new("30", t.thirty_days),
    ];
    view! {
        <div class="filters">
            <form class="journal-filter" action=Url::Journal.to_string()>
                {control(JournalField::Who, t.who).select(everyone.chain(people).collect())}
                {control(JournalField::Act, t.what).select(acts.collect())}
                {control(JournalField::Days, t.when).select(days)}
                {submit(Weight::Quiet, all.common.show)}
            </form>
        </div>
    }
    .into_any()
}

/// Renders the entries in a section for each day.
fn days(language: Language, t: &'static Texts, page: &Journal) -> AnyView {
    let words = JournalWords {
        today: t.journal.today,
        yesterday: t.journal.yesterday,
        reason: t.journal.reason,
    };
    let lines = page.entries.iter().map(|entry| line(t, entry));
    journal::days(language, words, page.now, lines)
}

fn line(t: &'static Texts, entry: &JournalEntry) -> Line {
    let role = match entry.role {
        WhoseRole::Store(role) => {
            view! { <span class="muted">{role_words(role, t)}</span> }.into_any()
        }
        WhoseRole::Staff => view! { <span class="tag tag-ink">"Bonex"</span> }.into_any(),
        WhoseRole::System => ().into_any(),
    };
    let object = entry.object.clone();
    Line {
        at: entry.at,
        who: entry.who.clone(),
        role,
        from: None,
        act: entry.act.words(t).to_owned(),
        object: object.map(|(words, url)| (words, url.map(|url| url.to_string()))),
        before: entry.before.clone(),
        after: entry.after.clone(),
        reason: entry.reason.clone(),
    }
}
