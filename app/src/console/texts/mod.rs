//! The texts of both consoles: of the sign-in, the second step, the sessions and the errors.

mod choice;
pub(crate) mod en;
pub(crate) mod ru;
pub(crate) mod tg;

pub(crate) use choice::texts;

/// The texts of both consoles in one language.
pub(crate) struct Texts {
    pub(crate) access: AccessTexts,
    pub(crate) second_step: SecondStepTexts,
    pub(crate) power: PowerTexts,
    pub(crate) account: AccountTexts,
    pub(crate) sessions: SessionsTexts,
    pub(crate) done: DoneTexts,
    /// The words that only the panel has.
    pub(crate) panel: ConsoleTexts,
    /// The words that only the admin console has.
    pub(crate) admin: ConsoleTexts,
}

/// The words in which the consoles differ.
pub(crate) struct ConsoleTexts {
    pub(crate) product: &'static str,
    pub(crate) forgotten: &'static str,
    pub(crate) sessions_note: &'static str,
    pub(crate) errors: ErrorTexts,
}

/// The sign-in and the links of invitations.
pub(crate) struct AccessTexts {
    pub(crate) sign_in: &'static str,
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
    pub(crate) enter: &'static str,
    pub(crate) not_signed_in: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) code_title: &'static str,
    pub(crate) code_hint: &'static str,
    pub(crate) code: &'static str,
    pub(crate) recovery_title: &'static str,
    pub(crate) recovery_hint: &'static str,
    pub(crate) recovery: &'static str,
    pub(crate) no_phone: &'static str,
    pub(crate) by_recovery: &'static str,
    pub(crate) by_recovery_after: &'static str,
    pub(crate) by_app: &'static str,
    pub(crate) other_login: &'static str,
    pub(crate) session_ended: &'static str,
    pub(crate) session_ended_advice: &'static str,
    pub(crate) form_kept: &'static str,
    pub(crate) kept_title: &'static str,
    pub(crate) kept_lead: &'static str,
    pub(crate) kept_back: &'static str,
    pub(crate) kept_drop: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) name: &'static str,
    pub(crate) new_password: &'static str,
    pub(crate) repeat: &'static str,
    pub(crate) login_hint: &'static str,
    pub(crate) password_hint: &'static str,
    pub(crate) join_title: &'static str,
    pub(crate) join_lead: &'static str,
    pub(crate) reset_title: &'static str,
    pub(crate) reset_lead: &'static str,
    pub(crate) link_until: &'static str,
    pub(crate) save_and_enter: &'static str,
}

/// The second step of the sign-in.
pub(crate) struct SecondStepTexts {
    pub(crate) title: &'static str,
    pub(crate) note: &'static str,
    pub(crate) is_off: &'static str,
    pub(crate) off_advice: &'static str,
    pub(crate) switch_on: &'static str,
    pub(crate) is_on: &'static str,
    pub(crate) on_since: &'static str,
    pub(crate) codes_left: &'static str,
    pub(crate) codes_left_note: &'static str,
    pub(crate) new_codes: &'static str,
    pub(crate) switch_off: &'static str,
    pub(crate) new_title: &'static str,
    pub(crate) new_note: &'static str,
    pub(crate) app: &'static str,
    pub(crate) app_note: &'static str,
    pub(crate) scan: &'static str,
    pub(crate) scan_note: &'static str,
    pub(crate) qr: &'static str,
    pub(crate) type_it: &'static str,
    pub(crate) first_code: &'static str,
    pub(crate) not_on: &'static str,
    pub(crate) codes_title: &'static str,
    pub(crate) codes_note: &'static str,
    pub(crate) codes_keep: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) off_title: &'static str,
    pub(crate) off_note: &'static str,
    pub(crate) not_off: &'static str,
    pub(crate) keep: &'static str,
}

/// The password asked again before an act of power.
pub(crate) struct PowerTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) waits: &'static str,
    pub(crate) file_waits: &'static str,
    pub(crate) not_confirmed: &'static str,
    pub(crate) back: &'static str,
    pub(crate) back_from_file: &'static str,
}

/// The own password, and the settings of the person.
pub(crate) struct AccountTexts {
    pub(crate) your_name: &'static str,
    pub(crate) your_name_hint: &'static str,
    pub(crate) safety: &'static str,
    pub(crate) password_title: &'static str,
    pub(crate) password_note: &'static str,
    pub(crate) old_password: &'static str,
    pub(crate) change: &'static str,
}

/// The sessions of a person.
pub(crate) struct SessionsTexts {
    pub(crate) title: &'static str,
    pub(crate) end_others: &'static str,
    pub(crate) end: &'static str,
    pub(crate) current: &'static str,
    pub(crate) since: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) device: &'static str,
    pub(crate) address: &'static str,
    pub(crate) last_seen: &'static str,
    pub(crate) access: &'static str,
}

/// What was done with an account.
pub(crate) struct DoneTexts {
    pub(crate) session_ended: &'static str,
    pub(crate) sessions_ended: &'static str,
    pub(crate) recovery_used: &'static str,
}

/// The pages of errors.
pub(crate) struct ErrorTexts {
    pub(crate) forbidden: &'static str,
    pub(crate) forbidden_advice: &'static str,
    pub(crate) foreign: &'static str,
    pub(crate) foreign_advice: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) link_ended: &'static str,
    pub(crate) link_ended_advice: &'static str,
    pub(crate) suspended: &'static str,
    pub(crate) suspended_advice: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) too_many_advice: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) failed_advice: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) unavailable_advice: &'static str,
    pub(crate) to_today: &'static str,
    pub(crate) to_panel: &'static str,
}
