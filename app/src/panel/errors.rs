//! The page of an error for a person who is signed in.

use leptos::prelude::*;

use super::chrome::{Chrome, Page};
use super::urls::Url;
use crate::console::Console;
use crate::console::errors::{Failure, content};
use crate::ui::head::{Head, Weight, button_link};

/// Renders an error for a person who is signed in.
pub fn html(chrome: &Chrome, failure: Failure, request_id: Option<&str>) -> String {
    let t = &Console::Panel.words(chrome.language).errors;
    let (title, advice) = failure.words(t);
    let body = view! {
        <section class="panel pad stack">
            {content(chrome.language, advice, request_id)}
            <div class="actions">
                {button_link(Weight::Main, Url::Today, t.to_today)}
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
