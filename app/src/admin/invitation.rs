//! The page of an admin's one-time link: name, login and password, or a new password.

use domain::Timestamp;

use super::texts::{platform, texts};
use super::urls::Url;
use crate::console::Console;
use crate::console::new_password::{LinkPage, NewPasswordField};
use crate::forms::FormState;
use crate::locales::Language;

/// The page of a link.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The language of the page.
    pub language: Language,
    /// The login of an admin who sets a new password; `None` for an invitation.
    pub login: Option<String>,
    /// The secret of the link.
    pub secret: String,
    /// The moment when the link ends.
    pub until: Timestamp,
    /// The current moment.
    pub now: Timestamp,
    /// The form.
    pub form: FormState<NewPasswordField>,
}

/// Renders the page.
pub fn html(page: &Invitation) -> String {
    let t = texts(page.language);
    let reset = &platform(page.language).account;
    let (title, lead) = match page.login {
        None => (t.join_title, t.join_lead),
        Some(_) => (reset.reset_title, reset.reset_lead),
    };
    LinkPage {
        console: Console::Admin,
        language: page.language,
        url: Url::Invitation(page.secret.clone()).to_string(),
        title,
        lead: lead.to_owned(),
        login: page.login.as_deref(),
        until: page.until,
        now: page.now,
        form: &page.form,
    }
    .html()
}
