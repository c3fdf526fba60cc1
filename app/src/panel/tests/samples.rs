//! Samples of the pages about people, tills and the day.

use domain::{Money, Timestamp};

use crate::console::Console;
use crate::console::errors::{Failure, alone};
use crate::console::new_password::NewPasswordField;
use crate::console::sign_in::{self, SignIn, SignInField};
use crate::console::sign_in_code::{self, CodeField, SignInCode};
use crate::forms::{FormState, Problem};
use crate::locales::Language;
use crate::panel::acts::Act;
use crate::panel::branch_form;
use crate::panel::cashier_steps::{self, CashierSteps};
use crate::panel::chrome::{Chrome, Section};
use crate::panel::confirm::{self, Confirm, PasswordField, Question};
use crate::panel::errors;
use crate::panel::integrations;
use crate::panel::journal::{self, Journal, JournalEntry, WhoseRole};
use crate::panel::modules;
use crate::panel::new_password::{self, NewPassword, Purpose};
use crate::panel::notices::Done;
use crate::panel::pairing;
use crate::panel::people::{self, Invitation, NewLink, People, Person};
use crate::panel::till;
use crate::panel::till_form;
use crate::panel::till_parts::{Grace, TillName};
use crate::panel::tills;
use crate::panel::today::{self, BranchDay, Compared, Hour, Look, Today};
use crate::panel::urls::Url;
use domain::Role;

/// Makes the samples.
pub(super) struct Samples {
    pub(super) language: Language,
    /// The text in place of all texts of users.
    pub(super) hostile: Option<&'static str>,
    /// The number of rows of each list.
    pub(super) rows: usize,
}

pub(super) type Page = (&'static str, String);

impl Samples {
    pub(super) fn text(&self, text: &str) -> String {
        self.hostile.unwrap_or(text).to_owned()
    }

    pub(super) fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-06-05T16:40:00+05:00").unwrap()
    }

    pub(super) fn ago(minutes: i64) -> Timestamp {
        Self::now().plus_seconds(-60 * minutes)
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = i64> + use<> {
        (1..).take(self.rows)
    }

    pub(super) fn chrome(&self) -> Chrome {
        Chrome {
            store: self.text("Фаровон"),
            person: self.text("Фирӯз Каримов"),
            role: Role::Owner,
            language: self.language,
            notices: Vec::new(),
            sections: Section::ALL.to_vec(),
        }
    }

    pub(super) fn till_name(&self) -> TillName {
        TillName {
            id: 103,
            name: self.text("Касса 3"),
            branch_id: 1,
            branch: self.text("Рудаки 12"),
        }
    }

    pub(super) fn pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        let mut noticed = chrome.clone();
        noticed.notices = vec![Done::TillSaved.notice(self.language)];
        vec![
            ("sign-in", sign_in::html(&self.sign_in(false))),
            ("wrong-sign-in", sign_in::html(&self.sign_in(true))),
            (
                "sign-in-code",
                sign_in_code::html(&self.code(CodeField::Code)),
            ),
            (
                "sign-in-recovery",
                sign_in_code::html(&self.code(CodeField::Recovery)),
            ),
            (
                "join",
                new_password::html(&self.new_password(Purpose::Join(Role::Manager))),
            ),
            (
                "wrong-reset",
                new_password::html(&self.new_password(Purpose::Reset(self.text("firuz")))),
            ),
            ("today", today::html(&noticed, &self.today())),
            ("tills", tills::html(&chrome, &self.tills())),
            ("branch", branch_form::html(&chrome, &self.branch_form())),
            (
                "wrong-till-form",
                till_form::html(&chrome, &self.till_form()),
            ),
            ("till", till::html(&chrome, &self.till())),
            ("pairing", pairing::html(&chrome, &self.pairing_page())),
            (
                "integrations",
                integrations::html(&chrome, &self.integrations()),
            ),
            ("module", modules::html(&chrome, &self.module_page())),
            ("module-off", modules::html(&chrome, &self.no_module_page())),
            (
                "steps",
                cashier_steps::html(
                    &chrome,
                    &CashierSteps {
                        is_frontol: self.rows > 3,
                        language: self.language,
                    },
                ),
            ),
            (
                "confirm",
                confirm::html(&chrome, &Self::confirm(self.stop_old_key())),
            ),
            (
                "wrong-rotate",
                confirm::html(&chrome, &self.wrong_confirm()),
            ),
            (
                "confirm-unbind",
                confirm::html(&chrome, &Self::confirm(self.unbind())),
            ),
            (
                "confirm-off",
                confirm::html(&chrome, &Self::confirm(self.switch_off())),
            ),
            (
                "confirm-remove",
                confirm::html(&chrome, &Self::confirm(self.remove())),
            ),
            ("people", people::html(&chrome, &self.people())),
            ("journal", journal::html(&chrome, &self.journal())),
            (
                "forbidden",
                errors::html(&chrome, Failure::Forbidden, Some("a1b2")),
            ),
            (
                "alone-failed",
                alone(Console::Panel, self.language, Failure::Failed, Some("a1b2")),
            ),
        ]
    }

    fn sign_in(&self, is_wrong: bool) -> SignIn {
        let mut form = FormState::new()
            .with(SignInField::Login, self.text("firuz"))
            .with(SignInField::Password, "secret-password");
        if is_wrong {
            form.refused(Problem::SignIn);
            form.wrong(SignInField::Login, Problem::Empty);
        }
        SignIn {
            console: Console::Panel,
            language: self.language,
            form,
            notice: is_wrong.then(|| sign_in::ended(self.language, true)),
            next: Some("/panel/tills".to_owned()),
            kept: is_wrong.then(|| "00ff".to_owned()),
        }
    }

    fn code(&self, field: CodeField) -> SignInCode {
        let mut form = FormState::new();
        form.wrong(field, Problem::Code);
        SignInCode {
            console: Console::Panel,
            language: self.language,
            form,
            field,
            next: Some("/panel/tills".to_owned()),
            kept: (field == CodeField::Recovery).then(|| "00ff".to_owned()),
        }
    }

    fn new_password(&self, purpose: Purpose) -> NewPassword {
        let mut form = FormState::new()
            .with(NewPasswordField::Name, self.text("Зебо"))
            .with(NewPasswordField::Password, "secret-password");
        form.wrong(NewPasswordField::Repeat, Problem::Mismatch);
        NewPassword {
            language: self.language,
            secret: self.text("abc"),
            store: self.text("Фаровон"),
            purpose,
            until: Self::now().plus_days(7),
            now: Self::now(),
            form,
        }
    }

    fn today(&self) -> Today {
        fn compared<T>(now: T, before: T) -> Compared<T> {
            Compared { now, before }
        }
        let somoni = Money::from_somoni;
        let hours = [
            (268, 241),
            (431, 398),
            (560, 512),
            (625, 590),
            (691, 638),
            (599, 561),
            (521, 487),
            (570, 521),
            (565, 794),
        ];
        let coming = [931, 987, 864, 612, 324];
        let past = (8..).zip(hours).map(|(hour, (now, before))| Hour {
            hour,
            now: Some(somoni(now * 10)),
            before: somoni(before * 10),
            is_going: hour == 16,
        });
        let coming = (17..).zip(coming).map(|(hour, before)| Hour {
            hour,
            now: None,
            before: somoni(before * 10),
            is_going: false,
        });
        let till = self.till_name();
        Today {
            now: Self::now(),
            day: Self::now(),
            sales: compared(Money::from_dirams(4_831_240), Money::from_dirams(4_487_010)),
            checks: compared(612, 571),
            with_client: compared(371, 331),
            returned: compared(somoni(318), somoni(120)),
            returns: 4,
            accrued: compared(Money::from_dirams(160_235), Money::from_dirams(150_000)),
            redeemed: compared(Money::from_dirams(98_640), Money::ZERO),
            repeat: (413, 1000),
            hours: past.chain(coming).collect(),
            looks: vec![
                Look::ForeignDevice {
                    till: till.clone(),
                    refusals: 14,
                },
                Look::Silent {
                    till: till.clone(),
                    since: Self::ago(198),
                },
                Look::Undelivered(12),
                Look::NeverUsed(till),
                Look::NoTill,
            ],
            branches: self
                .numbers()
                .take(30)
                .map(|id| BranchDay {
                    id,
                    name: self.text("Рудаки 12"),
                    sales: compared(somoni(22_738), somoni(20_918)),
                    checks: 286,
                    with_client: 193,
                    accrued: somoni(812),
                    redeemed: somoni(498),
                })
                .collect(),
        }
    }

    fn stop_old_key(&self) -> Question {
        Question::StopOldKey {
            till: self.till_name(),
            last_used: Some(Self::ago(3)),
            until: Self::now().plus_days(1),
        }
    }

    fn unbind(&self) -> Question {
        Question::Unbind {
            till: self.till_name(),
            last_used: None,
        }
    }

    fn switch_off(&self) -> Question {
        Question::SwitchOff {
            till: self.till_name(),
            last_used: Some(Self::ago(500)),
        }
    }

    fn remove(&self) -> Question {
        Question::RemovePerson {
            id: 4,
            name: self.text("Лола Назарова"),
            last_seen: Some(Self::ago(5000)),
        }
    }

    fn confirm(question: Question) -> Confirm {
        Confirm {
            now: Self::now(),
            question,
            password: Some(FormState::new()),
        }
    }

    fn wrong_confirm(&self) -> Confirm {
        let mut form = FormState::new().with(PasswordField::Password, "secret-password");
        form.wrong(PasswordField::Password, Problem::Password);
        Confirm {
            password: Some(form),
            ..Self::confirm(Question::RotateKey {
                till: self.till_name(),
                grace: Grace::Day,
                last_used: Some(Self::ago(3)),
            })
        }
    }

    fn people(&self) -> People {
        let person = |id| Person {
            id,
            name: self.text("Лола Назарова"),
            login: self.text("lola"),
            role: Role::Manager,
            last_seen: Some(Self::ago(id * 100)),
            is_self: id == 1,
        };
        People {
            now: Self::now(),
            people: self.numbers().take(20).map(person).collect(),
            invitations: vec![Invitation {
                id: 1,
                name: self.text("Саодат Мирзоева"),
                role: Role::Accountant,
                until: Self::now().plus_days(6),
            }],
            link: Some(NewLink {
                name: self.text("Саодат Мирзоева"),
                url: format!("https://bonex.one{}", Url::Invitation(self.text("k3"))),
                until: Self::now().plus_days(7),
            }),
            form: FormState::new(),
            may_change: true,
            once: "00ff".to_owned(),
        }
    }

    fn journal(&self) -> Journal {
        let entries = self.numbers().zip(Act::ALL.iter().copied().cycle());
        let entries = entries.map(|(number, act)| JournalEntry {
            at: Self::ago(number * 300),
            who: self.text("Лола Назарова"),
            role: match number % 3 {
                0 => WhoseRole::Staff,
                1 => WhoseRole::Store(Role::Owner),
                _ => WhoseRole::System,
            },
            act,
            object: Some((self.text("Касса 2"), Some(Url::Till(105)))),
            before: (number % 2 == 0).then(|| self.text("141,13")),
            after: Some(self.text("166,13")),
            reason: (number % 2 == 1).then(|| self.text("Касса не работала")),
        });
        Journal {
            now: Self::now(),
            entries: entries.collect(),
            filter: FormState::new(),
            people: vec![(1, self.text("Фирӯз Каримов"))],
            next: Some(self.text("17")),
            is_continued: true,
            is_too_long: true,
        }
    }
}
