//! The sign-in: login and password.

use leptos::prelude::*;

use super::texts::texts;
use super::urls::with_query;
use super::{AccountUrl, Console};
use crate::forms::{Control, FormState, fields, hidden, summary};
use crate::locales::Language;
use crate::page::{Alone, languages};
use crate::ui::states::{Notice, Tone, notice};

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
    /// The sealed form that was being filled in when the session ended, sent back in [`KEPT`].
    pub kept: Option<String>,
}

/// The name of the hidden field with a sealed form.
pub const KEPT: &str = "kept";

/// The name of the hidden field of a form that is brought back after a new sign-in: it is shown and
/// does nothing.
pub const BROUGHT_BACK: &str = "brought-back";

/// Returns the message that the session has ended, and what becomes of the page that was open.
pub fn ended(language: Language, is_kept: bool) -> Notice {
    let t = &texts(language).access;
    let mut notice = Notice::new(Tone::Attention, t.session_ended);
    let next = if is_kept {
        t.form_kept
    } else {
        t.session_ended_advice
    };
    notice.text = Some(next.to_owned());
    notice
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
    // A link would leave the form behind.
    let languages = page.kept.is_none().then(|| {
        let next = page.next.as_deref().unwrap_or_default();
        let href = |language: Language| [("language", language.tag()), ("next", next)];
        languages(language, |language| {
            with_query(url.clone(), &href(language))
        })
    });
    let body = view! {
        {page.notice.as_ref().map(notice)}
        {summary(form, language, t.not_signed_in, label)}
        <form class="panel pad stack" method="post" action=url.clone() novalidate>
            <h1>{t.sign_in}</h1>
            {control(SignInField::Login).autocomplete("username").text()}
            {control(SignInField::Password).autocomplete("current-password").password()}
            {page.next.as_ref().map(|next| hidden("next", next))}
            {page.kept.as_ref().map(|kept| hidden(KEPT, kept))}
            <button class="button button-wide">{t.enter}</button>
        </form>
        <div class="stack-tight">
            <p class="note">{words.forgotten}</p>
            {languages}
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
