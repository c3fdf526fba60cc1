//! The words for roles.

use domain::Role;

use super::texts::Texts;

/// Returns the name of a role.
pub(super) const fn role_words(role: Role, texts: &Texts) -> &'static str {
    match role {
        Role::Owner => texts.common.owner,
        Role::Manager => texts.common.manager,
        Role::Accountant => texts.common.accountant,
    }
}
