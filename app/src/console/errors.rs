//! Pages of errors: forbidden, not found, failed, and a link that has ended.

use leptos::prelude::*;

use super::texts::ErrorTexts;
use super::{AccountUrl, Console};
use crate::locales::Language;
use crate::page::{self, Alone};
use crate::ui::head::{Weight, button_link};

/// The reason of an error page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 403: the role of the person does not allow it.
    Forbidden,
    /// 403: the request came from another site, or without its headers.
    ForeignRequest,
    /// 403: the store is suspended, and the act would change it.
    Suspended,
    /// 404: there is no such page, or not for this person.
    NotFound,
    /// 404: an invitation link that is used, cancelled or over.
    LinkEnded,
    /// 429: too many tries.
    TooManyTries,
    /// 500: the server failed.
    Failed,
    /// 503: the database is away.
    Unavailable,
}

impl Failure {
    pub(crate) const fn words(self, t: &ErrorTexts) -> (&'static str, &'static str) {
        match self {
            Self::Forbidden => (t.forbidden, t.forbidden_advice),
            Self::ForeignRequest => (t.foreign, t.foreign_advice),
            Self::Suspended => (t.suspended, t.suspended_advice),
            Self::NotFound => (t.not_found, t.not_found_advice),
            Self::LinkEnded => (t.link_ended, t.link_ended_advice),
            Self::TooManyTries => (t.too_many, t.too_many_advice),
            Self::Failed => (t.failed, t.failed_advice),
            Self::Unavailable => (t.unavailable, t.unavailable_advice),
        }
    }
}

/// Renders an error for a visitor who is not signed in, or if the account cannot be read.
pub fn alone(
    console: Console,
    language: Language,
    failure: Failure,
    request_id: Option<&str>,
) -> String {
    let words = console.words(language);
    let (title, advice) = failure.words(&words.errors);
    let home = console.url(AccountUrl::Home);
    let body = view! {
        <section class="panel pad stack">
            <h1>{title}</h1>
            {content(language, advice, request_id)}
            <div class="actions">
                {button_link(Weight::Main, home, words.errors.to_panel)}
            </div>
        </section>
    };
    Alone {
        language,
        product: words.product,
        title: title.to_owned(),
        is_wrong: false,
        body: body.into_any(),
    }
    .html()
}

/// Renders the advice and the number of the request.
pub(crate) fn content(
    language: Language,
    advice: &'static str,
    request_id: Option<&str>,
) -> AnyView {
    let number = request_id.map(|id| {
        let id = id.to_owned();
        view! {
            <p class="note">
                {page::texts(language).request} ": " <span class="mono">{id}</span>
            </p>
        }
    });
    view! {
        <p>{advice}</p>
        {number}
    }
    .into_any()
}
