//! English: texts of the people and the settings.

use crate::panel::texts::access::{CommonTexts, PeopleTexts, SettingsTexts};

pub(super) const COMMON: CommonTexts = CommonTexts {
    today: "Today",
    clients: "Clients",
    sales: "Sales",
    goods: "Goods",
    tills: "Branches and tills",
    integrations: "Integrations",
    programme: "Loyalty programme",
    people: "People and access",
    journal: "Journal",
    settings: "Settings",
    owner: "owner",
    manager: "manager",
    accountant: "accountant",
    somoni: "TJS",
    branch: "Branch",
    all_branches: "All branches",
    accrued: "Given",
    redeemed: "Spent",
    as_table: "The same figures as a table",
    save: "Save",
    cancel: "Cancel",
    show: "Show",
    not_saved: "Not saved",
};

pub(super) const PEOPLE: PeopleTexts = PeopleTexts {
    role: "Role",
    person: "Person",
    last_seen: "Last seen",
    access: "Access",
    link: "Link",
    never_seen: "not yet",
    you: "you",
    remove: "Remove access",
    new_password: "New password",
    invite_title: "Invite a person",
    invite_note: "You get a link for 7 days. Pass it on yourself: the person opens it and chooses a password.",
    invite: "Make a link",
    not_invited: "No link was made",
    manager_note: "Everything except people, keys of tills and the programme",
    accountant_note: "Sees everything, changes nothing",
    owner_note: "Everything, like you",
    invitations: "Waiting invitations",
    until: "until {}",
    cancel: "Cancel",
    link_for: "Link: {}",
    link_note: "Copy it now: it cannot be shown again. It works once, until {}.",
};

pub(super) const SETTINGS: SettingsTexts = SettingsTexts {
    store: "The store and you",
    store_name: "Name of the store",
    store_name_hint: "Cashiers and clients see it.",
    language: "Language of the panel",
    sessions: "Your sessions",
    sessions_note: "Where you are signed in now.",
};
