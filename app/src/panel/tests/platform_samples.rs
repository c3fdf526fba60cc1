//! Samples of the admin console's pages about the platform itself.

use crate::admin::account::{self, AccountField};
use crate::admin::admin_remove::{self, RemoveAdmin, RemoveField};
use crate::admin::admins::{self, AdminRow, Admins, InviteField, NewLink, Waiting};
use crate::admin::health::{self, DaySize, Health, Job, Outcome, Run, StoreFaults};
use crate::admin::invitation::{self, Invitation};
use crate::admin::journal::{self, Journal, JournalEntry, JournalField};
use crate::admin::platform_notices::PlatformDone;
use crate::admin::second_step::{self, SecondStep};
use crate::console::new_password::NewPasswordField;
use crate::forms::{FormState, Problem};

use super::samples::{Page, Samples};

impl Samples {
    pub(super) fn platform_pages(&self) -> Vec<Page> {
        let mut chrome = self.admin();
        let done = PlatformDone::ALL.iter();
        chrome.notices = done.map(|done| done.notice(self.language)).collect();
        let chrome = &chrome;
        let wrong = FormState::new().with(AccountField::Name, self.text("Анвар"));
        let mut wrong = wrong.with(AccountField::Language, "ru");
        wrong.wrong(AccountField::Name, Problem::TooLong(100));
        let codes = vec!["7k3m-q0zx-9d2f".to_owned(); 8];
        vec![
            (
                "admin-journal",
                journal::html(chrome, &self.platform_journal()),
            ),
            ("admin-admins", admins::html(chrome, &self.admins(false))),
            (
                "wrong-admin-admins",
                admins::html(chrome, &self.admins(true)),
            ),
            (
                "wrong-admin-remove",
                admin_remove::html(chrome, &self.remove_admin()),
            ),
            (
                "wrong-admin-account",
                account::html(chrome, &self.text("anvar"), &wrong),
            ),
            (
                "wrong-admin-own-password",
                account::password_html(chrome, &Self::own_password()),
            ),
            (
                "admin-second-step",
                second_step::html(chrome, &self.admin_step()),
            ),
            (
                "admin-another-app",
                second_step::another_html(chrome, &self.new_second_step()),
            ),
            (
                "admin-recovery-codes",
                second_step::codes_html(chrome, &codes),
            ),
            (
                "admin-new-password",
                invitation::html(&self.admin_password_link()),
            ),
            ("admin-health", health::html(chrome, &self.health())),
        ]
    }

    fn platform_journal(&self) -> Journal {
        let acts = ["person_removed", "signed_in", "of_a_newer_version"];
        let entry = |id: i64| JournalEntry {
            at: Self::ago(id * 400),
            who: self.text("Анвар Саидов"),
            address: (id % 3 != 0).then(|| self.text("10.1.2.3")),
            act: acts[usize::try_from(id).unwrap() % 3].to_owned(),
            object: Some((self.text("Зебо Раҳимова"), Some("/admin/admins".to_owned()))),
            before: Some(self.text("Зебо")),
            after: Some(self.text("Зебо Раҳимова")),
            reason: (id % 2 == 0).then(|| self.text("Больше не работает у нас")),
        };
        Journal {
            now: Self::now(),
            entries: self.numbers().take(50).map(entry).collect(),
            filter: FormState::new().with(JournalField::Days, "30"),
            admins: vec![
                (1, self.text("Анвар Саидов"), false),
                (2, self.text("Зебо"), true),
            ],
            next: Some("1.2".to_owned()),
            is_continued: true,
            is_too_long: true,
        }
    }

    fn admins(&self, is_wrong: bool) -> Admins {
        let mut form = FormState::new().with(InviteField::Name, self.text("Зебо"));
        if is_wrong {
            form.wrong(InviteField::Name, Problem::TooLong(100));
        }
        let admin = |id| AdminRow {
            id,
            name: self.text("Анвар Саидов"),
            login: self.text("anvar"),
            last_seen: (id != 2).then(|| Self::ago(id * 60)),
            has_app: id != 3,
            recovery_codes: 8 - id % 8,
            is_self: id == 1,
        };
        let waiting = |id| Waiting {
            id,
            name: self.text("Зебо Раҳимова"),
            invited_by: (id != 1).then(|| self.text("Анвар Саидов")),
            until: Self::ago(-3_000),
        };
        Admins {
            now: Self::now(),
            admins: self.numbers().take(30).map(admin).collect(),
            waiting: self.numbers().take(10).map(waiting).collect(),
            link: Some(NewLink {
                name: self.text("Зебо Раҳимова"),
                url: "https://admin.bonex.tj/admin/invitation/a1b2c3d4".to_owned(),
                until: Self::ago(-3_000),
                is_password: !is_wrong,
            }),
            form,
            once: "f00d".to_owned(),
        }
    }

    fn remove_admin(&self) -> RemoveAdmin {
        let mut form = FormState::new()
            .with(RemoveField::Reason, self.text("Больше не работает у нас"))
            .with(RemoveField::Password, "secret-password");
        form.wrong(RemoveField::Reason, Problem::TooLong(200));
        RemoveAdmin {
            now: Self::now(),
            id: 2,
            name: self.text("Зебо Раҳимова"),
            last_seen: Some(Self::ago(3)),
            form,
            asks_password: true,
        }
    }

    fn admin_step(&self) -> SecondStep {
        SecondStep {
            now: Self::now(),
            login: self.text("anvar"),
            on_since: Some(Self::ago(50_000)),
            recovery_codes: 2,
        }
    }

    fn admin_password_link(&self) -> Invitation {
        Invitation {
            language: self.language,
            login: Some(self.text("anvar")),
            secret: "a1b2".to_owned(),
            until: Self::ago(-3_000),
            now: Self::now(),
            form: FormState::new().with(NewPasswordField::Password, "secret-password"),
        }
    }

    fn health(&self) -> Health {
        let run = |outcome, minutes| Run {
            began: Self::ago(minutes + 4),
            ended: Some(Self::ago(minutes)),
            outcome,
            clients: 12_345,
            entries: 678_901,
            dirams: 1_234_567,
            written: 42,
            faults: 3,
            stores: vec![
                StoreFaults {
                    store: 7,
                    name: self.text("Фаровон"),
                    faults: 3,
                    first: vec![self.text("store 7, client 5: stored balance 1, replayed 2")],
                    put_off_dirams: Some(12_345),
                };
                self.rows.min(3)
            ],
            error: Some(self.text("storage: disk full")),
        };
        let nights = 1..=10;
        let good: Vec<Run> = nights
            .map(|night| run(Outcome::Good, night * 1_440 - 1_000))
            .collect();
        let mut ledger = good.clone();
        ledger[0] = run(Outcome::Faults, 440);
        let mut expiry = good.clone();
        expiry[0] = run(Outcome::Failed, 440);
        let day = |days: i64| DaySize {
            day: Self::now().local_midnight().plus_days(-days),
            bytes: 1_200_000_000 - days * 3_000_000,
        };
        Health {
            now: Self::now(),
            jobs: vec![
                (Job::VerifyLedger, ledger),
                (Job::ExpireBonuses, expiry),
                (Job::Reminders, good),
            ],
            waiting: Some(312),
            most_waiting: 1_000,
            oldest: Some(Self::ago(90)),
            engine: self.text("SQLite 3.50.4"),
            bytes: 1_200_345_678,
            free_bytes: Some(3_400_000_000),
            sizes: (0..366).map(day).collect(),
            version: self.text("0.1.0"),
            schema: 21,
            known_schema: 21,
            server_began: Self::ago(9_000),
            requests: 14_036,
            failed: 3,
            dropped_lines: 12,
        }
    }
}
