//! The form with which a person changes their own password.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::console::own_password::form as own_form;
use crate::forms::FormState;
use crate::ui::head::Head;

pub use crate::console::own_password::OwnPasswordField;

/// Renders the page.
pub fn html(chrome: &Chrome, form: &FormState<OwnPasswordField>) -> String {
    let all = chrome.texts();
    let mut head = Head::new(all.account.password_title);
    head.crumbs = vec![crumb(Section::Settings, all)];
    head.note = Some(all.account.password_note.into_any());
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: form.is_wrong(),
        body: own_form(chrome.language, form, Url::OwnPassword.to_string()),
    })
}
