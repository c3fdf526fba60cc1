//! The message on every page of a store that is suspended.

use domain::Timestamp;

use super::texts::texts;
use crate::locales::Language;
use crate::ui::format::{day, fill};
use crate::ui::states::{Notice, Tone};

/// Returns the message: since when, why, and what still works.
pub fn notice(
    language: Language,
    since: Timestamp,
    reason: Option<&str>,
    now: Timestamp,
) -> Notice {
    let t = &texts(language).suspended;
    let reason = reason.map(|reason| fill(t.reason, &[&sentence(reason)]));
    let text = [Some(t.tills), reason.as_deref(), Some(t.advice)];
    let text: Vec<&str> = text.into_iter().flatten().collect();
    Notice {
        text: Some(text.join(" ")),
        ..Notice::new(Tone::Danger, fill(t.title, &[&day(language, since, now)]))
    }
}

/// Returns a reason with a full stop.
fn sentence(reason: &str) -> String {
    let has_end = reason.ends_with(['.', '!', '?', '…']);
    let end = if has_end { "" } else { "." };
    format!("{reason}{end}")
}
