//! English: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    your_name: "Your name",
    your_name_hint: "The journal calls you so.",
    safety: "Security",
    password_title: "Your password",
    password_note: "All your other sign-ins will end.",
    old_password: "Current password",
    change: "Change the password",
};
