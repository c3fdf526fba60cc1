//! The pages on which the second step of the sign-in is switched on: the secret as a QR code, and
//! the recovery codes, which are shown once.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::console::connect_app::{ConnectApp, form, recovery_codes};
use crate::forms::submit;
use crate::ui::head::{Head, Weight, button_link};

/// Renders the page with a new secret.
pub fn html(chrome: &Chrome, page: &ConnectApp) -> String {
    let all = chrome.texts();
    let t = &all.second_step;
    let buttons = view! {
        {submit(Weight::Main, t.switch_on)}
        {button_link(Weight::Quiet, Url::SecondStep, all.common.cancel)}
    };
    let action = Url::NewSecondStep.to_string();
    let form = form(
        chrome.language,
        page,
        action,
        t.not_on,
        None,
        buttons.into_any(),
    );
    let body = view! { <div class="narrow columns">{form}</div> };
    chrome.page(Page {
        section: Some(Section::Settings),
        head: head(chrome, t.new_title, t.new_note),
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}

fn head(chrome: &Chrome, title: &'static str, note: &'static str) -> Head {
    let all = chrome.texts();
    let mut head = Head::new(title);
    head.crumbs = vec![
        crumb(Section::Settings, all),
        (
            all.second_step.title.to_owned(),
            Url::SecondStep.to_string(),
        ),
    ];
    head.note = Some(note.into_any());
    head
}

/// Renders the page with the recovery codes.
pub fn codes_html(chrome: &Chrome, codes: &[String]) -> String {
    let t = &chrome.texts().second_step;
    let button = button_link(Weight::Main, Url::SecondStep, t.saved);
    let panel = recovery_codes(chrome.language, codes, None, button);
    let body = view! { <div class="narrow columns">{panel}</div> };
    chrome.page(Page {
        section: Some(Section::Settings),
        head: head(chrome, t.codes_title, t.codes_note),
        is_wrong: false,
        body: body.into_any(),
    })
}
