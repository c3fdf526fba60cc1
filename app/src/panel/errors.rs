//! Pages of errors: forbidden, not found, failed, and a link that has ended.

use leptos::prelude::*;

use super::chrome::{Chrome, Page};
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::locales::Language;
use crate::page::{self, Alone};
use crate::ui::head::{Head, Weight, button_link};

/// The reason of an error page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 403: the role of the person does not allow it.
    Forbidden,
    /// 403: the request came from another site, or without its headers.
    ForeignRequest,
    /// 404: there is no such page, or not in this store.
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
    const fn words(self, texts: &Texts) -> (&'static str, &'static str) {
        let t = &texts.errors;
        match self {
            Self::Forbidden => (t.forbidden, t.forbidden_advice),
            Self::ForeignRequest => (t.foreign, t.foreign_advice),
            Self::NotFound => (t.not_found, t.not_found_advice),
            Self::LinkEnded => (t.link_ended, t.link_ended_advice),
            Self::TooManyTries => (t.too_many, t.too_many_advice),
            Self::Failed => (t.failed, t.failed_advice),
            Self::Unavailable => (t.unavailable, t.unavailable_advice),
        }
    }
}

/// Renders an error for a person who is signed in.
pub fn html(chrome: &Chrome, failure: Failure, request_id: Option<&str>) -> String {
    let t = chrome.texts();
    let (title, advice) = failure.words(t);
    let body = view! {
        <section class="panel pad stack">
            {content(chrome.language, advice, request_id)}
            <div class="actions">
                {button_link(Weight::Main, Url::Today, t.errors.to_today)}
            </div>
        </section>
    };
    chrome.page(Page {
        section: None,
        head: Head::new(title),
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Renders an error for a visitor who is not signed in, or if the store cannot be read.
pub fn alone(language: Language, failure: Failure, request_id: Option<&str>) -> String {
    let all = texts(language);
    let (title, advice) = failure.words(all);
    let body = view! {
        <section class="panel pad stack">
            <h1>{title}</h1>
            {content(language, advice, request_id)}
            <div class="actions">
                {button_link(Weight::Main, Url::Today, all.errors.to_panel)}
            </div>
        </section>
    };
    Alone {
        language,
        product: all.common.product,
        title: title.to_owned(),
        is_wrong: false,
        body: body.into_any(),
    }
    .html()
}

fn content(language: Language, advice: &'static str, request_id: Option<&str>) -> AnyView {
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
