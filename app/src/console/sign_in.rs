//! The sign-in: login and password.

use leptos::prelude::*;

use super::texts::texts;
use super::urls::with_query;
use super::{AccountUrl, Console};
use crate::forms::{Control, FormState, fields, hidden, summary};
use crate::locales::Language;
use crate::page::{Alone, languages};
use crate::ui::states::{Notice, notice};

fields! {
    /// The fields of the sign-in.
    SignInField = "sign-in" {
        /// The login.
        Login = "login",
        /// The password.
        Password = "password",
    }
    secret Password
}

/// The sign-in page.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The console to which the person signs in.
    pub console: Console,
    /// The language of the page.
    pub language: Language,
    /// The form.
    pub form: FormState<SignInField>,
    /// A message above the form, such as that the session has ended.
    pub notice: Option<Notice>,
    /// The address to open afterwards, sent back in the field `next`.
    pub next: Option<String>,
}

/// Renders the page.
pub fn html(page: &SignIn) -> String {
    let language = page.language;
    let t = &texts(language).access;
    let words = page.console.words(language);
    let url = page.console.url(AccountUrl::SignIn);
    let form = &page.form;
    let label = |field| match field {
        SignInField::Login => t.login.to_owned(),
        SignInField::Password => t.password.to_owned(),
    };
    let control = |field| Control::new(form, language, field, label(field));
    let body = view! {
        {page.notice.as_ref().map(notice)}
        {summary(form, language, t.not_signed_in, label)}
        <form class="panel pad stack" method="post" action=url.clone() novalidate>
            <h1>{t.sign_in}</h1>
            {control(SignInField::Login).autocomplete("username").text()}
            {control(SignInField::Password).autocomplete("current-password").password()}
            {page.next.as_ref().map(|next| hidden("next", next))}
            <button class="button button-wide">{t.enter}</button>
        </form>
        <div class="stack-tight">
            <p class="note">{words.forgotten}</p>
            {languages(
                language,
                |language| with_query(url.clone(), &[("language", language.tag())]),
            )}
        </div>
    };
    Alone {
        language,
        product: words.product,
        title: t.sign_in.to_owned(),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    }
    .html()
}
