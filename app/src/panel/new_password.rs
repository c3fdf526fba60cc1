//! The page of an invitation link: a new person sets name, login and password, a known one a new
//! password.

use domain::Timestamp;

use super::role_words::role_words;
use super::texts::texts;
use super::urls::Url;
use crate::console::Console;
use crate::console::new_password::{LinkPage, NewPasswordField};
use crate::forms::FormState;
use crate::locales::Language;
use crate::ui::format::fill;
use domain::Role;

/// The purpose of the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new person gets this role.
    Join(Role),
    /// The person with this login sets a new password.
    Reset(String),
}

/// The page of an invitation link.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The language of the page.
    pub language: Language,
    /// The secret of the link.
    pub secret: String,
    /// The name of the store.
    pub store: String,
    /// The purpose of the link.
    pub purpose: Purpose,
    /// The moment when the link ends.
    pub until: Timestamp,
    /// The current moment.
    pub now: Timestamp,
    /// The form.
    pub form: FormState<NewPasswordField>,
}

/// Renders the page.
pub fn html(page: &NewPassword) -> String {
    let all = texts(page.language);
    let t = &all.access;
    let (title, lead, login) = match &page.purpose {
        Purpose::Join(role) => {
            let lead = fill(t.join_lead, &[&page.store, role_words(*role, all)]);
            (t.join_title, lead, None)
        }
        Purpose::Reset(login) => {
            let lead = fill(t.reset_lead, &[&page.store]);
            (t.reset_title, lead, Some(login.as_str()))
        }
    };
    LinkPage {
        console: Console::Panel,
        language: page.language,
        url: Url::Invitation(page.secret.clone()).to_string(),
        title,
        lead,
        login,
        until: page.until,
        now: page.now,
        form: &page.form,
    }
    .html()
}
