//! The entries of a journal, in a section for each day.

use domain::Timestamp;
use leptos::prelude::*;

use crate::locales::Language;
use crate::ui::figures::rows_link;
use crate::ui::format::{day, fill, time};
use crate::ui::head::section;

/// The words of the list.
#[derive(Clone, Copy)]
pub(crate) struct JournalWords {
    pub(crate) today: &'static str,
    pub(crate) yesterday: &'static str,
    pub(crate) reason: &'static str,
}

/// An entry as it is shown.
pub(crate) struct Line {
    pub(crate) at: Timestamp,
    pub(crate) who: String,
    /// What stands beside the name, such as a role.
    pub(crate) role: AnyView,
    /// What stands below the name, such as an address.
    pub(crate) from: Option<String>,
    pub(crate) act: String,
    /// The object of the act, and its page.
    pub(crate) object: Option<(String, Option<String>)>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) reason: Option<String>,
}

/// Renders the entries, the newest first.
pub(crate) fn days(
    language: Language,
    words: JournalWords,
    now: Timestamp,
    lines: impl IntoIterator<Item = Line>,
) -> AnyView {
    let mut days: Vec<(Timestamp, Vec<AnyView>)> = Vec::new();
    for line in lines {
        let midnight = line.at.local_midnight();
        let at = line.at;
        let line = line_view(words, line);
        match days.last_mut() {
            Some((known, lines)) if known.local_midnight() == midnight => lines.push(line),
            _ => days.push((at, vec![line])),
        }
    }
    let day = |(at, lines): (Timestamp, Vec<AnyView>)| {
        let list = view! { <ol class="journal panel">{lines}</ol> };
        section(day_title(language, words, at, now), list)
    };
    days.into_iter().map(day).collect_view().into_any()
}

fn day_title(language: Language, words: JournalWords, at: Timestamp, now: Timestamp) -> String {
    let date = day(language, at, now);
    let yesterday = now.local_midnight().plus_seconds(-3_600);
    if at.local_date() == now.local_date() {
        fill(words.today, &[&date])
    } else if at.local_date() == yesterday.local_date() {
        fill(words.yesterday, &[&date])
    } else {
        date
    }
}

fn line_view(words: JournalWords, line: Line) -> AnyView {
    let object = line.object.map(|(words, url)| {
        let named = rows_link(words, url);
        view! { ": " {named} }
    });
    let change = match (line.before, line.after) {
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => None,
    };
    let reason = line.reason.map(|reason| fill(words.reason, &[&reason]));
    view! {
        <li>
            <span class="j-time num muted">{time(line.at)}</span>
            <div class="j-who">
                <span class="strong">{line.who}</span>
                " "
                {line.role}
                {line.from.map(|from| view! { <span class="sub num">{from}</span> })}
            </div>
            <div class="j-what">
                {line.act}
                {object}
                {change.map(|change| view! { <span class="sub num">{change}</span> })}
                {reason.map(|reason| view! { <span class="sub">{reason}</span> })}
            </div>
        </li>
    }
    .into_any()
}
