//! How messages look, in each language, with the amounts of an example.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::locales::Language;
use crate::messages::{About, Message, chat, sms};
use crate::ui::head::{Head, section};

/// The name in the query of the language that is shown.
pub const LANGUAGE: &str = "language";

/// Returns an example of each message, in the order of the texts.
fn examples(now: Timestamp) -> [Message; 8] {
    let money = Money::from_dirams;
    [
        Message::Sale {
            total: money(100_000),
            accrued: money(4_775),
            redeemed: money(4_500),
        },
        Message::Return {
            amount: money(30_000),
            revoked: money(1_500),
            restored: money(0),
        },
        Message::Voided {
            revoked: money(4_775),
            restored: money(4_500),
        },
        Message::Welcome {
            bonus: money(2_000),
        },
        Message::Referral {
            bonus: money(1_500),
        },
        Message::Adjusted {
            change: money(1_000),
        },
        Message::PhoneChanged {
            old: "+992900000501".to_owned(),
            new: "+992918123456".to_owned(),
        },
        Message::Expiring {
            bonus: money(4_500),
            at: now.local_midnight().plus_days(3),
        },
    ]
}

/// Renders the page with the messages in `shown`.
pub fn html(chrome: &Chrome, shown: Language, now: Timestamp) -> String {
    let t = chrome.texts();
    let mut head = Head::new(t.messages.previews);
    head.crumbs = vec![crumb(Section::Messages, t)];
    head.note = Some(t.messages.previews_note.into_any());
    let about = |message: &Message| About {
        store: chrome.store.clone(),
        place: matches!(message, Message::Sale { .. }).then(|| t.messages.example_place.to_owned()),
        balance: Money::from_dirams(25_075),
        available: Money::from_dirams(20_300),
        now,
    };
    let languages = Language::ALL.map(|language| {
        let href = Url::MessagePreviews.with_query(&[(LANGUAGE, language.tag())]);
        let is_current = language == shown;
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {language.own_name()}
            </a>
        }
    });
    let each = examples(now)
        .into_iter()
        .zip(t.messages.kinds)
        .map(|(message, kind)| {
            let about = about(&message);
            let by_sms = sms(shown, &message, &about).map(|text| {
                view! {
                    <p class="note">{t.messages.by_sms}</p>
                    <p class="message" lang=shown.tag()>
                        {text}
                    </p>
                }
            });
            let content = view! {
                <div class="panel pad stack-tight">
                    <p class="message" lang=shown.tag()>
                        {chat(shown, &message, &about)}
                    </p>
                    {by_sms}
                </div>
            };
            section(kind, content)
        });
    let body = view! {
        <div class="filters">
            <nav class="chips" aria-label=t.messages.language>
                {languages.collect_view()}
            </nav>
        </div>
        <div class="narrow columns">{each.collect_view()}</div>
    };
    chrome.page(Page {
        section: Some(Section::Messages),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}
