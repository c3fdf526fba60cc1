//! The choice of the texts by language.

use super::{Texts, en, ru, tg};
use crate::locales::Language;

impl Texts {
    /// Returns the texts of a language.
    pub(in crate::cash) fn of(language: Language) -> &'static Self {
        match language {
            Language::Ru => &ru::TEXTS,
            Language::Tg => &tg::TEXTS,
            Language::En => &en::TEXTS,
        }
    }
}
