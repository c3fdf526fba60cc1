//! The saved versions of the programme.

use domain::Timestamp;
use leptos::prelude::*;

use super::programme_changes::Change;
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Pair, pairs};
use crate::ui::format::{fill, moment};
use crate::ui::head::{Weight, button_link, section};
use crate::ui::pager::pager;
use crate::ui::table::{small, title};

/// The name in the query of the version from which the list continues.
pub const UP_TO: &str = "up-to";

/// A saved version of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The number within the store, from 1.
    pub number: i64,
    /// The moment from which it applies.
    pub at: Timestamp,
    /// The name of the person who saved it.
    pub who: String,
    /// The settings that it changed; nothing for the first version.
    pub changes: Vec<Change>,
}

impl Version {
    /// Returns what it changed in one line.
    pub fn changes_line(&self) -> String {
        let changes: Vec<String> = self.changes.iter().map(Change::line).collect();
        changes.join("; ")
    }
}

/// Returns the name of a version.
pub fn name(language: Language, number: i64) -> String {
    fill(texts(language).programme.version, &[&number.to_string()])
}

/// Returns the sentence for a person whose form was made from an older version than `newest`.
pub fn conflict(language: Language, newest: &Version, now: Timestamp) -> String {
    let (at, number) = (moment(language, newest.at, now), newest.number.to_string());
    let sentence = texts(language).programme.conflict;
    fill(sentence, &[&newest.who, &at, &number])
}

/// The versions that a page shows.
pub(super) struct Saved<'a> {
    /// The current moment.
    pub(super) now: Timestamp,
    /// The versions, the newest first.
    pub(super) versions: &'a [Version],
    /// The version whose changes are shown instead of the list.
    pub(super) shown: Option<i64>,
    /// The version from which the list continues.
    pub(super) older: Option<i64>,
}

/// Renders the list of versions, or the changes of the one that the page shows.
pub(super) fn versions(
    language: Language,
    all: &'static Texts,
    page: &Saved<'_>,
) -> Option<AnyView> {
    match page.shown {
        Some(number) => {
            let shown = page.versions.iter().find(|known| known.number == number)?;
            Some(changed(all, shown))
        }
        None if page.versions.is_empty() => None,
        None => Some(list(language, all, page)),
    }
}

fn changed(all: &'static Texts, version: &Version) -> AnyView {
    let t = &all.programme;
    let pair = |change: &Change| {
        Pair::new(
            change.name.clone(),
            format!("{} → {}", change.before, change.after),
        )
    };
    let content = if version.changes.is_empty() {
        view! { <p class="panel pad note">{t.first_version}</p> }.into_any()
    } else {
        pairs("panel", version.changes.iter().map(pair).collect())
    };
    let back = button_link(Weight::Quiet, Url::Programme, t.to_current);
    let content = view! {
        {content}
        <div class="form-end">{back}</div>
    };
    section(t.changed, content)
}

fn list(language: Language, all: &'static Texts, page: &Saved<'_>) -> AnyView {
    let t = &all.programme;
    let rows = page.versions.iter().map(|version| {
        let url = Url::ProgrammeVersion(version.number);
        let number = name(language, version.number);
        let changes = if version.changes.is_empty() {
            t.first_version.to_owned()
        } else {
            version.changes_line()
        };
        let words = view! {
            {title(Some(url.to_string()), number)}
            <span class="sub">{changes}</span>
        };
        let at = moment(language, version.at, page.now);
        vec![
            words.into_any(),
            view! { {version.who.clone()}<span class="sub">{at}</span> }.into_any(),
        ]
    });
    let headings = vec![t.version_column.to_owned(), t.saved_by.to_owned()];
    let table = small(headings, rows.collect());
    let older = page
        .older
        .map(|number| Url::Programme.with_query(&[(UP_TO, &number.to_string())]));
    let pages = pager(page::texts(language).pager, "pager", older, None);
    let content = view! { <div class="panel plain-rows">{table} {pages}</div> };
    section(t.versions, content)
}
