//! Every text a user reads, by typed key: a missing translation does not compile.

mod choice;
mod en;
mod ru;
mod tg;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Russian, where nothing tells of another.
    #[default]
    Ru,
    /// Tajik.
    Tg,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Ru, Self::Tg, Self::En];

    /// BCP 47 tag: the `lang` of a document, the value of the cookie.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Tg => "tg",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag, whatever its region: `tg` and `tg-TJ` are Tajik.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// What those who speak it call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ru => "Русский",
            Self::Tg => "Тоҷикӣ",
            Self::En => "English",
        }
    }

    /// The language that the server has written this page in: what the browser draws must be the same.
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
    /// What a shop gets: a heading and a sentence each.
    pub(crate) facts: [(&'static str, &'static str); 3],
    pub(crate) links_heading: &'static str,
    /// Address, name and purpose of each page worth opening next.
    pub(crate) links: [(&'static str, &'static str, &'static str); 4],
}

/// The card that tells whether this server can work.
pub(crate) struct HealthTexts {
    pub(crate) heading: &'static str,
    pub(crate) unchecked: &'static str,
    pub(crate) checking: &'static str,
    pub(crate) ready: &'static str,
    pub(crate) not_ready: &'static str,
    pub(crate) no_answer: &'static str,
    /// Stands before the local time of the last answer.
    pub(crate) checked_at: &'static str,
    pub(crate) check_again: &'static str,
}

/// What only the server writes, and the browser need not carry.
#[cfg(feature = "ssr")]
pub(crate) struct DocumentTexts {
    /// Title and description as a browser tab and a search engine show them.
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    /// The answer to an unknown address.
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) home: &'static str,
}

/// What stands around the cashier: its name, and what is shown where it cannot run.
#[cfg(feature = "ssr")]
pub(crate) struct CashDocumentTexts {
    pub(crate) title: &'static str,
    /// The name below the icon on a phone's home screen, at most 12 letters.
    pub(crate) short_name: &'static str,
    pub(crate) description: &'static str,
    /// Before the till is open.
    pub(crate) opening: &'static str,
    /// With JavaScript off: what is needed, and how to get it.
    pub(crate) no_script: &'static str,
    pub(crate) no_script_needs: &'static str,
    pub(crate) no_script_chrome: &'static str,
    pub(crate) no_script_safari: &'static str,
    /// Where its program does not load or is not understood.
    pub(crate) not_started: &'static str,
    pub(crate) not_started_advice: &'static str,
    pub(crate) open_again: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_language_whatever_the_region() {
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
