//! Samples of the admin console's pages.

use crate::admin::chrome::Chrome;
use crate::admin::invitation::{self, Invitation};
use crate::admin::{connect_app, sessions, stores};
use crate::console::Console;
use crate::console::errors::{Failure, alone};
use crate::console::new_password::NewPasswordField;
use crate::console::notices::AccountDone;
use crate::console::sign_in::{self, SignIn};
use crate::forms::{FormState, Problem};

use super::samples::{Page, Samples};

impl Samples {
    pub(super) fn admin_pages(&self) -> Vec<Page> {
        let (chrome, language) = (self.admin(), self.language);
        let codes = vec!["7k3m-q0zx-9d2f".to_owned(); 8];
        vec![
            ("admin-sign-in", sign_in::html(&self.admin_sign_in())),
            (
                "wrong-admin-invitation",
                invitation::html(&self.admin_invitation()),
            ),
            (
                "admin-alone-connect-app",
                connect_app::html(language, &self.new_second_step()),
            ),
            (
                "admin-alone-recovery-codes",
                connect_app::codes_html(language, &codes),
            ),
            ("admin-stores", stores::html(&chrome, &self.stores())),
            ("admin-no-stores", stores::html(&chrome, &self.no_stores())),
            ("admin-sessions", sessions::html(&chrome, &self.sessions())),
            (
                "admin-alone-failed",
                alone(Console::Admin, language, Failure::Failed, Some("a1b2")),
            ),
        ]
    }

    pub(super) fn admin(&self) -> Chrome {
        Chrome {
            person: self.text("Анвар Саидов"),
            language: self.language,
            notices: vec![AccountDone::SessionEnded.notice(self.language)],
        }
    }

    fn admin_sign_in(&self) -> SignIn {
        SignIn {
            console: Console::Admin,
            language: self.language,
            form: FormState::new(),
            notice: None,
            next: None,
            kept: None,
        }
    }

    fn admin_invitation(&self) -> Invitation {
        let mut form = FormState::new()
            .with(NewPasswordField::Name, self.text("Анвар Саидов"))
            .with(NewPasswordField::Password, "secret-password");
        form.wrong(NewPasswordField::Login, Problem::Taken);
        Invitation {
            language: self.language,
            login: None,
            secret: "a1b2".to_owned(),
            until: Self::ago(-3_000),
            now: Self::now(),
            form,
        }
    }
}
