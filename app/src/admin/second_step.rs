//! The second step of the sign-in of an admin: its state, another app, and new recovery codes.

use domain::Timestamp;
use leptos::prelude::*;

use super::account::account_crumb;
use super::admins::FEW_CODES;
use super::chrome::{Chrome, Section};
use super::texts::platform;
use super::urls::Url;
use crate::console::connect_app::{ConnectApp, form, recovery_codes};
use crate::console::texts::texts;
use crate::forms::{post_button, submit};
use crate::ui::format::{fill, moment};
use crate::ui::head::{Head, Weight, button_link, tag};
use crate::ui::states::{Tone, state};

/// The page of the second step.
#[derive(Clone, Debug)]
pub struct SecondStep {
    /// The current moment.
    pub now: Timestamp,
    /// The login of the admin.
    pub login: String,
    /// The moment since which the app is connected; `None` if the operator has taken it away.
    pub on_since: Option<Timestamp>,
    /// The recovery codes that have not been used.
    pub recovery_codes: i64,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &SecondStep) -> String {
    let language = chrome.language;
    let (all, shared) = (platform(language), texts(language));
    let (t, step) = (&all.account, &shared.second_step);
    let since = page.on_since;
    let since = since.map(|since| fill(step.on_since, &[&moment(language, since, page.now)]));
    let few = (page.recovery_codes < FEW_CODES)
        .then(|| view! { <p>{state(Tone::Attention, t.few_codes)}</p> });
    let body = view! {
        <div class="narrow columns">
            <section class="panel">
                <div class="pad stack">
                    {since.map(|since| view! { <p>{since}</p> })}
                    <div class="stack-tight">
                        <p>
                            {step.codes_left} ": "
                            <span class="strong num">{page.recovery_codes}</span>
                        </p>
                        {few} <p class="note">{step.codes_left_note}</p>
                    </div>
                </div>
                <div class="pad ruled actions">
                    {post_button(Weight::Quiet, Url::RecoveryCodes, step.new_codes, &[])}
                </div>
            </section>
            <section class="panel">
                <div class="pad stack">
                    <p>{t.another_note}</p>
                    <p class="note">{fill(t.lost, &[&page.login])}</p>
                </div>
                <div class="pad ruled actions">
                    {post_button(Weight::Warn, Url::SecondStep, t.another, &[])}
                </div>
            </section>
        </div>
    };
    let mut head = Head::new(step.title);
    head.tag = page.on_since.map(|_| tag(step.is_on, None));
    head.crumbs = vec![account_crumb(language)];
    head.note = Some(t.step_note.into_any());
    chrome.page(Section::Account, head, body.into_any())
}

/// Renders the page with the secret of another app.
pub fn another_html(chrome: &Chrome, page: &ConnectApp) -> String {
    let language = chrome.language;
    let t = &platform(language).account;
    let buttons = view! {
        {submit(Weight::Main, t.connect)}
        {button_link(Weight::Quiet, Url::SecondStep, t.cancel)}
    };
    let action = Url::AnotherApp.to_string();
    let not_done = t.not_connected;
    let form = form(language, page, action, not_done, None, buttons.into_any());
    let body = view! { <div class="narrow columns">{form}</div> };
    let head = head(chrome, t.another_title, t.another_lead);
    let is_wrong = page.form.is_wrong();
    chrome.form_page(Section::Account, head, is_wrong, body.into_any())
}

/// Renders the page with new recovery codes.
pub fn codes_html(chrome: &Chrome, codes: &[String]) -> String {
    let language = chrome.language;
    let (t, step) = (&platform(language).account, &texts(language).second_step);
    let button = button_link(Weight::Main, Url::SecondStep, step.saved);
    let panel = recovery_codes(language, codes, None, button);
    let body = view! { <div class="narrow columns">{panel}</div> };
    let head = head(chrome, step.codes_title, t.codes_note);
    chrome.page(Section::Account, head, body.into_any())
}

fn head(chrome: &Chrome, title: &'static str, note: &'static str) -> Head {
    let language = chrome.language;
    let step = &texts(language).second_step;
    let mut head = Head::new(title);
    head.crumbs = vec![
        account_crumb(language),
        (step.title.to_owned(), Url::SecondStep.to_string()),
    ];
    head.note = Some(note.into_any());
    head
}
