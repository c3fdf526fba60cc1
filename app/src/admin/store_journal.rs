//! What admins did in a store.

use domain::Timestamp;
use leptos::prelude::*;

use super::texts::StoresTexts;
use crate::locales::Language;
use crate::ui::format::{day, fill, time};
use crate::ui::head::{noted_section, section};

/// An act of an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its moment.
    pub at: Timestamp,
    /// The name of the admin.
    pub who: String,
    /// The code of the act in the journal.
    pub act: String,
    /// What it was done to, and the states before and after.
    pub details: Vec<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// Renders the acts.
pub(super) fn section_of(
    language: Language,
    t: &'static StoresTexts,
    now: Timestamp,
    acts: &[Done],
) -> AnyView {
    if acts.is_empty() {
        let content = view! { <p class="panel pad note">{t.no_acts}</p> };
        return section(t.journal, content);
    }
    let act = |done: &Done| {
        let reason = done.reason.as_ref();
        let reason = reason.map(|reason| fill(t.reason, &[reason]));
        let details = done.details.join(" · ");
        let date = day(language, done.at, now);
        view! {
            <li>
                <span class="j-time num muted">{date} " " {time(done.at)}</span>
                <div class="j-who">
                    <span class="strong">{done.who.clone()}</span>
                </div>
                <div class="j-what">
                    {act_words(t, &done.act)}
                    {(!details.is_empty()).then(|| view! { <span class="sub">{details}</span> })}
                    {reason.map(|reason| view! { <span class="sub">{reason}</span> })}
                </div>
            </li>
        }
    };
    let acts = acts.iter().map(act).collect_view();
    let content = view! { <ol class="journal panel journal-dated">{acts}</ol> };
    noted_section(t.journal, Some(t.journal_note.to_owned()), None, content)
}

/// Returns the words of an act; its code if this version does not know it.
fn act_words(t: &StoresTexts, act: &str) -> String {
    let words = match act {
        "store_opened" => t.act_opened,
        "store_suspended" => t.act_suspended,
        "store_resumed" => t.act_resumed,
        "paid_tills_set" => t.act_paid,
        "settings_saved" => t.act_renamed,
        "person_invited" => t.act_invited,
        "invitation_cancelled" => t.act_cancelled,
        "password_link_made" => t.act_link,
        "till_unbound" => t.act_unbound,
        "key_rotated" => t.act_rotated,
        "sign_silenced" => t.act_silenced,
        "till_off" => t.act_off,
        "till_on" => t.act_on,
        other => other,
    };
    words.to_owned()
}
