//! The page that asks for the password of the person who is signed in, before acts of power. A form
//! that was sent waits in it, so nothing that was typed is lost.

use leptos::prelude::*;

use super::confirm::PasswordField;
use super::texts::texts;
use super::urls::Url;
use crate::console::Console;
use crate::forms::{Control, FormState, hidden, summary};
use crate::locales::Language;
use crate::page::Alone;
use crate::ui::format::fill;

/// The page.
#[derive(Clone, Debug)]
pub struct Password {
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
    /// The page for a person who decides not to.
    pub back: String,
}

impl Password {
    /// Returns whether a form is sent together with the password.
    fn is_waiting(&self) -> bool {
        !self.hidden.is_empty() && self.action != Url::Password.to_string()
    }
}

/// Renders the page.
pub fn html(page: &Password) -> String {
    let language = page.language;
    let all = texts(language);
    let t = &all.account;
    let label = |PasswordField::Password| all.access.password.to_owned();
    let control = Control::new(
        &page.form,
        language,
        PasswordField::Password,
        all.access.password,
    );
    let body = view! {
        {summary(&page.form, language, t.not_confirmed, label)}
        <form
            class="panel pad stack"
            method="post"
            action=page.action.clone()
            novalidate
        >
            <div class="stack-tight">
                <h1>{t.again_title}</h1>
                <p class="note">{fill(t.again_lead, &[&page.name])}</p>
                {page.is_waiting().then(|| view! { <p class="note">{t.again_waits}</p> })}
            </div>
            {control.autocomplete("current-password").password()}
            {page.hidden.iter().map(|(name, value)| hidden(name, value)).collect_view()}
            <button class="button button-wide">{all.access.go_on}</button>
        </form>
        <p class="note">
            <a class="link-touch" href=page.back.clone()>
                {t.back}
            </a>
        </p>
    };
    Alone {
        language,
        product: Console::Panel.words(language).product,
        title: t.again_title.to_owned(),
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    }
    .html()
}
