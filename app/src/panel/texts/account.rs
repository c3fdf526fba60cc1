//! Keys of the pages about a person's own account.

/// The password asked again, the own password, and the settings of the person.
pub(in crate::panel) struct AccountTexts {
    pub(in crate::panel) again_title: &'static str,
    pub(in crate::panel) again_lead: &'static str,
    pub(in crate::panel) not_confirmed: &'static str,
    pub(in crate::panel) back: &'static str,
    pub(in crate::panel) your_name: &'static str,
    pub(in crate::panel) your_name_hint: &'static str,
    pub(in crate::panel) safety: &'static str,
    pub(in crate::panel) password_title: &'static str,
    pub(in crate::panel) password_note: &'static str,
    pub(in crate::panel) old_password: &'static str,
    pub(in crate::panel) change: &'static str,
}

/// The second step of the sign-in.
pub(in crate::panel) struct SecondStepTexts {
    pub(in crate::panel) title: &'static str,
    pub(in crate::panel) note: &'static str,
    pub(in crate::panel) is_off: &'static str,
    pub(in crate::panel) off_advice: &'static str,
    pub(in crate::panel) switch_on: &'static str,
    pub(in crate::panel) is_on: &'static str,
    pub(in crate::panel) on_since: &'static str,
    pub(in crate::panel) codes_left: &'static str,
    pub(in crate::panel) codes_left_note: &'static str,
    pub(in crate::panel) new_codes: &'static str,
    pub(in crate::panel) switch_off: &'static str,
    pub(in crate::panel) new_title: &'static str,
    pub(in crate::panel) new_note: &'static str,
    pub(in crate::panel) app: &'static str,
    pub(in crate::panel) app_note: &'static str,
    pub(in crate::panel) scan: &'static str,
    pub(in crate::panel) scan_note: &'static str,
    pub(in crate::panel) qr: &'static str,
    pub(in crate::panel) type_it: &'static str,
    pub(in crate::panel) first_code: &'static str,
    pub(in crate::panel) not_on: &'static str,
    pub(in crate::panel) codes_title: &'static str,
    pub(in crate::panel) codes_note: &'static str,
    pub(in crate::panel) codes_keep: &'static str,
    pub(in crate::panel) saved: &'static str,
    pub(in crate::panel) off_title: &'static str,
    pub(in crate::panel) off_note: &'static str,
    pub(in crate::panel) not_off: &'static str,
    pub(in crate::panel) keep: &'static str,
}
