//! The page that asks for the password of the person who is signed in, before acts of power. A form
//! that was sent waits in it, so nothing that was typed is lost.

use leptos::prelude::*;

use super::Console;
use super::texts::texts;
use crate::forms::{Control, FormState, fields, hidden, summary};
use crate::locales::Language;
use crate::page::Alone;
use crate::ui::format::fill;

fields! {
    /// The password of the person, which dangerous acts ask for again after 15 minutes.
    PasswordField = "confirm" {
        /// The password.
        Password = "password",
    }
    secret Password
}

/// What goes on after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Only another page.
    Page,
    /// A form that was sent.
    Form,
    /// A form whose answer is a file. It leaves the page open that asks for the password.
    File,
}

/// The page.
#[derive(Clone, Debug)]
pub struct Password {
    /// The console.
    pub console: Console,
    /// The language of the page.
    pub language: Language,
    /// The name of the person.
    pub name: String,
    /// The form.
    pub form: FormState<PasswordField>,
    /// The address to which the password is sent.
    pub action: String,
    /// What is sent together with the password: the form that waits.
    pub hidden: Vec<(String, String)>,
    /// What goes on after it.
    pub waiting: Waiting,
    /// The page for a person who decides not to, or has got the file.
    pub back: String,
}

/// Renders the page.
pub fn html(page: &Password) -> String {
    let language = page.language;
    let all = texts(language);
    let t = &all.power;
    let label = |PasswordField::Password| all.access.password.to_owned();
    let control = Control::new(
        &page.form,
        language,
        PasswordField::Password,
        all.access.password,
    );
    let (waits, back) = match page.waiting {
        Waiting::Page => (None, t.back),
        Waiting::Form => (Some(t.waits), t.back),
        Waiting::File => (Some(t.file_waits), t.back_from_file),
    };
    let body = view! {
        {summary(&page.form, language, t.not_confirmed, label)}
        <form
            class="panel pad stack"
            method="post"
            action=page.action.clone()
            novalidate
        >
            <div class="stack-tight">
                <h1>{t.title}</h1>
                <p class="note">{fill(t.lead, &[&page.name])}</p>
                {waits.map(|waits| view! { <p class="note">{waits}</p> })}
            </div>
            {control.autocomplete("current-password").password()}
            {page.hidden.iter().map(|(name, value)| hidden(name, value)).collect_view()}
            <button class="button button-wide">{all.access.go_on}</button>
        </form>
        <p class="note">
            <a class="link-touch" href=page.back.clone()>
                {back}
            </a>
        </p>
    };
    Alone {
        language,
        product: page.console.words(language).product,
        title: t.title.to_owned(),
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    }
    .html()
}
