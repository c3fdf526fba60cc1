//! The second step of the sign-in as a person sees it: its state, and the page that asks for the
//! password before it is switched off.

use domain::Timestamp;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::confirm::PasswordField;
use super::urls::Url;
use crate::forms::{Control, FormState, post_button, submit, summary};
use crate::ui::format::{fill, moment};
use crate::ui::head::{Head, Weight, button_link, tag};

/// The page of the second step.
#[derive(Clone, Copy, Debug)]
pub struct SecondStep {
    /// The current moment.
    pub now: Timestamp,
    /// The moment since which the sign-in asks for codes; `None` if it does not.
    pub on_since: Option<Timestamp>,
    /// The recovery codes that have not been used.
    pub recovery_codes: i64,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &SecondStep) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.second_step;
    let content = match page.on_since {
        None => view! {
            <div class="panel pad stack">
                <p>{t.off_advice}</p>
                <div class="actions">
                    {post_button(Weight::Main, Url::SecondStep, t.switch_on, &[])}
                </div>
            </div>
        }
        .into_any(),
        Some(since) => view! {
            <div class="panel">
                <div class="pad stack">
                    <p>{fill(t.on_since, &[&moment(language, since, page.now)])}</p>
                    <div class="stack-tight">
                        <p>
                            {t.codes_left} ": "
                            <span class="strong num">{page.recovery_codes}</span>
                        </p>
                        <p class="note">{t.codes_left_note}</p>
                    </div>
                </div>
                <div class="pad ruled actions">
                    {post_button(Weight::Quiet, Url::RecoveryCodes, t.new_codes, &[])}
                    {button_link(Weight::Warn, Url::SecondStepOff, t.switch_off)}
                </div>
            </div>
        }
        .into_any(),
    };
    let mut head = Head::new(t.title);
    let state = if page.on_since.is_some() {
        t.is_on
    } else {
        t.is_off
    };
    head.tag = Some(tag(state, None));
    head.crumbs = vec![crumb(Section::Settings, all)];
    head.note = Some(t.note.into_any());
    let body = view! { <div class="narrow columns">{content}</div> };
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

/// Renders the page that asks for the password before the second step is switched off.
pub fn off_html(chrome: &Chrome, form: &FormState<PasswordField>) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.second_step;
    let label = |PasswordField::Password| all.confirm.password.to_owned();
    let control = Control::new(
        form,
        language,
        PasswordField::Password,
        all.confirm.password,
    );
    let mut head = Head::new(t.off_title);
    head.crumbs = vec![
        crumb(Section::Settings, all),
        (t.title.to_owned(), Url::SecondStep.to_string()),
    ];
    let body = view! {
        <div class="narrow columns">
            {summary(form, language, t.not_off, label)}
            <form class="panel" method="post" action=Url::SecondStepOff.to_string() novalidate>
                <div class="pad stack">
                    <p>{t.off_note}</p>
                </div>
                <div class="pad ruled stack">
                    <div class="password">
                        {control.autocomplete("current-password").password()}
                    </div>
                    <div class="actions">
                        {submit(Weight::Danger, t.switch_off)}
                        {button_link(Weight::Quiet, Url::SecondStep, t.keep)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}
