//! The page of an invitation link: a new person sets name, login and password, a known one a new
//! password.

use domain::Timestamp;
use leptos::prelude::*;

use super::role_words::role_words;
use super::texts::texts;
use super::urls::Url;
use crate::forms::{Control, FormState, fields, summary};
use crate::locales::Language;
use crate::page::{Alone, languages};
use crate::ui::format::{fill, moment};
use domain::Role;

fields! {
    /// The fields of an invitation.
    NewPasswordField = "invitation" {
        /// The person's name.
        Name = "name",
        /// The login.
        Login = "login",
        /// The new password.
        Password = "password",
        /// The new password again.
        Repeat = "repeat",
    }
    secret Password | Repeat
}

/// The purpose of the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new person gets this role.
    Join(Role),
    /// The person with this login sets a new password.
    Reset(String),
}

/// The page of an invitation link.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The language of the page.
    pub language: Language,
    /// The secret of the link.
    pub secret: String,
    /// The name of the store.
    pub store: String,
    /// The purpose of the link.
    pub purpose: Purpose,
    /// The moment when the link ends.
    pub until: Timestamp,
    /// The current moment.
    pub now: Timestamp,
    /// The form.
    pub form: FormState<NewPasswordField>,
}

/// Renders the page.
pub fn html(page: &NewPassword) -> String {
    let language = page.language;
    let all = texts(language);
    let t = &all.access;
    let form = &page.form;
    let label = |field| {
        let label = match field {
            NewPasswordField::Name => t.name,
            NewPasswordField::Login => t.login,
            NewPasswordField::Password => t.new_password,
            NewPasswordField::Repeat => t.repeat,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let (title, lead, who) = match &page.purpose {
        Purpose::Join(role) => {
            let who = view! {
                {control(NewPasswordField::Name).autocomplete("name").text()}
                {control(NewPasswordField::Login)
                    .hint(t.login_hint)
                    .autocomplete("username")
                    .text()}
            };
            let lead = fill(t.join_lead, &[&page.store, role_words(*role, all)]);
            (t.join_title, lead, who.into_any())
        }
        Purpose::Reset(login) => {
            let login = login.clone();
            // A password manager stores the new password under this login.
            let who = view! {
                <input type="hidden" name="login" value=login.clone() autocomplete="username" />
                <p>
                    {t.login} ": " <span class="strong">{login}</span>
                </p>
            };
            let lead = fill(t.reset_lead, &[&page.store]);
            (t.reset_title, lead, who.into_any())
        }
    };
    let url = Url::Invitation(page.secret.clone());
    let until = fill(t.link_until, &[&moment(language, page.until, page.now)]);
    let body = view! {
        {summary(form, language, t.not_saved, label)}
        <form class="panel pad stack" method="post" action=url.to_string() novalidate>
            <div class="stack-tight">
                <h1>{title}</h1>
                <p class="note">{lead}</p>
            </div>
            {who}
            {control(NewPasswordField::Password)
                .hint(t.password_hint)
                .autocomplete("new-password")
                .password()}
            {control(NewPasswordField::Repeat).autocomplete("new-password").password()}
            <button class="button button-wide">{t.save_and_enter}</button>
        </form>
        <div class="stack-tight">
            <p class="note">{until}</p>
            {languages(language, |language| url.with_query(&[("language", language.tag())]))}
        </div>
    };
    Alone {
        language,
        product: all.common.product,
        title: title.to_owned(),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    }
    .html()
}
