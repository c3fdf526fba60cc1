//! The page of an admin's invitation: name, login and password.

use domain::Timestamp;

use super::texts::texts;
use super::urls::Url;
use crate::console::Console;
use crate::console::new_password::{LinkPage, NewPasswordField};
use crate::forms::FormState;
use crate::locales::Language;

/// The page of an invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The language of the page.
    pub language: Language,
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
    LinkPage {
        console: Console::Admin,
        language: page.language,
        url: Url::Invitation(page.secret.clone()).to_string(),
        title: t.join_title,
        lead: t.join_lead.to_owned(),
        login: None,
        until: page.until,
        now: page.now,
        form: &page.form,
    }
    .html()
}
