//! Every text that a user reads, by typed key: a missing translation does not compile.

mod choice;
mod en;
mod ru;
mod tg;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Russian, the default.
    #[default]
    Ru,
    /// Tajik.
    Tg,
    /// English.
    En,
}

impl Language {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Ru, Self::Tg, Self::En];

    /// Returns the BCP 47 tag: the `lang` of a document and the value of the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Tg => "tg",
            Self::En => "en",
        }
    }

    /// Returns the language of a BCP 47 tag in any region: `tg` and `tg-TJ` are Tajik.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// Returns the name of the language in the language itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ru => "Русский",
            Self::Tg => "Тоҷикӣ",
            Self::En => "English",
        }
    }

    /// Returns the language of this page as the server has rendered it: the browser must render the
    /// same.
    #[cfg(feature = "hydrate")]
    pub fn of_document() -> Self {
        leptos::prelude::document()
            .document_element()
            .and_then(|html| html.get_attribute("lang"))
            .and_then(|tag| Self::from_tag(&tag))
            .unwrap_or_default()
    }
}

/// The texts of the pages in one language.
pub(crate) struct Texts {
    pub(crate) start: StartTexts,
    pub(crate) health: HealthTexts,
    #[cfg(feature = "ssr")]
    pub(crate) document: DocumentTexts,
    #[cfg(feature = "ssr")]
    pub(crate) cash_document: CashDocumentTexts,
}

/// The start page.
pub(crate) struct StartTexts {
    pub(crate) name: &'static str,
    pub(crate) lead: &'static str,
    /// The advantages for a shop: a heading and a sentence each.
    pub(crate) facts: [(&'static str, &'static str); 3],
    pub(crate) links_heading: &'static str,
    /// The address, name and purpose of each linked page.
    pub(crate) links: [(&'static str, &'static str, &'static str); 4],
}

/// The card that shows whether this server can work.
pub(crate) struct HealthTexts {
    pub(crate) heading: &'static str,
    pub(crate) unchecked: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) ready: &'static str,
    pub(crate) not_ready: &'static str,
    pub(crate) no_answer: &'static str,
    /// Shown before the local time of the last answer.
    pub(crate) checked_at: &'static str,
    pub(crate) check_again: &'static str,
}

/// The texts that only the server renders, so that the browser need not load them.
#[cfg(feature = "ssr")]
pub(crate) struct DocumentTexts {
    /// The title and description, as a browser tab and a search engine show them.
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    /// The page of an unknown address.
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) home: &'static str,
}

/// The texts around the cashier: its name, and the messages shown if it cannot run.
#[cfg(feature = "ssr")]
pub(crate) struct CashDocumentTexts {
    pub(crate) title: &'static str,
    /// The name below the icon on a phone's home screen, at most 12 letters.
    pub(crate) short_name: &'static str,
    pub(crate) description: &'static str,
    /// Shown until the till is open.
    pub(crate) opening: &'static str,
    /// Shown if JavaScript is off: the requirement, and how to switch it on.
    pub(crate) no_script: &'static str,
    pub(crate) no_script_needs: &'static str,
    pub(crate) no_script_chrome: &'static str,
    pub(crate) no_script_safari: &'static str,
    /// Shown if the program does not load or the browser does not support it.
    pub(crate) not_started: &'static str,
    pub(crate) not_started_advice: &'static str,
    pub(crate) open_again: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_language_in_any_region() {
        for language in Language::ALL {
            assert_eq!(Language::from_tag(language.tag()), Some(language));
        }
        assert_eq!(Language::from_tag("tg-Cyrl-TJ"), Some(Language::Tg));
        assert_eq!(Language::from_tag("EN-us"), Some(Language::En));
        for unknown in ["", "uz", "english", "-ru"] {
            assert_eq!(Language::from_tag(unknown), None, "{unknown}");
        }
    }
}
