//! The parts of the pages on which an authenticator app is connected: the secret as a QR code with
//! the form of its first code, and the recovery codes, which are shown once.

use leptos::prelude::*;

use super::sign_in_code::CodeField;
use super::texts::texts;
use super::urls::encoded;
use crate::forms::{Control, FormState, summary};
use crate::locales::Language;
use crate::ui::codes::{code, qr_of};

/// A new secret, and the form of its first code.
#[derive(Clone, Debug)]
pub struct ConnectApp {
    /// The login, which the authenticator app shows.
    pub login: String,
    /// The secret in base32.
    pub secret: String,
    /// The form of the first code.
    pub form: FormState<CodeField>,
}

/// Renders the form, with a summary of its problems. `action` is its address, `head` stands above
/// the steps, and `buttons` send it.
pub(crate) fn form(
    language: Language,
    page: &ConnectApp,
    action: String,
    not_done: &'static str,
    head: Option<AnyView>,
    buttons: AnyView,
) -> AnyView {
    let (all, form) = (texts(language), &page.form);
    let t = &all.second_step;
    let label = |_| all.access.code.to_owned();
    let control = Control::new(form, language, CodeField::Code, all.access.code);
    view! {
        {summary(form, language, not_done, label)}
        <form class="panel" method="post" action=action novalidate>
            {head}
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
                <div class="actions">{buttons}</div>
            </div>
        </form>
    }
    .into_any()
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

/// Renders the recovery codes. `head` stands above them, and `button` leads on.
pub(crate) fn recovery_codes(
    language: Language,
    codes: &[String],
    head: Option<AnyView>,
    button: AnyView,
) -> AnyView {
    let rows = codes
        .iter()
        .map(|recovery| view! { <li>{code(recovery.clone())}</li> });
    view! {
        <div class="panel">
            <div class="pad stack">
                {head}
                <ol class="recovery-codes">{rows.collect_view()}</ol>
                <p>{texts(language).second_step.codes_keep}</p>
            </div>
            <div class="pad ruled actions">{button}</div>
        </div>
    }
    .into_any()
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
