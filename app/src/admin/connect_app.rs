//! The pages between the first password of an admin and the first session: the authenticator app is
//! connected, and the recovery codes are shown once.

use leptos::prelude::*;

use super::texts::texts;
use super::urls::Url;
use crate::console::Console;
use crate::console::connect_app::{ConnectApp, form, recovery_codes};
use crate::forms::submit;
use crate::locales::Language;
use crate::page::Alone;
use crate::ui::head::{Weight, button_link};

/// Renders the page with the secret and the form of the first code.
pub fn html(language: Language, page: &ConnectApp) -> String {
    let t = texts(language);
    let head = head(t.second_step.new_title, t.connect_lead, true);
    let button = submit(Weight::Main, t.connect);
    let action = Url::ConnectApp.to_string();
    let not_done = t.access.not_signed_in;
    let form = form(
        language,
        page,
        action,
        not_done,
        Some(head),
        button.into_any(),
    );
    let again = Url::SignIn.to_string();
    let body = view! {
        {form}
        <p class="note">
            <a class="link-touch" href=again>
                {t.access.other_login}
            </a>
        </p>
    };
    alone(
        language,
        t.second_step.new_title,
        page.form.is_wrong(),
        body.into_any(),
    )
}

/// Renders the page with the recovery codes.
pub fn codes_html(language: Language, codes: &[String]) -> String {
    let t = texts(language);
    let head = head(t.second_step.codes_title, t.second_step.codes_note, false);
    let button = button_link(Weight::Main, Url::Stores, t.second_step.saved);
    let panel = recovery_codes(language, codes, Some(head), button);
    alone(language, t.second_step.codes_title, false, panel)
}

fn head(title: &'static str, lead: &'static str, is_part: bool) -> AnyView {
    let class = if is_part {
        "pad stack-tight"
    } else {
        "stack-tight"
    };
    view! {
        <div class=class>
            <h1>{title}</h1>
            <p class="note">{lead}</p>
        </div>
    }
    .into_any()
}

fn alone(language: Language, title: &'static str, is_wrong: bool, body: AnyView) -> String {
    Alone {
        language,
        product: Console::Admin.words(language).product,
        title: title.to_owned(),
        is_wrong,
        body,
    }
    .html()
}
