//! The frame of the panel's pages.

use leptos::prelude::*;

use super::role_words::role_words;
use super::texts::{Texts, texts};
use super::urls::Url;
use crate::console::Console;
use crate::locales::Language;
use crate::page;
use crate::ui::head::Head;
use crate::ui::icons::Icon;
use crate::ui::states::Notice;
use domain::Role;

/// The frame around a page: the store, the person and the menu.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The name of the store.
    pub store: String,
    /// The name of the person who is signed in.
    pub person: String,
    /// The role of the person.
    pub role: Role,
    /// The language of the person.
    pub language: Language,
    /// The messages under the head of the page.
    pub notices: Vec<Notice>,
    /// The sections that the person may open.
    pub sections: Vec<Section>,
}

/// A section of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The figures of the day.
    Today,
    /// The clients.
    Clients,
    /// The sales, returns and receipts.
    Sales,
    /// The reports.
    Reports,
    /// The goods.
    Goods,
    /// The branches and their tills.
    Tills,
    /// The programme.
    Programme,
    /// The messages to clients.
    Messages,
    /// The integrations.
    Integrations,
    /// The people.
    People,
    /// The journal.
    Journal,
    /// The settings.
    Settings,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 12] = [
        Self::Today,
        Self::Clients,
        Self::Sales,
        Self::Reports,
        Self::Goods,
        Self::Tills,
        Self::Programme,
        Self::Messages,
        Self::Integrations,
        Self::People,
        Self::Journal,
        Self::Settings,
    ];

    /// The sections in the groups of the menu.
    const GROUPS: [&'static [Self]; 3] = [
        &[
            Self::Today,
            Self::Clients,
            Self::Sales,
            Self::Goods,
            Self::Reports,
        ],
        &[
            Self::Tills,
            Self::Programme,
            Self::Messages,
            Self::Integrations,
        ],
        &[Self::People, Self::Journal, Self::Settings],
    ];

    /// Returns the first page of the section.
    pub const fn url(self) -> Url {
        match self {
            Self::Today => Url::Today,
            Self::Clients => Url::Clients,
            Self::Sales => Url::Sales,
            Self::Reports => Url::Reports,
            Self::Goods => Url::Goods,
            Self::Tills => Url::Tills,
            Self::Programme => Url::Programme,
            Self::Messages => Url::Messages,
            Self::Integrations => Url::Integrations,
            Self::People => Url::People,
            Self::Journal => Url::Journal,
            Self::Settings => Url::Settings,
        }
    }

    pub(super) const fn words(self, texts: &Texts) -> &'static str {
        match self {
            Self::Today => texts.common.today,
            Self::Clients => texts.common.clients,
            Self::Sales => texts.common.sales,
            Self::Reports => texts.reports.title,
            Self::Goods => texts.common.goods,
            Self::Tills => texts.common.tills,
            Self::Programme => texts.common.programme,
            Self::Messages => texts.messages.title,
            Self::Integrations => texts.common.integrations,
            Self::People => texts.common.people,
            Self::Journal => texts.common.journal,
            Self::Settings => texts.common.settings,
        }
    }

    const fn in_bar(self, texts: &Texts) -> Option<(Icon, &'static str)> {
        match self {
            Self::Today => Some((Icon::Day, texts.common.today)),
            Self::Clients => Some((Icon::Person, texts.common.clients)),
            Self::Sales => Some((Icon::Receipt, texts.common.sales)),
            Self::Reports => Some((Icon::Bars, texts.reports.title)),
            _ => None,
        }
    }
}

/// A page in the frame.
pub(super) struct Page {
    /// The section that is marked in the menu; `None` for an error.
    pub(super) section: Option<Section>,
    /// The head. Its first crumb is the way back on a phone.
    pub(super) head: Head,
    /// `true` if the page shows a form with problems.
    pub(super) is_wrong: bool,
    pub(super) body: AnyView,
}

impl Chrome {
    /// Returns `href` if the person may open its section: a figure is a link only then.
    pub(super) fn link(&self, section: Section, href: impl Into<String>) -> Option<String> {
        self.sections.contains(&section).then(|| href.into())
    }

    pub(super) fn texts(&self) -> &'static Texts {
        texts(self.language)
    }

    /// Renders a page as a whole document.
    pub(super) fn page(&self, page: Page) -> String {
        self.frame(page.section)
            .page(page.head, page.is_wrong, page.body)
    }

    fn frame(&self, current: Option<Section>) -> page::Frame {
        let texts = self.texts();
        let item = |section: &Section| {
            self.sections.contains(section).then(|| page::MenuItem {
                words: section.words(texts),
                href: section.url().to_string(),
                is_current: current == Some(*section),
                in_bar: section.in_bar(texts),
            })
        };
        let menu = Section::GROUPS
            .iter()
            .map(|group| group.iter().filter_map(item).collect())
            .collect();
        page::Frame {
            language: self.language,
            place: self.store.clone(),
            product: Console::Panel.words(self.language).product,
            is_admin: false,
            home: Url::Today.to_string(),
            person: self.person.clone(),
            role: role_words(self.role, texts),
            sign_out: Url::SignOut.to_string(),
            menu,
            notices: self.notices.clone(),
            is_live: false,
        }
    }
}

/// Returns the crumb of a section: its words and address.
pub(super) fn crumb(section: Section, texts: &Texts) -> (String, String) {
    (section.words(texts).to_owned(), section.url().to_string())
}
