//! The modules that make another program a till of Bonex.

/// A module that the owner of a store can download for a till (seed, the parts
/// about 1C and about Frontol).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TillModule {
    /// 1C: UNF, for small firms.
    Unf,
    /// 1C: Retail.
    Retail,
    /// 1C: Trade Management.
    Trade,
    /// Frontol.
    Frontol,
}

impl TillModule {
    /// Every module.
    pub const ALL: [Self; 4] = [Self::Unf, Self::Retail, Self::Trade, Self::Frontol];

    /// Returns the name under which it is stored and sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unf => "unf",
            Self::Retail => "retail",
            Self::Trade => "trade",
            Self::Frontol => "frontol",
        }
    }

    /// Reads such a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|module| module.as_str() == text)
    }

    /// Returns whether the program is 1C.
    pub const fn is_one_c(self) -> bool {
        !matches!(self, Self::Frontol)
    }
}
