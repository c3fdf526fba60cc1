//! What a person should look at today.

use domain::Timestamp;
use leptos::prelude::*;

use super::texts::Texts;
use super::till_parts::TillName;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::format::{count, fill, moment, time};
use crate::ui::icons::Icon;
use crate::ui::states::{Tone, mark};

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Another device tries the key of a till.
    ForeignDevice {
        /// The till.
        till: TillName,
        /// The number of refusals since the binding was reset.
        refusals: i64,
    },
    /// A till sends nothing, although it sells at this time on other days.
    Silent {
        /// The till.
        till: TillName,
        /// The last request.
        since: Timestamp,
    },
    /// Messages to clients were not delivered.
    Undelivered(i64),
    /// A list of stock has switched off more than half of the goods.
    GoodsOff {
        /// The goods that are off because of it.
        off: i64,
        /// The goods before it.
        before: i64,
    },
    /// The store has no till yet.
    NoTill,
    /// A till was made, but no request has used its key.
    NeverUsed(TillName),
}

/// Renders the list, or a sentence if there is nothing to look at.
pub(super) fn looks(
    language: Language,
    t: &'static Texts,
    now: Timestamp,
    looks: &[Look],
) -> AnyView {
    if looks.is_empty() {
        let nothing = mark(Tone::Good);
        return view! {
            <p class="panel pad todo-none">{nothing} " " {t.today.no_looks}</p>
        }
        .into_any();
    }
    let look = |look: &Look| {
        let (tone, title, note, url) = look_words(language, t, now, look);
        view! {
            <li>
                <a href=url.to_string()>
                    {mark(tone)} <span>
                        <b>{title}</b>
                        <span class="note">{note}</span>
                    </span> {Icon::Forward.view()}
                </a>
            </li>
        }
    };
    view! { <ul class="todo panel">{looks.iter().map(look).collect_view()}</ul> }.into_any()
}

fn look_words(
    language: Language,
    t: &'static Texts,
    now: Timestamp,
    look: &Look,
) -> (Tone, String, String, Url) {
    let t = &t.today;
    let place = |till: &TillName| format!("{}, {}", till.branch, till.name);
    match look {
        Look::ForeignDevice { till, refusals } => {
            let refusals = t.refusals.of(language, *refusals);
            let note = fill(t.foreign_note, &[&place(till), &refusals]);
            (Tone::Danger, t.foreign.to_owned(), note, Url::Till(till.id))
        }
        Look::Silent { till, since } => {
            let is_today = since.local_date() == now.local_date();
            let since = if is_today {
                time(*since)
            } else {
                moment(language, *since, now)
            };
            let title = fill(t.silent, &[&since]);
            let note = fill(t.silent_note, &[&place(till)]);
            (Tone::Attention, title, note, Url::Till(till.id))
        }
        Look::Undelivered(number) => {
            let title = fill(t.undelivered, &[&t.messages.of(language, *number)]);
            let note = t.undelivered_note.to_owned();
            (Tone::Attention, title, note, Url::Clients)
        }
        Look::GoodsOff { off, before } => {
            let title = fill(
                t.goods_off,
                &[&count(language, *off), &count(language, *before)],
            );
            let note = t.goods_off_note.to_owned();
            (Tone::Attention, title, note, Url::Goods)
        }
        Look::NoTill => (
            Tone::Attention,
            t.no_till.to_owned(),
            t.no_till_note.to_owned(),
            Url::NewTill,
        ),
        Look::NeverUsed(till) => {
            let note = fill(t.never_used_note, &[&place(till)]);
            (
                Tone::Neutral,
                t.never_used.to_owned(),
                note,
                Url::Till(till.id),
            )
        }
    }
}
