//! English: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    again_title: "Confirm that it is you",
    again_lead: "You are signed in as {}. An important step comes next, so enter the password again. We will not ask for it for 15\u{a0}minutes.",
    again_waits: "Your form is waiting: it is sent after the password, and nothing has to be typed again.",
    not_confirmed: "Not confirmed",
    back: "Go back without this",
    your_name: "Your name",
    your_name_hint: "The journal calls you so.",
    safety: "Security",
    password_title: "Your password",
    password_note: "All your other sign-ins will end.",
    old_password: "Current password",
    change: "Change the password",
};
