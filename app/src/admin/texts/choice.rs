//! The texts by language.

use super::{Texts, en, ru, tg};
use crate::locales::Language;

/// Returns the texts in a language.
pub(in crate::admin) const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Ru => &ru::TEXTS,
        Language::Tg => &tg::TEXTS,
        Language::En => &en::TEXTS,
    }
}
