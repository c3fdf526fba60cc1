//! The choice of the texts by language.

use super::{Language, Texts, en, ru, tg};

impl Language {
    /// Returns the texts of this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::Ru => &ru::TEXTS,
            Self::Tg => &tg::TEXTS,
            Self::En => &en::TEXTS,
        }
    }
}
