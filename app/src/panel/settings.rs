//! The settings: the name of the store, the name and language of the person, and the way to their
//! password, second step and sessions.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::locales::Language;
use crate::ui::head::{Head, Weight, section};

fields! {
    /// The fields of the settings.
    SettingsField = "settings" {
        /// The name of the store.
        Name = "name",
        /// The name of the person.
        Person = "person",
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
    let label = |field| {
        let label = match field {
            SettingsField::Name => t.store_name,
            SettingsField::Person => all.account.your_name,
            SettingsField::Language => t.language,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let languages = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.tag(), language.own_name()))
        .collect();
    let name = page.may_rename.then(|| {
        let name = control(SettingsField::Name).hint(t.store_name_hint).text();
        view! { <div class="pad stack">{name}</div> }
    });
    let person = control(SettingsField::Person).hint(all.account.your_name_hint);
    let content = view! {
        <form class="panel" method="post" action=Url::Settings.to_string() novalidate>
            {name}
            <div class="pad ruled stack">
                {person.autocomplete("name").text()}
                {control(SettingsField::Language).radios("choices-row", languages)}
                <p>{submit(Weight::Main, all.common.save)}</p>
            </div>
        </form>
    };
    let safety = |title: &'static str, note: &'static str, url: Url| {
        view! {
            <li class="pad stack-tight">
                <a class="link-touch strong" href=url.to_string()>
                    {title}
                </a>
                <p class="note">{note}</p>
            </li>
        }
    };
    let safety = view! {
        <ul class="panel ruled-list">
            {safety(all.account.change, all.account.password_note, Url::OwnPassword)}
            {safety(all.second_step.title, all.second_step.note, Url::SecondStep)}
            {safety(t.sessions, t.sessions_note, Url::Sessions)}
        </ul>
    };
    let body = view! {
        {summary(form, language, all.common.not_saved, label)}
        <div class="narrow columns">
            {section(t.store, content)}
            {section(all.account.safety, safety)}
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Settings),
        head: Head::new(all.common.settings),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}
