//! The frame of the admin console's pages.

use leptos::prelude::*;

use super::texts::{Texts, platform, texts};
use super::urls::Url;
use crate::console::Console;
use crate::locales::Language;
use crate::page;
use crate::ui::head::Head;
use crate::ui::icons::Icon;
use crate::ui::states::Notice;

/// The frame around a page: the admin and the menu.
#[derive(Clone, Debug)]
pub struct Chrome {
    /// The name of the admin who is signed in.
    pub person: String,
    /// The language of the admin.
    pub language: Language,
    /// The messages under the head of the page.
    pub notices: Vec<Notice>,
}

/// A section of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// The stores.
    Stores,
    /// The tills whose tokens may be shared.
    Signs,
    /// The journal of the platform.
    Journal,
    /// The health of the platform.
    Health,
    /// The admins.
    Admins,
    /// The admin's own account.
    Account,
}

impl Chrome {
    pub(super) fn texts(&self) -> &'static Texts {
        texts(self.language)
    }

    /// Renders a page as a whole document.
    pub(super) fn page(&self, current: Section, head: Head, body: AnyView) -> String {
        self.frame(current).page(head, false, body)
    }

    /// Renders a page that brings itself up to date.
    pub(super) fn live_page(&self, current: Section, head: Head, body: AnyView) -> String {
        let frame = self.frame(current);
        page::Frame {
            is_live: true,
            ..frame
        }
        .page(head, false, body)
    }

    /// Renders a page with a form. `is_wrong` says that the form has problems.
    pub(super) fn form_page(
        &self,
        current: Section,
        head: Head,
        is_wrong: bool,
        body: AnyView,
    ) -> String {
        self.frame(current).page(head, is_wrong, body)
    }

    fn frame(&self, current: Section) -> page::Frame {
        let texts = self.texts();
        let words = &platform(self.language).menu;
        let item = |section, words, url: Url, in_bar| page::MenuItem {
            words,
            href: url.to_string(),
            is_current: current == section,
            in_bar,
        };
        let in_bar = Some((Icon::Stores, texts.stores));
        let menu = vec![
            vec![
                item(Section::Stores, texts.stores, Url::Stores, in_bar),
                item(Section::Signs, texts.activity.signs_title, Url::Signs, None),
                item(
                    Section::Journal,
                    words.journal,
                    Url::Journal,
                    Some((Icon::Receipt, words.journal_short)),
                ),
                item(
                    Section::Health,
                    words.health,
                    Url::Health,
                    Some((Icon::Bars, words.health)),
                ),
            ],
            vec![
                item(Section::Admins, words.admins, Url::Admins, None),
                item(Section::Account, words.account, Url::Account, None),
            ],
        ];
        page::Frame {
            language: self.language,
            place: "Bonex".to_owned(),
            product: Console::Admin.words(self.language).product,
            home: Url::Stores.to_string(),
            person: self.person.clone(),
            role: texts.role,
            sign_out: Url::SignOut.to_string(),
            is_admin: true,
            menu,
            notices: self.notices.clone(),
            is_live: false,
        }
    }
}
