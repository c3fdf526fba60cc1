//! The second step of the sign-in: a code of the authenticator app, or a recovery code.

use leptos::prelude::*;

use super::sign_in::KEPT;
use super::texts::texts;
use super::urls::with_query;
use super::{AccountUrl, Console};
use crate::forms::{Control, FormState, fields, hidden, post_button, summary};
use crate::locales::Language;
use crate::page::Alone;
use crate::ui::head::Weight;

fields! {
    /// The fields of the second step; the form has one of them.
    CodeField = "code" {
        /// The six digits of the authenticator app.
        Code = "code",
        /// A recovery code.
        Recovery = "recovery",
    }
    secret Code | Recovery
}

/// The value of the query `by` that asks for the form of recovery codes.
pub const BY_RECOVERY: &str = "recovery";

/// The second step of the sign-in.
#[derive(Clone, Debug)]
pub struct SignInCode {
    /// The console to which the person signs in.
    pub console: Console,
    /// The language of the page.
    pub language: Language,
    /// The form.
    pub form: FormState<CodeField>,
    /// The field that the form has.
    pub field: CodeField,
    /// The address to open afterwards, sent back in the field `next`.
    pub next: Option<String>,
    /// The sealed form that was being filled in when the session ended, sent back in [`KEPT`].
    pub kept: Option<String>,
}

/// Renders the page.
pub fn html(page: &SignInCode) -> String {
    let language = page.language;
    let t = &texts(language).access;
    let form = &page.form;
    let is_recovery = page.field == CodeField::Recovery;
    let (title, hint) = if is_recovery {
        (t.recovery_title, t.recovery_hint)
    } else {
        (t.code_title, t.code_hint)
    };
    let label = |field| match field {
        CodeField::Code => t.code.to_owned(),
        CodeField::Recovery => t.recovery.to_owned(),
    };
    let control = Control::new(form, language, page.field, label(page.field));
    let control = control.autocomplete("one-time-code");
    let control = if is_recovery {
        control.text()
    } else {
        control.digits(7)
    };
    let next = page.next.as_deref().unwrap_or_default();
    let url = |pairs: &[(&str, &str)]| with_query(page.console.url(AccountUrl::SignInCode), pairs);
    let by_app = url(&[("next", next)]);
    let recovery = url(&[("by", BY_RECOVERY), ("next", next)]);
    let other = if let Some(kept) = &page.kept {
        // A link would leave the form behind.
        let (url, words) = if is_recovery {
            (by_app, t.by_app)
        } else {
            (recovery, t.by_recovery)
        };
        let hidden = [(KEPT, kept.as_str()), ("next", next)];
        post_button(Weight::Link, url, words, &hidden)
    } else if is_recovery {
        view! {
            <p class="note">
                <a class="link-touch" href=by_app>
                    {t.by_app}
                </a>
            </p>
        }
        .into_any()
    } else {
        view! {
            <p class="note">
                {t.no_phone} " " <a href=recovery>{t.by_recovery}</a> " " {t.by_recovery_after}
            </p>
        }
        .into_any()
    };
    let action = if is_recovery {
        url(&[("by", BY_RECOVERY)])
    } else {
        url(&[])
    };
    let body = view! {
        {summary(form, language, t.not_signed_in, label)}
        <form class="panel pad stack" method="post" action=action novalidate>
            <div class="stack-tight">
                <h1>{title}</h1>
                <p class="note">{hint}</p>
            </div>
            {control}
            {page.next.as_ref().map(|next| hidden("next", next))}
            {page.kept.as_ref().map(|kept| hidden(KEPT, kept))}
            <button class="button button-wide">{t.go_on}</button>
        </form>
        <div class="stack-tight">
            {other}
            <p class="note">
                <a class="link-touch" href=page.console.url(AccountUrl::SignIn)>
                    {t.other_login}
                </a>
            </p>
        </div>
    };
    Alone {
        language,
        product: page.console.words(language).product,
        title: title.to_owned(),
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    }
    .html()
}
