//! Samples of the admin console's pages about stores.

use domain::sharing::Level;
use domain::{BasisPoints, Money, Template};

use crate::admin::question::{self, Act, ActField, Question, TillRef};
use crate::admin::store::{
    self, Branch, Invited, NewLink, Owner, OwnerField, Store, Suspension, Till,
};
use crate::admin::store_forms::{EditStore, NewStore, StoreField, edit_html, new_html};
use crate::admin::store_journal::Done;
use crate::admin::store_state::StoreState;
use crate::admin::stores::{Group, StoreRow, Stores, Totals};
use crate::forms::{FormState, Problem};
use crate::panel::till_parts::Grace;

use super::samples::{Page, Samples};

impl Samples {
    pub(super) fn store_pages(&self) -> Vec<Page> {
        let chrome = self.admin();
        let question = |act| question::html(&chrome, &self.question(act));
        vec![
            ("admin-store", store::html(&chrome, &self.store())),
            (
                "admin-new-store",
                store::html(
                    &chrome,
                    &Store {
                        suspended: None,
                        paid_tills: None,
                        owners: Vec::new(),
                        invited: Vec::new(),
                        branches: Vec::new(),
                        acts: Vec::new(),
                        form: FormState::new(),
                        ..self.store()
                    },
                ),
            ),
            (
                "wrong-admin-open-store",
                new_html(&chrome, &self.new_store()),
            ),
            (
                "wrong-admin-edit-store",
                edit_html(&chrome, &self.edit_store()),
            ),
            ("admin-suspend", question(Act::Suspend)),
            ("admin-resume", question(Act::Resume)),
            ("admin-unbind", question(Act::Unbind(self.till_ref()))),
            ("admin-new-key", question(Act::Rotate(self.till_ref()))),
            ("admin-till-off", question(Act::SwitchOff(self.till_ref()))),
            ("admin-till-on", question(Act::SwitchOn(self.till_ref()))),
        ]
    }

    pub(super) fn stores(&self) -> Stores {
        let store = |id| StoreRow {
            id,
            name: self.text("Фаровон"),
            places: vec![self.text("Душанбе"), self.text("Худжанд")],
            state: match id % 4 {
                0 => StoreState::Suspended,
                1 => StoreState::Silent(Self::ago(5 * 1_440)),
                2 => StoreState::NotConnected,
                _ => StoreState::Works,
            },
            level: match id {
                1 => Level::LooksShared,
                2 => Level::WorthALook,
                _ => Level::Nothing,
            },
            working_tills: id,
            paid_tills: (id != 2).then_some(id + 1),
            sold_today: Money::from_somoni(id * 1_000),
            last_sale: (id != 3).then(|| Self::ago(id * 90)),
        };
        Stores {
            now: Self::now(),
            search: self.text("Душанбе"),
            group: Group::All,
            groups: Group::ALL.map(|group| (group, 37)).to_vec(),
            totals: Totals {
                stores: 236,
                working_tills: 214,
                paid_tills: 236,
                is_all_limited: true,
                sold_today: Money::from_somoni(1_284_906),
            },
            rows: self.numbers().map(store).collect(),
            next: Some("1.100".to_owned()),
            is_continued: true,
        }
    }

    pub(super) fn no_stores(&self) -> Stores {
        Stores {
            rows: Vec::new(),
            ..self.stores()
        }
    }

    fn store(&self) -> Store {
        let till = |id| Till {
            id,
            name: self.text("Касса 2"),
            is_on: id != 2,
            is_bound: id != 3,
            has_foreign: id == 4,
            last_seen: (id != 3).then(|| Self::ago(id * 7)),
            sold_today: Money::from_somoni(id * 100),
        };
        let act = |id| Done {
            at: Self::ago(id * 700),
            who: self.text("Анвар Саидов"),
            act: "till_unbound".to_owned(),
            details: vec![self.text("Рудаки 12, Касса 2")],
            reason: Some(self.text("Сломался телефон")),
        };
        let owner = |id| Owner {
            id,
            name: self.text("Фирӯз Каримов"),
            login: self.text("firuz"),
            last_seen: (id != 1).then(|| Self::ago(90)),
        };
        let mut form = FormState::new();
        form.wrong(OwnerField::Name, Problem::Empty);
        Store {
            now: Self::now(),
            id: 12,
            name: self.text("Фаровон"),
            opened: Self::ago(90_000),
            suspended: Some(Suspension {
                since: Self::ago(3_000),
                by: Some(self.text("Анвар Саидов")),
                reason: Some(self.text("Не оплачен июнь")),
            }),
            paid_tills: Some(1),
            programme: (BasisPoints::from_percent(5), BasisPoints::from_percent(30)),
            owners: self.numbers().take(3).map(owner).collect(),
            invited: vec![Invited {
                id: 5,
                name: self.text("Зебо"),
                until: Self::ago(-3_000),
            }],
            link: Some(NewLink {
                name: self.text("Фирӯз"),
                url: "https://panel.example/panel/invitation/1.a1b2".to_owned(),
                until: Self::ago(-3_000),
            }),
            form,
            once: "a1b2".to_owned(),
            branches: vec![Branch {
                name: self.text("Рудаки 12"),
                address: self.text("Душанбе, проспект Рудаки 12"),
                tills: self.numbers().map(till).collect(),
            }],
            acts: self.numbers().take(20).map(act).collect(),
        }
    }

    fn new_store(&self) -> NewStore {
        let mut form = FormState::new()
            .with(StoreField::Name, self.text("Фаровон"))
            .with(StoreField::Template, Template::Five.as_str());
        form.wrong(StoreField::Paid, Problem::Empty);
        NewStore {
            form,
            once: "a1b2".to_owned(),
        }
    }

    fn edit_store(&self) -> EditStore {
        let mut form = FormState::new().with(StoreField::Name, self.text("Фаровон"));
        form.wrong(StoreField::Paid, Problem::NotANumber);
        EditStore {
            id: 12,
            name: self.text("Фаровон"),
            paid_tills: Some(10),
            form,
        }
    }

    fn till_ref(&self) -> TillRef {
        TillRef {
            id: 7,
            name: self.text("Касса 2"),
            branch: self.text("Рудаки 12"),
        }
    }

    fn question(&self, act: Act) -> Question {
        let mut form = FormState::new()
            .with(ActField::Reason, self.text("Не оплачен июнь"))
            .with(ActField::Grace, Grace::Day.as_str());
        form.wrong(ActField::Reason, Problem::Empty);
        Question {
            now: Self::now(),
            store_id: 12,
            store: self.text("Фаровон"),
            act,
            last: Some(Self::ago(3)),
            form,
            asks_password: true,
        }
    }
}
