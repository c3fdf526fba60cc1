//! The roles of a store's people.

/// The rights of a person in a store's panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads and exports.
    Accountant,
    /// Everything except people, tokens and the programme.
    Manager,
    /// Everything.
    Owner,
}

impl Role {
    /// All roles, the one with the most rights first.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Manager, Self::Accountant];

    /// Returns the name under which it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Accountant => "accountant",
        }
    }

    /// Reads such a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}
