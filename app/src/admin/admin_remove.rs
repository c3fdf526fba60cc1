//! The page that asks before an admin loses access.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::texts::platform;
use super::urls::Url;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, fill};
use crate::ui::head::{Head, Weight, button_link};

fields! {
    /// The fields of the question.
    RemoveField = "remove" {
        /// The reason.
        Reason = "reason",
        /// The password, if it was entered too long ago.
        Password = "password",
    }
    secret Password
}

/// The question.
#[derive(Clone, Debug)]
pub struct RemoveAdmin {
    /// The current moment.
    pub now: Timestamp,
    /// The admin's number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The last request of the sessions that live.
    pub last_seen: Option<Timestamp>,
    /// The form.
    pub form: FormState<RemoveField>,
    /// `true` if the form asks for the password.
    pub asks_password: bool,
}

/// Returns the sentence for the last admin, who stays.
pub fn last_admin(language: crate::locales::Language) -> &'static str {
    platform(language).admins.last
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &RemoveAdmin) -> String {
    let language = chrome.language;
    let all = platform(language);
    let (t, form) = (&all.admins, &page.form);
    let power = &crate::console::texts::texts(language).access;
    let label = |field| {
        let label = match field {
            RemoveField::Reason => t.reason,
            RemoveField::Password => power.password,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let (about, value, unit, warning) = match page.last_seen {
        Some(last) => {
            let ago = ago(language, last, page.now);
            let unit = ago.unit.map(str::to_owned);
            (t.remove_seen, ago.value, unit, Some(t.remove_now))
        }
        None => (t.remove_sessions, "0".to_owned(), None, None),
    };
    let figure = Figure {
        label: about.to_owned(),
        value,
        unit,
        href: None,
        words: warning.map(words),
    };
    let password = page.asks_password.then(|| {
        let control = control(RemoveField::Password).autocomplete("current-password");
        view! { <div class="password">{control.password()}</div> }
    });
    let sentences = [t.remove_1, t.remove_2, t.remove_3];
    let sentences = sentences.map(|sentence| view! { <li>{sentence}</li> });
    let body = view! {
        <div class="narrow columns">
            {summary(form, language, t.not_removed, label)}
            <form
                class="panel"
                method="post"
                autocomplete="off"
                action=Url::RemoveAdmin(page.id).to_string()
                novalidate
            >
                <div class="pad stack">
                    {figure.view()} <ul class="list">{sentences.collect_view()}</ul>
                    {control(RemoveField::Reason).hint(t.reason_hint).text()}
                </div>
                <div class="pad ruled stack">
                    {password}
                    <div class="actions">
                        {submit(Weight::Danger, t.remove)}
                        {button_link(Weight::Quiet, Url::Admins, t.keep)}
                    </div>
                </div>
            </form>
        </div>
    };
    let mut head = Head::new(fill(t.remove_title, &[&page.name]));
    head.crumbs = vec![(all.menu.admins.to_owned(), Url::Admins.to_string())];
    chrome.form_page(Section::Admins, head, form.is_wrong(), body.into_any())
}
