//! The frame of a person's pages.

use app::Language;
use app::panel::chrome::{Chrome, Section};
use app::panel::notices::Done;
use app::ui::states::Notice;
use axum::http::HeaderMap;
use domain::Role;

use super::cookie;
use super::session::SignedIn;

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
    pub(super) fn chrome(&self, headers: &HeaderMap) -> Chrome {
        let mut sections = SECTIONS.to_vec();
        if self.session.role >= Role::Manager {
            sections.push(Section::Integrations);
        }
        if self.session.role == Role::Owner {
            sections.push(Section::People);
        }
        let language = self.language(headers);
        Chrome {
            store: self.session.store_name.clone(),
            person: self.session.name.clone(),
            role: self.session.role,
            language,
            notices: notices(headers, language),
            sections,
        }
    }
}

/// Returns the message about what the last form has done.
fn notices(headers: &HeaderMap, language: Language) -> Vec<Notice> {
    let done = cookie::NOTICE.read(headers).and_then(Done::parse);
    done.map(|done| done.notice(language)).into_iter().collect()
}
