//! The English texts of both consoles.

use super::{
    AccessTexts, AccountTexts, ConsoleTexts, DoneTexts, ErrorTexts, PowerTexts, SecondStepTexts,
    SessionsTexts, Texts,
};

/// All English texts of both consoles.
pub(crate) const TEXTS: Texts = Texts {
    access: ACCESS,
    second_step: SECOND_STEP,
    power: POWER,
    account: ACCOUNT,
    sessions: SESSIONS,
    done: DONE,
    panel: PANEL,
    admin: ADMIN,
};

const PANEL: ConsoleTexts = ConsoleTexts {
    product: "Store panel",
    forgotten: "Forgot your password? The owner of the store gives you a new link, and Bonex support gives one to the owner.",
    sessions_note: "The devices on which you are signed in. One is unknown? End it and change your password.",
    errors: ErrorTexts {
        forbidden: "This page is not for your role",
        forbidden_advice: "If you need it for your work, ask the owner of the store for another role.",
        foreign: "The request was refused",
        foreign_advice: "It did not come from this page. Open the panel again and repeat.",
        not_found: "There is no such page",
        not_found_advice: "Check the address. The record may be deleted or belong to another store.",
        link_ended: "The link does not work any more",
        link_ended_advice: "It was used or cancelled, or it is over. Ask the owner of the store for a new one.",
        too_many: "Too many tries",
        too_many_advice: "Wait a few minutes and try again.",
        failed: "The page did not open",
        failed_advice: "The error is ours. The tills work as usual. Reload the page, and if that does not help, send the request number to support.",
        unavailable: "The panel is not available now",
        unavailable_advice: "The database does not answer. Try again in a minute.",
        to_today: "To today",
        to_panel: "Open the panel",
    },
};

const ADMIN: ConsoleTexts = ConsoleTexts {
    product: "Platform",
    forgotten: "Forgot your password or lost your phone? Ask the operator of the Bonex server.",
    sessions_note: "The devices on which you are signed in. One is unknown? End its session. A session without use ends after 12 hours.",
    errors: ErrorTexts {
        forbidden: "This page is not for you",
        forbidden_advice: "You may not open it.",
        foreign: "The request was refused",
        foreign_advice: "It did not come from this page. Open the console again and repeat.",
        not_found: "There is no such page",
        not_found_advice: "Check the address. The record may be deleted.",
        link_ended: "The link does not work any more",
        link_ended_advice: "It was used or cancelled, or it is over. Ask the person who invited you for a new one.",
        too_many: "Too many tries",
        too_many_advice: "Wait a few minutes and try again.",
        failed: "The page did not open",
        failed_advice: "The server failed. The tills work as usual. The request number leads to the line in the server's log.",
        unavailable: "The console is not available now",
        unavailable_advice: "The database does not answer. Try again in a minute.",
        to_today: "To the stores",
        to_panel: "Open the console",
    },
};

pub(crate) const ACCESS: AccessTexts = AccessTexts {
    sign_in: "Sign in",
    login: "Login",
    password: "Password",
    enter: "Sign in",
    not_signed_in: "You are not signed in",
    not_saved: "Not saved",
    code_title: "Code from the app",
    code_hint: "Open the app with the codes on your phone and copy the six digits beside “Bonex”.",
    code: "Six digits",
    recovery_title: "Recovery code",
    recovery_hint: "Enter one of the eight codes that you saved during the set-up. Each of them works once.",
    recovery: "Recovery code",
    no_phone: "No phone at hand?",
    by_recovery: "Use a recovery code",
    by_recovery_after: "— there are eight, you saved them during the set-up.",
    by_app: "Enter the code from the app",
    other_login: "Sign in with another login",
    session_ended: "You are signed out",
    session_ended_advice: "Sign in again, and you will be back where you were.",
    form_kept: "Sign in again. Everything that you typed is safe and waits for you.",
    kept_title: "Your form is waiting",
    kept_lead: "You were filling it in when your session ended. It has not been sent yet, and nothing is lost.",
    kept_back: "Back to the form",
    kept_drop: "Not needed",
    go_on: "Continue",
    name: "Name",
    new_password: "New password",
    repeat: "New password again",
    login_hint: "Latin letters and digits. You will sign in with it.",
    password_hint: "At least 10 characters. Three or four words in a row are best.",
    join_title: "Welcome",
    join_lead: "The store “{}” invites you. Your role: {}.",
    reset_title: "New password",
    reset_lead: "The store “{}”. All your earlier sessions will end.",
    link_until: "The link works once, until {}.",
    save_and_enter: "Save and sign in",
};

pub(crate) const SECOND_STEP: SecondStepTexts = SecondStepTexts {
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
    type_it: "Is this page open on the same phone? Type the key into the app:",
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

pub(crate) const SESSIONS: SessionsTexts = SessionsTexts {
    title: "Sessions",
    end_others: "End all others",
    end: "End",
    current: "this one",
    since: "signed in on {}",
    unknown: "Unknown device",
    device: "Device",
    address: "Address",
    last_seen: "Last seen",
    access: "Action",
};

const DONE: DoneTexts = DoneTexts {
    session_ended: "The session is ended.",
    sessions_ended: "All other sessions are ended.",
    recovery_used: "You signed in with a recovery code. It will not work again.",
};

const POWER: PowerTexts = PowerTexts {
    title: "Confirm that it is you",
    lead: "You are signed in as {}. An important step comes next, so enter the password again. We will not ask for it for 15\u{a0}minutes.",
    waits: "Your form is waiting: it is sent after the password, and nothing has to be typed again.",
    not_confirmed: "Not confirmed",
    back: "Go back without this",
};

pub(crate) const ACCOUNT: AccountTexts = AccountTexts {
    your_name: "Your name",
    your_name_hint: "The journal calls you so.",
    safety: "Security",
    password_title: "Your password",
    password_note: "All your other sign-ins will end.",
    old_password: "Current password",
    change: "Change the password",
};
