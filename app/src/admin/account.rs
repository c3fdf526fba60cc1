//! The own account of an admin: name and language, and the way to the password, the second step and
//! the sessions.

use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::platform;
use super::urls::Url;
use crate::console::own_password::{OwnPasswordField, form as own_form};
use crate::console::texts::texts;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::locales::Language;
use crate::ui::head::{Head, Weight, section};

fields! {
    /// The fields of the settings.
    AccountField = "account" {
        /// The name of the admin.
        Name = "name",
        /// The language of the admin: a tag such as `tg`.
        Language = "language",
    }
}

/// Returns the crumb that leads to the account.
pub(super) fn account_crumb(language: Language) -> (String, String) {
    let title = platform(language).account.title;
    (title.to_owned(), Url::Account.to_string())
}

/// Renders the page of the admin with this login.
pub fn html(chrome: &Chrome, login: &str, form: &FormState<AccountField>) -> String {
    let language = chrome.language;
    let (all, shared) = (platform(language), texts(language));
    let t = &all.account;
    let label = |field| {
        let label = match field {
            AccountField::Name => shared.account.your_name,
            AccountField::Language => t.language,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let languages = Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.tag(), language.own_name()))
        .collect();
    let name = control(AccountField::Name).hint(shared.account.your_name_hint);
    let content = view! {
        <form
            class="panel pad stack"
            method="post"
            action=Url::Account.to_string()
            novalidate
        >
            <p>{t.login} ": " <span class="strong">{login.to_owned()}</span></p>
            {name.autocomplete("name").text()}
            {control(AccountField::Language).radios("choices-row", languages)}
            <p>{submit(Weight::Main, t.save)}</p>
        </form>
    };
    let way = |title: &'static str, note: &'static str, url: Url| {
        view! {
            <li class="pad stack-tight">
                <a class="link-touch strong" href=url.to_string()>
                    {title}
                </a>
                <p class="note">{note}</p>
            </li>
        }
    };
    let ways = view! {
        <ul class="panel ruled-list">
            {way(t.password, shared.account.password_note, Url::OwnPassword)}
            {way(t.second_step, t.second_step_note, Url::SecondStep)}
            {way(t.sessions, t.sessions_note, Url::Sessions)}
        </ul>
    };
    let body = view! {
        {summary(form, language, shared.access.not_saved, label)}
        <div class="narrow columns">
            {section(t.you, content)} {section(shared.account.safety, ways)}
        </div>
    };
    let head = Head::new(t.title);
    chrome.form_page(Section::Account, head, form.is_wrong(), body.into_any())
}

/// Renders the page of the own password.
pub fn password_html(chrome: &Chrome, form: &FormState<OwnPasswordField>) -> String {
    let language = chrome.language;
    let t = &texts(language).account;
    let mut head = Head::new(t.password_title);
    head.crumbs = vec![account_crumb(language)];
    head.note = Some(t.password_note.into_any());
    let body = own_form(language, form, Url::OwnPassword.to_string());
    chrome.form_page(Section::Account, head, form.is_wrong(), body)
}
