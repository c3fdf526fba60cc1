//! The page of a one-time link, on which a person sets a password.

use domain::Timestamp;
use leptos::prelude::*;

use super::Console;
use super::texts::texts;
use super::urls::with_query;
use crate::forms::{Control, FormState, fields, summary};
use crate::locales::Language;
use crate::page::{Alone, languages};
use crate::ui::format::{fill, moment};

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

/// The page of a link.
pub(crate) struct LinkPage<'a> {
    pub(crate) console: Console,
    pub(crate) language: Language,
    /// The address of the link.
    pub(crate) url: String,
    pub(crate) title: &'static str,
    /// One line under the title.
    pub(crate) lead: String,
    /// The login of a person who sets a new password; `None` for a new person, who chooses one.
    pub(crate) login: Option<&'a str>,
    /// The moment when the link ends.
    pub(crate) until: Timestamp,
    pub(crate) now: Timestamp,
    pub(crate) form: &'a FormState<NewPasswordField>,
}

impl LinkPage<'_> {
    pub(crate) fn html(self) -> String {
        let (language, form) = (self.language, self.form);
        let t = &texts(language).access;
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
        let who = match self.login {
            None => view! {
                {control(NewPasswordField::Name).autocomplete("name").text()}
                {control(NewPasswordField::Login)
                    .hint(t.login_hint)
                    .autocomplete("username")
                    .text()}
            }
            .into_any(),
            Some(login) => {
                let login = login.to_owned();
                // A password manager stores the new password under this login.
                view! {
                    <input
                        type="hidden"
                        name="login"
                        value=login.clone()
                        autocomplete="username"
                    />
                    <p>
                        {t.login} ": " <span class="strong">{login}</span>
                    </p>
                }
                .into_any()
            }
        };
        let until = fill(t.link_until, &[&moment(language, self.until, self.now)]);
        let with =
            |language: Language| with_query(self.url.clone(), &[("language", language.tag())]);
        let body = view! {
            {summary(form, language, t.not_saved, label)}
            <form class="panel pad stack" method="post" action=self.url.clone() novalidate>
                <div class="stack-tight">
                    <h1>{self.title}</h1>
                    <p class="note">{self.lead}</p>
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
                {languages(language, with)}
            </div>
        };
        Alone {
            language,
            product: self.console.words(language).product,
            title: self.title.to_owned(),
            is_wrong: form.is_wrong(),
            body: body.into_any(),
        }
        .html()
    }
}
