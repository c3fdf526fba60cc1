//! What the panel of a store and the admin console share: the pages on which a person signs in and
//! looks after their own account, errors, and the list of URLs.

mod account_url;
pub mod connect_app;
pub mod errors;
pub(crate) mod journal;
pub mod new_password;
pub mod notices;
pub mod own_password;
pub mod password;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_code;
pub(crate) mod texts;
pub mod urls;

pub use account_url::AccountUrl;

use crate::locales::Language;
use crate::{admin, panel};
use texts::{ConsoleTexts, texts};

/// A part of Bonex in which people sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// The panel of a store's people.
    Panel,
    /// The console of the platform's admins.
    Admin,
}

impl Console {
    /// Returns the address of a page that both consoles have.
    pub fn url(self, url: AccountUrl) -> String {
        match self {
            Self::Panel => panel_url(url).into(),
            Self::Admin => admin_url(url).into(),
        }
    }

    /// Returns the words that only this console has.
    pub(crate) const fn words(self, language: Language) -> &'static ConsoleTexts {
        let all = texts(language);
        match self {
            Self::Panel => &all.panel,
            Self::Admin => &all.admin,
        }
    }
}

const fn panel_url(url: AccountUrl) -> panel::urls::Url {
    use panel::urls::Url;
    match url {
        AccountUrl::Home => Url::Today,
        AccountUrl::SignIn => Url::SignIn,
        AccountUrl::SignInCode => Url::SignInCode,
        AccountUrl::AfterRecovery => Url::SecondStep,
        AccountUrl::Sessions => Url::Sessions,
        AccountUrl::EndOtherSessions => Url::EndOtherSessions,
        AccountUrl::EndSession(id) => Url::EndSession(id),
    }
}

const fn admin_url(url: AccountUrl) -> admin::urls::Url {
    use admin::urls::Url;
    match url {
        AccountUrl::Home => Url::Stores,
        AccountUrl::SignIn => Url::SignIn,
        AccountUrl::SignInCode => Url::SignInCode,
        AccountUrl::AfterRecovery => Url::SecondStep,
        AccountUrl::Sessions => Url::Sessions,
        AccountUrl::EndOtherSessions => Url::EndOtherSessions,
        AccountUrl::EndSession(id) => Url::EndSession(id),
    }
}
