//! The pages on which the second step of the sign-in is switched on: the secret as a QR code, and
//! the recovery codes, which are shown once.

use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::sign_in_code::CodeField;
use super::urls::{Url, encoded};
use crate::forms::{Control, FormState, submit, summary};
use crate::ui::codes::{code, qr_of};
use crate::ui::head::{Head, Weight, button_link};

/// The page with a new secret.
#[derive(Clone, Debug)]
pub struct NewSecondStep {
    /// The login, which the authenticator app shows.
    pub login: String,
    /// The secret in base32.
    pub secret: String,
    /// The form of the first code.
    pub form: FormState<CodeField>,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &NewSecondStep) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.second_step;
    let label = |_| all.access.code.to_owned();
    let control = Control::new(
        &page.form,
        language,
        CodeField::Code,
        label(CodeField::Code),
    );
    let mut head = Head::new(t.new_title);
    head.crumbs = vec![
        crumb(Section::Settings, all),
        (t.title.to_owned(), Url::SecondStep.to_string()),
    ];
    head.note = Some(t.new_note.into_any());
    let body = view! {
        <div class="narrow columns">
            {summary(&page.form, language, t.not_on, label)}
            <form
                class="panel"
                method="post"
                action=Url::NewSecondStep.to_string()
                novalidate
            >
                <div class="pad stack-tight">
                    <h2>"1. " {t.app}</h2>
                    <p class="note">{t.app_note}</p>
                </div>
                <div class="pad ruled stack">
                    <div class="stack-tight">
                        <h2>"2. " {t.scan}</h2>
                        <p class="note">{t.scan_note}</p>
                    </div>
                    {qr_of(&otpauth(&page.login, &page.secret), t.qr)}
                    <p class="note">{t.type_it}</p>
                    {code(grouped(&page.secret))}
                </div>
                <div class="pad ruled stack">
                    <h2>"3. " {t.first_code}</h2>
                    {control.autocomplete("one-time-code").digits(7)}
                    <div class="actions">
                        {submit(Weight::Main, t.switch_on)}
                        {button_link(Weight::Quiet, Url::SecondStep, all.common.cancel)}
                    </div>
                </div>
            </form>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: page.form.is_wrong(),
        body: body.into_any(),
    })
}

/// Returns the address that an authenticator app reads from the QR code. SHA-1, six digits and 30
/// seconds are what every app takes if nothing else is said.
fn otpauth(login: &str, secret: &str) -> String {
    format!(
        "otpauth://totp/Bonex:{}?secret={secret}&issuer=Bonex",
        encoded(login)
    )
}

/// Returns a secret in groups of four signs; apps ignore the spaces.
fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups = signs
        .chunks(4)
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// Renders the page with the recovery codes.
pub fn codes_html(chrome: &Chrome, codes: &[String]) -> String {
    let all = chrome.texts();
    let t = &all.second_step;
    let mut head = Head::new(t.codes_title);
    head.crumbs = vec![
        crumb(Section::Settings, all),
        (t.title.to_owned(), Url::SecondStep.to_string()),
    ];
    head.note = Some(t.codes_note.into_any());
    let rows = codes
        .iter()
        .map(|recovery| view! { <li>{code(recovery.clone())}</li> });
    let body = view! {
        <div class="narrow columns">
            <div class="panel">
                <div class="pad stack">
                    <ol class="recovery-codes">{rows.collect_view()}</ol>
                    <p>{t.codes_keep}</p>
                </div>
                <div class="pad ruled actions">
                    {button_link(Weight::Main, Url::SecondStep, t.saved)}
                </div>
            </div>
        </div>
    };
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_app_is_encoded() {
        assert_eq!(
            otpauth("Зебо &", "ABCD"),
            "otpauth://totp/Bonex:%D0%97%D0%B5%D0%B1%D0%BE%20%26?secret=ABCD&issuer=Bonex"
        );
        assert_eq!(grouped("ABCDEFGHJ"), "ABCD EFGH J");
    }
}
