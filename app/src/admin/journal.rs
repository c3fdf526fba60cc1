//! The journal of the platform: what admins and the operator did, before and after, and why.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::platform;
use super::texts::platform::JournalTexts;
use super::urls::Url;
use crate::console::journal::{JournalWords, Line, days};
use crate::forms::{Choice, Control, FormState, fields, submit};
use crate::locales::Language;
use crate::page;
use crate::panel::acts::Act;
use crate::ui::format::fill;
use crate::ui::head::{Head, Weight, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, Sheet, downloads, too_many};

fields! {
    /// The filter of the journal, in the query.
    JournalField = "journal" {
        /// The number of an admin, [`OPERATOR`], or empty for everybody.
        Who = "who",
        /// The code of an [`Act`]; empty for all.
        Act = "act",
        /// The days back: `3`, `30`, `365`, or empty for all.
        Days = "days",
        /// The last day, such as `2026-06-05`; empty for today.
        Until = "until",
    }
}

/// The value of [`JournalField::Who`] that asks for the acts of the operator.
pub const OPERATOR: &str = "operator";

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
    /// Everybody who is or was an admin: number, name, and whether the access was taken away.
    pub admins: Vec<(i64, String, bool)>,
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
    /// The name of the admin at that time.
    pub who: String,
    /// The network address of the request; `None` for the operator at the command line.
    pub address: Option<String>,
    /// The code of the act. One that this version does not know is shown as it is.
    pub act: String,
    /// The object of the act, and the address of its page.
    pub object: Option<(String, Option<String>)>,
    /// The value before.
    pub before: Option<String>,
    /// The value after.
    pub after: Option<String>,
    /// The reason that the admin gave.
    pub reason: Option<String>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Journal) -> String {
    let language = chrome.language;
    let all = platform(language);
    let t = &all.journal;
    let mut head = Head::new(all.menu.journal);
    head.note = Some(t.note.into_any());
    head.is_short = true;
    if !page.entries.is_empty() {
        head.actions = downloads(language, |format| address(page, format));
    }
    let list = if page.entries.is_empty() {
        let panel = empty(t.empty, t.empty_advice, None);
        view! { <section class="panel">{panel}</section> }.into_any()
    } else {
        let words = JournalWords {
            today: t.today,
            yesterday: t.yesterday,
            reason: t.reason,
        };
        let lines = page.entries.iter().map(|entry| line(language, t, entry));
        days(language, words, page.now, lines)
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
    let is_wrong = page.filter.is_wrong();
    chrome.form_page(Section::Journal, head, is_wrong, body.into_any())
}

/// Returns the address of the list with this filter and one more pair.
fn address(page: &Journal, more: (&str, &str)) -> String {
    let value = |field| page.filter.value(field);
    Url::Journal.with_query(&[
        ("who", value(JournalField::Who)),
        ("act", value(JournalField::Act)),
        ("days", value(JournalField::Days)),
        ("until", value(JournalField::Until)),
        more,
    ])
}

fn act_words(language: Language, t: &JournalTexts, code: &str) -> String {
    match Act::parse(code) {
        // The words of the panel name the panel.
        Some(Act::SignedIn) => t.signed_in.to_owned(),
        Some(act) => act.words_in(language).to_owned(),
        None => fill(t.unknown_act, &[code]),
    }
}

fn line(language: Language, t: &JournalTexts, entry: &JournalEntry) -> Line {
    let is_operator = entry.address.is_none();
    let by = platform(language).admins.operator;
    let role = is_operator.then(|| view! { <span class="muted">{by}</span> });
    Line {
        at: entry.at,
        who: entry.who.clone(),
        role: role.into_any(),
        from: entry.address.clone(),
        act: act_words(language, t, &entry.act),
        object: entry.object.clone(),
        before: entry.before.clone(),
        after: entry.after.clone(),
        reason: entry.reason.clone(),
    }
}

type EntryColumn = Column<JournalEntry>;

/// Returns the entries as a file.
pub fn sheet(language: Language, entries: &[JournalEntry]) -> Sheet {
    let all = platform(language);
    let t = &all.journal;
    let columns = [
        EntryColumn::new(t.when, |entry| entry.at),
        EntryColumn::new(t.who, |entry| entry.who.clone()),
        EntryColumn::new(t.what, move |entry| act_words(language, t, &entry.act)).with_width(36),
        EntryColumn::new(t.object, |entry| {
            entry.object.as_ref().map(|(words, _)| words.clone())
        }),
        EntryColumn::new(t.before, |entry| entry.before.clone()),
        EntryColumn::new(t.after, |entry| entry.after.clone()),
        EntryColumn::new(t.why, |entry| entry.reason.clone()),
        EntryColumn::new(t.address, |entry| entry.address.clone()),
    ];
    Sheet::new(language, all.menu.journal, &columns, entries)
}

/// Returns whether an admin or the operator may do it on the platform. Nobody but the people of a
/// store does the others, so they are not offered.
const fn is_of_platform(act: Act) -> bool {
    !matches!(
        act,
        Act::BranchCreated
            | Act::BranchChanged
            | Act::ClientCredited
            | Act::ClientDebited
            | Act::ClientBlocked
            | Act::ClientUnblocked
            | Act::ClientPhoneChanged
            | Act::ClientMerged
            | Act::ClientErased
            | Act::ClientsImported
            | Act::ClientsExported
            | Act::CardsReserved
            | Act::CardGiven
            | Act::GoodsRestored
            | Act::GoodsOffConfirmed
            | Act::LimitsSet
            | Act::PairingShown
            | Act::TillPaired
    )
}

fn filter(language: Language, t: &'static JournalTexts, page: &Journal) -> AnyView {
    let control = |field, label| Control::new(&page.filter, language, field, label);
    let admin = |(id, name, is_removed): &(i64, String, bool)| {
        let label = if *is_removed {
            fill(t.removed, &[name])
        } else {
            name.clone()
        };
        Choice::new(id.to_string(), label)
    };
    let mut people = vec![Choice::new("", t.all_admins)];
    people.extend(page.admins.iter().map(admin));
    people.push(Choice::new(OPERATOR, t.operator));
    let acts = Act::ALL.iter().filter(|act| is_of_platform(**act));
    let acts = acts.map(|act| Choice::new(act.code(), act_words(language, t, act.code())));
    let acts = std::iter::once(Choice::new("", t.all_acts)).chain(acts);
    let days = vec![
        Choice::new("", t.all_days),
        Choice::new("3", t.three_days),
        Choice::new("30", t.thirty_days),
        Choice::new("365", t.year),
    ];
    view! {
        <div class="filters">
            <form class="journal-filter journal-filter-long" action=Url::Journal.to_string()>
                {control(JournalField::Who, t.who).select(people)}
                {control(JournalField::Act, t.what).select(acts.collect())}
                {control(JournalField::Days, t.when).select(days)}
                {control(JournalField::Until, t.until).date()} {submit(Weight::Quiet, t.show)}
            </form>
        </div>
    }
    .into_any()
}
