//! What the people of a store may do.

use super::texts::Texts;

/// The role of a person in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// May do everything.
    Owner,
    /// May do everything except people, keys and the programme.
    Manager,
    /// Reads everything and changes nothing.
    Accountant,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Manager, Self::Accountant];

    /// Returns the text of forms and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Accountant => "accountant",
        }
    }

    /// Returns the role with this text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    pub(super) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Owner => texts.common.owner,
            Self::Manager => texts.common.manager,
            Self::Accountant => texts.common.accountant,
        }
    }
}
