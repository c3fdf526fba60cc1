//! Keys of the people and the settings.

/// Words of several pages.
pub(in crate::panel) struct CommonTexts {
    pub(in crate::panel) today: &'static str,
    pub(in crate::panel) clients: &'static str,
    pub(in crate::panel) sales: &'static str,
    pub(in crate::panel) goods: &'static str,
    pub(in crate::panel) tills: &'static str,
    pub(in crate::panel) integrations: &'static str,
    pub(in crate::panel) programme: &'static str,
    pub(in crate::panel) people: &'static str,
    pub(in crate::panel) journal: &'static str,
    pub(in crate::panel) settings: &'static str,
    pub(in crate::panel) owner: &'static str,
    pub(in crate::panel) manager: &'static str,
    pub(in crate::panel) accountant: &'static str,
    pub(in crate::panel) somoni: &'static str,
    pub(in crate::panel) branch: &'static str,
    pub(in crate::panel) all_branches: &'static str,
    pub(in crate::panel) accrued: &'static str,
    pub(in crate::panel) redeemed: &'static str,
    pub(in crate::panel) as_table: &'static str,
    pub(in crate::panel) save: &'static str,
    pub(in crate::panel) cancel: &'static str,
    pub(in crate::panel) show: &'static str,
    pub(in crate::panel) not_saved: &'static str,
}

/// The people of a store.
pub(in crate::panel) struct PeopleTexts {
    pub(in crate::panel) role: &'static str,
    pub(in crate::panel) person: &'static str,
    pub(in crate::panel) last_seen: &'static str,
    pub(in crate::panel) access: &'static str,
    pub(in crate::panel) link: &'static str,
    pub(in crate::panel) never_seen: &'static str,
    pub(in crate::panel) you: &'static str,
    pub(in crate::panel) remove: &'static str,
    pub(in crate::panel) new_password: &'static str,
    pub(in crate::panel) invite_title: &'static str,
    pub(in crate::panel) invite_note: &'static str,
    pub(in crate::panel) invite: &'static str,
    pub(in crate::panel) not_invited: &'static str,
    pub(in crate::panel) manager_note: &'static str,
    pub(in crate::panel) accountant_note: &'static str,
    pub(in crate::panel) owner_note: &'static str,
    pub(in crate::panel) invitations: &'static str,
    pub(in crate::panel) until: &'static str,
    pub(in crate::panel) cancel: &'static str,
    pub(in crate::panel) link_for: &'static str,
    pub(in crate::panel) link_note: &'static str,
}

/// The settings.
pub(in crate::panel) struct SettingsTexts {
    pub(in crate::panel) store: &'static str,
    pub(in crate::panel) store_name: &'static str,
    pub(in crate::panel) store_name_hint: &'static str,
    pub(in crate::panel) language: &'static str,
    pub(in crate::panel) sessions: &'static str,
    pub(in crate::panel) sessions_note: &'static str,
}
