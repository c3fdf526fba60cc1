//! Samples of the pages about a person's own account.

use crate::console::Console;
use crate::console::connect_app::ConnectApp;
use crate::console::password::{self, Password, PasswordField, Waiting};
use crate::console::sessions::{Session, Sessions};
use crate::forms::{FormState, Problem};
use crate::panel::kept_form::{self, KeptForm};
use crate::panel::own_password::{self, OwnPasswordField};
use crate::panel::second_step::{self, SecondStep};
use crate::panel::second_step_new;
use crate::panel::sessions;
use crate::panel::settings::{self, Settings, SettingsField};

use super::samples::{Page, Samples};

impl Samples {
    pub(super) fn account_pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        vec![
            (
                "password-again",
                password::html(&self.password_again(Waiting::Form)),
            ),
            (
                "password-before-file",
                password::html(&self.password_again(Waiting::File)),
            ),
            ("sessions", sessions::html(&chrome, &self.sessions())),
            ("settings", settings::html(&chrome, &self.settings())),
            (
                "wrong-own-password",
                own_password::html(&chrome, &Self::own_password()),
            ),
            (
                "second-step",
                second_step::html(&chrome, &Self::second_step()),
            ),
            (
                "wrong-second-step-off",
                second_step::off_html(&chrome, &Self::wrong_password()),
            ),
            ("form-kept", kept_form::html(&chrome, &self.kept_form())),
            (
                "second-step-new",
                second_step_new::html(&chrome, &self.new_second_step()),
            ),
            (
                "recovery-codes",
                second_step_new::codes_html(&chrome, &vec!["7k3m-q0zx-9d2f".to_owned(); 8]),
            ),
        ]
    }

    pub(super) fn sessions(&self) -> Sessions {
        let session = |id| Session {
            id,
            is_current: id == 1,
            browser: Some(self.text("Chrome 137, Android")),
            address: Some(self.text("10.1.2.3")),
            created: Self::ago(id * 5_000),
            last_seen: Self::ago(id * 60),
        };
        Sessions {
            now: Self::now(),
            sessions: self.numbers().take(30).map(session).collect(),
        }
    }

    fn password_again(&self, waiting: Waiting) -> Password {
        Password {
            console: Console::Panel,
            language: self.language,
            name: self.text("Фирӯз Каримов"),
            form: FormState::new(),
            action: "/panel/people".to_owned(),
            hidden: vec![("name".to_owned(), self.text("Зебо Раҳимова"))],
            waiting,
            back: "/panel/people".to_owned(),
        }
    }

    fn kept_form(&self) -> KeptForm {
        KeptForm {
            action: "/panel/clients/5/adjust".to_owned(),
            pairs: vec![("reason".to_owned(), self.text("Подарок"))],
            back: "/panel/clients/5".to_owned(),
        }
    }

    pub(super) fn own_password() -> FormState<OwnPasswordField> {
        let mut form = FormState::new().with(OwnPasswordField::Old, "secret-password");
        form.wrong(OwnPasswordField::Old, Problem::Password);
        form
    }

    fn wrong_password() -> FormState<PasswordField> {
        let mut form = FormState::new().with(PasswordField::Password, "secret-password");
        form.wrong(PasswordField::Password, Problem::Password);
        form
    }

    fn second_step() -> SecondStep {
        SecondStep {
            now: Self::now(),
            on_since: Some(Self::ago(2_000)),
            recovery_codes: 7,
        }
    }

    pub(super) fn new_second_step(&self) -> ConnectApp {
        ConnectApp {
            login: self.text("firuz"),
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(),
            form: FormState::new(),
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            form: FormState::new()
                .with(SettingsField::Name, self.text("Фаровон"))
                .with(SettingsField::Person, self.text("Фирӯз Каримов"))
                .with(SettingsField::Language, self.language.tag()),
            may_rename: true,
        }
    }
}
