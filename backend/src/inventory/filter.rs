//! The choice of goods to list.

/// The goods to list by their state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that are sold now.
    #[default]
    Active,
    /// Of these, those in stock that were not sold, or whose stock lasts very long.
    Slow,
    /// Of these, those that are not in stock.
    SoldOut,
    /// Those that the last lists no longer had.
    Off,
}

impl Show {
    /// Returns the value that the statement compares.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Slow => "slow",
            Self::SoldOut => "none",
            Self::Off => "off",
        }
    }
}

/// The goods to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only the goods after this name and sku.
    pub after: Option<(&'a str, &'a str)>,
    /// Only with this text in the name or the sku; empty for all.
    pub search: &'a str,
    /// Only of this category; empty for all.
    pub category: &'a str,
    /// Only in this state.
    pub show: Show,
}
