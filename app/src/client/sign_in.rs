//! Signing in by a code.

use leptos::prelude::*;

use super::texts::texts;
use super::{CODE, HOME, SIGN_IN, STORE, page};
use crate::forms::{Control, FormState, fields, hidden, summary};
use crate::locales::Language;
use crate::page::languages;
use crate::ui::format::fill;

fields! {
    /// The phone.
    PhoneField = "phone" {
        /// The number.
        Phone = "phone",
    }
}

fields! {
    /// The code, and what a new client says.
    CodeField = "code" {
        /// The code of the SMS.
        Code = "code",
        /// The name.
        Name = "full_name",
        /// The code of a friend.
        Referral = "referral_code",
        /// Whether the terms are accepted.
        Accept = "accept",
    }
    secret Code
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The code is wrong.
    WrongCode,
    /// The code is over.
    CodeIsOver,
    /// The terms are not accepted.
    AcceptFirst,
    /// Too many codes: the seconds that must pass.
    Wait(i64),
    /// SMS cannot be sent now.
    SmsUnavailable,
}

/// Returns the sentence about a trouble.
pub fn trouble_words(language: Language, trouble: Trouble) -> String {
    let t = texts(language);
    match trouble {
        Trouble::WrongCode => t.wrong_code.to_owned(),
        Trouble::CodeIsOver => t.code_is_over.to_owned(),
        Trouble::AcceptFirst => t.accept_first.to_owned(),
        Trouble::Wait(seconds) => fill(t.wait, &[&seconds.to_string()]),
        Trouble::SmsUnavailable => t.sms_unavailable.to_owned(),
    }
}

/// Renders the page of a link that names no store.
pub fn no_store(language: Language) -> String {
    let t = texts(language);
    let body = view! {
        <section class="panel pad stack">
            <h1>{t.no_store}</h1>
            <p>{t.no_store_text}</p>
        </section>
    };
    page(language, t.no_store, false, body.into_any())
}

/// Renders the form of the phone.
pub fn phone(
    language: Language,
    store: (i64, &str),
    referral: &str,
    form: &FormState<PhoneField>,
) -> String {
    let t = texts(language);
    let label = |_| t.phone.to_owned();
    let control = Control::new(form, language, PhoneField::Phone, t.phone);
    let (id, name) = (store.0.to_string(), store.1.to_owned());
    let href =
        |language: Language| format!("{HOME}?{STORE}={}&language={}", store.0, language.tag());
    let body = view! {
        {summary(form, language, t.not_sent, label)}
        <form class="panel pad stack" method="post" action=CODE novalidate>
            <h1>{name}</h1>
            {hidden(STORE, &id)}
            {hidden("referral_code", referral)}
            {control.hint(t.phone_hint).autocomplete("tel").text()}
            <button class="button button-wide">{t.send}</button>
        </form>
        {languages(language, href)}
    };
    page(language, t.sign_in, form.is_wrong(), body.into_any())
}

/// The page of the code.
#[derive(Clone, Debug)]
pub struct CodePage<'a> {
    /// The store: number and name.
    pub store: (i64, &'a str),
    /// The phone to which the code went, in E.164.
    pub phone: &'a str,
    /// The terms of the store: version and text.
    pub terms: Option<(i64, &'a str)>,
    /// The form.
    pub form: FormState<CodeField>,
}

/// Renders the form of the code.
pub fn code(language: Language, code: &CodePage<'_>) -> String {
    let t = texts(language);
    let form = &code.form;
    let label = |field| {
        let label = match field {
            CodeField::Code => t.code,
            CodeField::Name => t.name,
            CodeField::Referral => t.referral,
            CodeField::Accept => t.accept,
        };
        label.to_owned()
    };
    let control = |field| Control::new(form, language, field, label(field));
    let terms = code.terms.map(|(version, text)| {
        view! {
            {hidden("accepted_terms", &version.to_string())}
            <details>
                <summary>{t.terms}</summary>
                <p class="message">{text.to_owned()}</p>
            </details>
            {control(CodeField::Accept).checkbox()}
        }
    });
    let another = format!("{HOME}?{STORE}={}", code.store.0);
    let code_control = control(CodeField::Code).hint(t.code_hint);
    let body = view! {
        {summary(form, language, t.not_signed_in, label)}
        <form class="panel pad stack" method="post" action=SIGN_IN novalidate>
            <h1>{code.store.1.to_owned()}</h1>
            <p>{code.phone.to_owned()}</p>
            {hidden(STORE, &code.store.0.to_string())}
            {hidden("phone", code.phone)}
            {code_control.autocomplete("one-time-code").digits(6)}
            {control(CodeField::Name).hint(t.optional).autocomplete("name").text()}
            {control(CodeField::Referral).hint(t.optional).text()}
            {terms}
            <button class="button button-wide">{t.enter}</button>
        </form>
        <p>
            <a href=another>{t.another}</a>
        </p>
    };
    page(language, t.sign_in, form.is_wrong(), body.into_any())
}
