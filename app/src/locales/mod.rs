//! Every text a user reads, by typed key: a missing translation does not compile.

mod ru;

pub(crate) use ru::RU;

/// The texts of the pages in one language.
pub(crate) struct Texts {
    pub(crate) start: StartTexts,
    pub(crate) health: HealthTexts,
    #[cfg(feature = "ssr")]
    pub(crate) document: DocumentTexts,
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
    /// BCP 47 language tag, the `lang` of the document.
    pub(crate) language: &'static str,
    /// Title and description as a browser tab and a search engine show them.
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
    /// The answer to an unknown address.
    pub(crate) not_found: &'static str,
    pub(crate) not_found_advice: &'static str,
    pub(crate) home: &'static str,
}
