//! The frame of a person's pages.

use app::Language;
use app::console::Console;
use app::console::notices::AccountDone;
use app::panel::chrome::{Chrome, Section};
use app::panel::notices::Done;
use app::ui::states::Notice;
use axum::http::HeaderMap;
use domain::Role;

use super::session::SignedIn;
use super::suspended;
use crate::console::cookie;

/// The sections that exist, for a person who may read everything.
const SECTIONS: [Section; 9] = [
    Section::Today,
    Section::Clients,
    Section::Reports,
    Section::Sales,
    Section::Goods,
    Section::Tills,
    Section::Programme,
    Section::Journal,
    Section::Settings,
];

impl SignedIn {
    /// Makes the frame of a page for this person.
    pub(crate) fn chrome(&self, headers: &HeaderMap) -> Chrome {
        let mut sections = SECTIONS.to_vec();
        if self.session.role >= Role::Manager {
            sections.extend([Section::Messages, Section::Integrations]);
        }
        if self.session.role == Role::Owner {
            sections.push(Section::People);
        }
        let language = self.language(headers);
        Chrome {
            store: self.session.store_name.clone(),
            person: self.session.account.name.clone(),
            role: self.session.role,
            language,
            notices: self.notices(headers, language),
            sections,
        }
    }

    /// Returns the message about the suspension of the store, and that about what the last form has
    /// done.
    fn notices(&self, headers: &HeaderMap, language: Language) -> Vec<Notice> {
        let suspended = self.session.suspended.as_ref();
        let suspended = suspended.map(|known| suspended::of(known, language, self.now));
        suspended
            .into_iter()
            .chain(done(headers, language))
            .collect()
    }
}

/// Returns the message about what the last form has done.
fn done(headers: &HeaderMap, language: Language) -> Option<Notice> {
    let code = cookie::notice(Console::Panel).read(headers)?;
    let done = Done::parse(code).map(|done| done.notice(language));
    let own = || AccountDone::parse(code).map(|done| done.notice(language));
    done.or_else(own)
}
