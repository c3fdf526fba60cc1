//! The form with which a person changes their own password.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::urls::Url;
use crate::forms::{Control, FormState, fields, submit, summary};
use crate::ui::head::{Head, Weight};

fields! {
    /// The fields of the form.
    OwnPasswordField = "own-password" {
        /// The password until now.
        Old = "old",
        /// The new password.
        Password = "password",
        /// The new password again.
        Repeat = "repeat",
    }
    secret Old | Password | Repeat
}

/// Renders the page.
pub fn html(chrome: &Chrome, form: &FormState<OwnPasswordField>) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.account;
    let label = |field| {
        let label = match field {
            OwnPasswordField::Old => t.old_password,
            OwnPasswordField::Password => all.access.new_password,
            OwnPasswordField::Repeat => all.access.repeat,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let mut head = Head::new(t.password_title);
    head.crumbs = vec![crumb(Section::Settings, all)];
    head.note = Some(t.password_note.into_any());
    let body = view! {
        <div class="narrow columns">
            {summary(form, language, all.common.not_saved, label)}
            <form
                class="panel pad stack"
                method="post"
                action=Url::OwnPassword.to_string()
                novalidate
            >
                {control(OwnPasswordField::Old).autocomplete("current-password").password()}
                {control(OwnPasswordField::Password)
                    .hint(all.access.password_hint)
                    .autocomplete("new-password")
                    .password()}
                {control(OwnPasswordField::Repeat).autocomplete("new-password").password()}
                <p>{submit(Weight::Main, t.change)}</p>
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
