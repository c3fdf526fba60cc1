//! Keys of the pages about a person's own account.

/// The own password, and the settings of the person.
pub(in crate::panel) struct AccountTexts {
    pub(in crate::panel) your_name: &'static str,
    pub(in crate::panel) your_name_hint: &'static str,
    pub(in crate::panel) safety: &'static str,
    pub(in crate::panel) password_title: &'static str,
    pub(in crate::panel) password_note: &'static str,
    pub(in crate::panel) old_password: &'static str,
    pub(in crate::panel) change: &'static str,
}
