//! The texts by language.

use super::{PlatformTexts, en, ru, tg};
use crate::locales::Language;

/// Returns the texts in a language.
pub(in crate::admin) const fn platform(language: Language) -> &'static PlatformTexts {
    match language {
        Language::Ru => &ru::TEXTS,
        Language::Tg => &tg::TEXTS,
        Language::En => &en::TEXTS,
    }
}
