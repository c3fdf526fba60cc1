//! The settings: the name of the store, and the language of the person.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::locales::Language;
use crate::ui::head::{Head, Weight, button_link, noted_section, section};

fields! {
    /// The fields of the settings.
    SettingsField = "settings" {
        /// The name of the store.
        Name = "name",
        /// The language of the person: a tag such as `tg`.
        Language = "language",
    }
}

/// The page of the settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The form.
    pub form: FormState<SettingsField>,
    /// `true` if the person may rename the store.
    pub may_rename: bool,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Settings) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.settings;
    let form = &page.form;
    let label = |field| match field {
        SettingsField::Name => t.store_name.to_owned(),
        SettingsField::Language => t.language.to_owned(),
    };
    let control = |field| Control::new(form, language, field, label(field));
    let languages = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.tag(), language.own_name()))
        .collect();
    let name = page
        .may_rename
        .then(|| control(SettingsField::Name).hint(t.store_name_hint).text());
    let sessions = view! {
        <div class="panel pad">
            {button_link(Weight::Quiet, Url::Sessions, t.sessions)}
        </div>
    };
    let content = view! {
        <form
            class="panel pad stack"
            method="post"
            action=Url::Settings.to_string()
            novalidate
        >
            {name}
            {control(SettingsField::Language).radios("", languages)}
            <p>{submit(Weight::Main, all.common.save)}</p>
        </form>
    };
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <div class="narrow columns">
            {section(t.store, content)}
            {noted_section(t.sessions, Some(t.sessions_note.to_owned()), None, sessions)}
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Settings),
        head: Head::new(all.common.settings),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}
