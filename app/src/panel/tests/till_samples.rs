//! Samples of the pages about tills.

use domain::{Money, TillModule};

use super::samples::Samples;
use crate::forms::{FormState, Problem};
use crate::panel::branch_form::{BranchField, BranchForm};
use crate::panel::integrations::{Integrations, OldStoreKey, Picked};
use crate::panel::modules::{Bar, Given, ModulePage, Modules, PasswordField};
use crate::panel::pairing::{Pairing, PairingPage};
use crate::panel::till::{Key, LastRefusal, LastSale, Till};
use crate::panel::till_form::{TillField, TillForm};
use crate::panel::till_parts::{OldKey, TillState};
use crate::panel::till_requests::Request;
use crate::panel::tills::{Branch, TillRow, Tills};

impl Samples {
    pub(super) fn tills(&self) -> Tills {
        let states = [
            TillState::Online,
            TillState::ForeignDevice,
            TillState::Silent,
            TillState::NeverUsed,
            TillState::Off,
        ];
        let tills = self.numbers().zip(states.into_iter().cycle());
        let tills = tills.map(|(id, state)| TillRow {
            id: 100 + id,
            name: self.text("Касса 1"),
            program: Some(self.text("1С:Розница")),
            state,
            last_seen: Some(Self::ago(id)),
            foreign_refusals: 14,
            checks: if state == TillState::Off { 0 } else { 117 },
            sales: Money::from_somoni(9_386),
        });
        let branch = Branch {
            id: 1,
            name: self.text("Рудаки 12"),
            address: Some(self.text("Душанбе, просп. Рудаки 12")),
            tills: tills.collect(),
        };
        Tills {
            now: Self::now(),
            branches: vec![branch],
            paid: Some(10),
            may_change: true,
        }
    }

    pub(super) fn branch_form(&self) -> BranchForm {
        BranchForm {
            branch: Some((1, self.text("Рудаки 12"))),
            form: FormState::new().with(BranchField::Name, self.text("Рудаки 12")),
        }
    }

    pub(super) fn till_form(&self) -> TillForm {
        let mut form = FormState::new()
            .with(TillField::Name, self.text("Касса 3"))
            .with(TillField::Branch, "2");
        form.wrong(TillField::Name, Problem::Taken);
        form.refused(Problem::NoPaidTill);
        TillForm {
            till: Some((103, self.text("Касса 3"))),
            branches: vec![(1, self.text("Рудаки 12")), (2, self.text("Фирдавсӣ 41"))],
            form,
        }
    }

    fn pairing(&self) -> Pairing {
        Pairing {
            link: "https://cash.bonex.one/cash#pair=7K4M92QXTB6D".to_owned(),
            signs: "7K4M92QXTB6D".to_owned(),
            address: self.text("cash.bonex.one"),
            until: Self::ago(-10),
        }
    }

    pub(super) fn pairing_page(&self) -> PairingPage {
        PairingPage {
            till: self.till_name(),
            pairing: self.pairing(),
            now: Self::now(),
            bound_at: Some(Self::ago(34_000)),
        }
    }

    pub(super) fn integrations(&self) -> Integrations {
        let key = Key::Masked {
            first: "9f3c".to_owned(),
            last: "a71e".to_owned(),
        };
        let users = self
            .numbers()
            .map(|id| (id, self.text("Касса 1"), Self::ago(id)));
        Integrations {
            now: Self::now(),
            tills: vec![self.till_name(); self.rows],
            picked: Some(Picked {
                till: self.till_name(),
                key: key.clone(),
                created_at: Self::ago(50_000),
                seen_at: Some(Self::ago(1)),
                program: Some(self.text("Bonex 0.1.0, Frontol 6.28.1")),
                looked_up_at: Some(Self::ago(40_000)),
                sold: Some((Self::ago(39_000), Money::from_somoni(84))),
                returned_at: None,
            }),
            api_url: "https://api.bonex.one/api/v1".to_owned(),
            cash_url: "https://cash.bonex.one/cash".to_owned(),
            cash_typed: "cash.bonex.one/cash".to_owned(),
            store_key: key,
            old_store_key: (self.rows > 3).then(|| OldStoreKey {
                until: Self::now().plus_days(30),
                users: users.collect(),
            }),
            synced_at: None,
            modules: Modules {
                sizes: [214_000, 231_000, 226_000, 38_000],
                given: Some(Given {
                    module: TillModule::Frontol,
                    at: Self::ago(2_000),
                    till_key_is_old: self.rows > 3,
                    store_key_is_old: self.rows > 50,
                }),
                bar: (self.rows == 3).then_some(Bar::TillKey),
            },
            newest_module: "0.2.0",
        }
    }

    pub(super) fn module_page(&self) -> ModulePage {
        let mut form = FormState::new();
        form.wrong(PasswordField::Password, Problem::Password);
        ModulePage {
            till: self.till_name(),
            module: TillModule::Unf,
            bar: None,
            password: Some(form),
        }
    }

    pub(super) fn no_module_page(&self) -> ModulePage {
        ModulePage {
            module: TillModule::Frontol,
            bar: Some(Bar::TillOff),
            password: None,
            ..self.module_page()
        }
    }

    pub(super) fn till(&self) -> Till {
        let answers = [
            ("POST", "/cashier/sale", 201, None),
            ("GET", "/cashier/client", 404, Some("client_not_found")),
            ("POST", "/cashier/return", 422, Some("over_return")),
            ("GET", "/cashier/unknown", 403, Some("device_mismatch")),
        ];
        let requests = self.numbers().zip(answers.into_iter().cycle());
        let requests = requests.map(|(minutes, (method, path, status, code))| Request {
            at: Self::ago(minutes),
            method: method.to_owned(),
            path: path.to_owned(),
            status,
            code: code.map(str::to_owned),
            millis: 38,
            program: (path == "/cashier/sale").then(|| self.text("Chrome 137, Android 13")),
        });
        Till {
            now: Self::now(),
            name: self.till_name(),
            address: Some(self.text("просп. Рудаки 12")),
            state: TillState::Online,
            last_seen: Some(Self::ago(1)),
            last_sale: Some(LastSale {
                id: Some(7),
                total: Money::from_dirams(21_450),
                at: Self::ago(1),
            }),
            last_refusal: Some(LastRefusal {
                code: "client_not_found".to_owned(),
                at: Self::ago(10),
            }),
            clock_fast_seconds: Some(2),
            program: Some(self.text("Bonex 0.1.0, 1C UNF 3.0.8.73, 8.3.24.1446")),
            newest_module: "0.2.0",
            bound_at: (self.rows < 100).then(|| Self::ago(34_000)),
            old_bound_at: (self.rows > 3).then(|| Self::ago(34_000)),
            key: Key::Masked {
                first: "9f3c".to_owned(),
                last: "a71e".to_owned(),
            },
            old_key: (self.rows > 3).then(|| OldKey {
                until: Self::now().plus_days(1),
                last_used: Some(Self::ago(3)),
            }),
            requests: Some(requests.collect()),
            may_change: true,
            may_see_keys: true,
            may_pair: true,
        }
    }
}
