//! English: texts of the pages about a person's own account.

use crate::panel::texts::account::{AccountTexts, SecondStepTexts};

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    again_title: "Confirm that it is you",
    again_lead: "You are signed in as {}. An important step comes next, so enter the password again. We will not ask for it for 15\u{a0}minutes.",
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

pub(super) const SECOND_STEP: SecondStepTexts = SecondStepTexts {
    title: "Second step of the sign-in",
    note: "After the password the panel asks for a code of your phone. A password can be overseen, the phone stays with you.",
    is_off: "Off",
    off_advice: "The password alone is enough to sign in now. You need a phone with an authenticator app, such as Google Authenticator. The phone needs no internet.",
    switch_on: "Switch on",
    is_on: "On",
    on_since: "Since {}.",
    codes_left: "Recovery codes left",
    codes_left_note: "You need them if the phone is lost. The old codes stop working as soon as you make new ones.",
    new_codes: "Make new codes",
    switch_off: "Switch off",
    new_title: "Connect the app",
    new_note: "Three steps, one minute.",
    app: "Install an authenticator app on the phone",
    app_note: "Any one will do: Google Authenticator, Microsoft Authenticator.",
    scan: "Point it at this code",
    scan_note: "Press the plus in the app and choose the QR code.",
    qr: "QR code for the authenticator app",
    type_it: "Is the panel open on the same phone? Type the key into the app:",
    first_code: "Enter the six digits that it shows",
    not_on: "The second step is not on",
    codes_title: "Recovery codes",
    codes_note: "The second step works. Save these eight codes: they cannot be shown again.",
    codes_keep: "Each of them lets you in once if the phone is not at hand. Write or print them, and keep them apart from the phone.",
    saved: "I have saved the codes",
    off_title: "Switch the second step off?",
    off_note: "The password alone will be enough to sign in again, and the recovery codes stop working.",
    not_off: "The second step is not off",
    keep: "Leave it on",
};
