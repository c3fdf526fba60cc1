//! Samples of the pages about clients, sales and the programme.

use domain::replay::Sums;
use domain::{BasisPoints, EntryKind, LotKind, Money, Programme, Quantity, Tier};

use super::samples::{Page, Samples};
use crate::forms::{FormState, Problem};
use crate::panel::client::{self, Client, OtherAct};
use crate::panel::client_feed::{Event, EventKind, Step, Why};
use crate::panel::client_forms::{AdjustField, BlockField};
use crate::panel::client_lots::{LotRow, RestOfLots};
use crate::panel::clients::{self, ClientRow, Clients, Expiring, Group};
use crate::panel::programme::{self, ProgrammePage};
use crate::panel::programme_changes::Change;
use crate::panel::programme_effect::Effect;
use crate::panel::programme_form::{ProgrammeField, form_of};
use crate::panel::programme_progress::{self, Progress};
use crate::panel::programme_read::read_possible;
use crate::panel::programme_versions::Version;
use crate::panel::sale::{self, Given, Left, Reward, Sale, SaleLine, SaleReturn, Taken};
use crate::panel::till_parts::TillName;

impl Samples {
    pub(super) fn ledger_pages(&self) -> Vec<Page> {
        let chrome = self.chrome();
        let mut old = self.programme();
        old.shown = Some(2);
        old.form = form_of(&old.saved, 2, self.language);
        vec![
            (
                "wrong-programme",
                programme::html(&chrome, &self.programme()),
            ),
            ("programme-version", programme::html(&chrome, &old)),
            (
                "programme-progress",
                programme_progress::html(
                    &chrome,
                    &Progress {
                        id: 3,
                        done: 1_200,
                        all: 40_000,
                    },
                ),
            ),
            ("clients", clients::html(&chrome, &self.clients())),
            ("clients-none", clients::html(&chrome, &self.no_clients())),
            ("wrong-client", client::html(&chrome, &self.client())),
            ("sale", sale::html(&chrome, &self.sale())),
        ]
    }

    fn programme(&self) -> ProgrammePage {
        let tier = |id, name: &str, from, percent| Tier {
            id,
            name: self.text(name),
            color: "#c9a227".to_owned(),
            from_spent: Money::from_somoni(from),
            bonus_percent: Some(BasisPoints::from_percent(percent)),
            max_redeem_percent: None,
        };
        let saved = Programme {
            welcome_bonus: Money::from_somoni(10),
            tiers: vec![tier(2, "Platinum", 20_000, 8), tier(1, "Gold", 5_000, 7)],
            ..Programme::default()
        };
        let mut form = form_of(&saved, 7, self.language)
            .with(ProgrammeField::BonusPercent, "6")
            .with(ProgrammeField::ExpiryDays, "1");
        form.wrong(ProgrammeField::ExpiryDays, Problem::HoldOutlivesBonuses);
        let version = |number| Version {
            number,
            at: Self::ago(number * 9_000),
            who: self.text("Фирӯз Каримов"),
            changes: vec![Change {
                name: self.text("Кэшбэк"),
                before: "5 %".to_owned(),
                after: "6 %".to_owned(),
            }],
        };
        let (proposed, wrong) = read_possible(&form, &saved, self.language);
        let sums = |cashback| Sums {
            sales: 50_914,
            sold: Money::from_somoni(7_113_000),
            recorded: Money::from_dirams(24_187_040),
            cashback: Money::from_dirams(cashback),
            ..Sums::default()
        };
        let effect = Effect {
            from: Self::now().plus_days(-90),
            until: Self::now(),
            before: sums(24_187_040),
            after: Sums {
                missed: Money::from_dirams(282_450),
                cut: Money::from_dirams(12_300),
                ..sums(28_149_590)
            },
        };
        ProgrammePage {
            now: Self::now(),
            proposed,
            wrong,
            effect: Some(effect),
            is_stopped: false,
            older: Some(3),
            saved,
            form,
            versions: self.numbers().take(20).map(version).collect(),
            shown: None,
            may_change: true,
            asks_password: true,
        }
    }

    fn clients(&self) -> Clients {
        let row = |id: i64| ClientRow {
            id,
            name: (id % 4 != 3).then(|| self.text("Фаррух Назаров")),
            phone: (id % 7 != 0).then(|| "+992900000502".to_owned()),
            tier: (id % 2 == 0).then(|| (self.text("Gold"), "#c9a227".to_owned())),
            available: Money::from_dirams(162_975),
            expiring: (id % 3 != 0)
                .then(|| (Money::from_dirams(18_420), Self::now().plus_days(id % 6))),
            purchases: 64,
            spent: Money::from_somoni(41_208),
            last_purchase: Some(Self::ago(id * 1_000)),
            is_blocked: id % 5 == 0,
        };
        Clients {
            now: Self::now(),
            search: String::new(),
            group: Group::Expiring,
            groups: vec![
                (Group::All, 4_812),
                (Group::Expiring, 214),
                (Group::Sleeping, 1_106),
                (Group::Tier(1), 702),
                (Group::Blocked, 9),
            ],
            tiers: vec![(1, self.text("Gold"))],
            expiring: Some(Expiring {
                amount: Money::from_dirams(301_840),
                until: Self::now().plus_days(7),
                clients: 214,
                reminder_days: 3,
            }),
            rows: self.numbers().map(row).collect(),
            next: Some("100".to_owned()),
            is_continued: false,
        }
    }

    fn no_clients(&self) -> Clients {
        Clients {
            search: self.text("900 00 55 01"),
            group: Group::All,
            rows: Vec::new(),
            expiring: None,
            next: None,
            ..self.clients()
        }
    }

    fn lot(id: i64) -> LotRow {
        let is_welcome = id == 1;
        LotRow {
            kind: if is_welcome {
                LotKind::Welcome
            } else {
                LotKind::Purchase
            },
            sale: (!is_welcome).then(|| (id, Money::from_dirams(125_050))),
            at: Self::ago(id * 90_000),
            amount: Money::from_dirams(6_103),
            spent: Money::from_dirams(if is_welcome { 6_103 } else { 4_200 }),
            cancelled: Money::from_dirams(if is_welcome { 0 } else { 1_221 }),
            expired: Money::ZERO,
            remaining: Money::from_dirams(if is_welcome { 0 } else { 682 }),
            available_at: Self::ago(-id * 300 + 1_000),
            expires_at: (id % 4 != 0).then(|| Self::now().plus_days(id * 9)),
        }
    }

    fn event(&self, id: i64) -> Event {
        let step = |kind, dirams, why| Step {
            kind,
            amount: Money::from_dirams(dirams),
            why: Some(why),
        };
        let is_return = id % 3 == 0;
        let steps = if is_return {
            let share = Why::Share(Money::from_somoni(1), Money::from_somoni(5));
            vec![
                step(EntryKind::Restore, 600, share.clone()),
                step(EntryKind::Revoke, -1_221, share),
            ]
        } else {
            let lots = vec![(
                Money::from_dirams(6_000),
                LotKind::Welcome,
                Self::ago(90_000),
            )];
            let base = Money::from_somoni(2_280);
            vec![
                step(
                    EntryKind::Redeem,
                    -6_000,
                    Why::Lots(lots, Money::from_dirams(1_000)),
                ),
                step(
                    EntryKind::Credit(LotKind::Purchase),
                    11_400,
                    Why::Percent(BasisPoints::from_percent(5), base),
                ),
            ]
        };
        Event {
            at: Self::ago(id * 9_000),
            kind: match id % 3 {
                0 if id % 2 == 0 => EventKind::Void(Money::from_somoni(250)),
                0 => EventKind::Return(Money::from_somoni(250)),
                1 => EventKind::Purchase(Money::from_somoni(2_340)),
                _ => EventKind::Manual,
            },
            sale: Some(id),
            other: (id % 5 == 0).then_some(id),
            is_pending: id == 1,
            place: Some(self.text("Рудаки 12, Касса 1")),
            who: (id % 3 == 2).then(|| self.text("Лола Назарова")),
            reason: (id % 3 == 2).then(|| self.text("Касса не работала")),
            before: Money::from_dirams(10_742),
            steps,
            after: Money::from_dirams(16_142),
        }
    }

    fn client(&self) -> Client {
        let mut adjust = FormState::new()
            .with(AdjustField::Direction, "debit")
            .with(AdjustField::Amount, self.text("25,00"))
            .with(AdjustField::Reason, self.text("Чек на 500,00"))
            .with(AdjustField::Once, self.text("r4nd0m"));
        adjust.wrong(
            AdjustField::Amount,
            Problem::AboveAmount(Money::from_somoni(100)),
        );
        // A page shows 20 lots and 20 events.
        let rows = || self.numbers().take(20);
        Client {
            now: Self::now(),
            id: 5,
            name: Some(self.text("Мадина Раҳимова")),
            phone: Some("+992900000501".to_owned()),
            card: Some((self.text("001-0004117"), "2001000411703".to_owned())),
            tier: Some((self.text("Gold"), "#c9a227".to_owned())),
            percent: BasisPoints::from_percent(7),
            balance: Money::from_dirams(21_867),
            available: Money::from_dirams(16_142),
            held: Some((Money::from_dirams(5_725), Self::now().plus_days(1))),
            welcome: Some((Money::from_somoni(10), Money::from_somoni(100))),
            first_to_expire: Some((Money::from_dirams(682), Self::now().plus_days(80))),
            debt: Money::from_dirams(150),
            lots: rows().map(Self::lot).collect(),
            rest_of_lots: (self.rows > 50).then_some(RestOfLots {
                count: 5,
                amount: Money::from_dirams(6_103),
                spent: Money::from_dirams(4_200),
                gone: Money::from_dirams(1_221),
                remaining: Money::from_dirams(682),
            }),
            purchases: 5,
            spent: Money::from_dirams(585_340),
            registered: Self::ago(160_000),
            last_purchase: Some((Self::ago(230), Some(self.text("Рудаки 12")))),
            feed: rows().map(|id| self.event(id)).collect(),
            next: Some("12".to_owned()),
            is_continued: false,
            frozen_until: Some(Self::now().plus_days(1)),
            merged_into: Some(7),
            blocked: None,
            adjust: Some(adjust),
            block: Some(FormState::new().with(BlockField::Reason, self.text("Чужая карта"))),
            acts: vec![OtherAct::Phone, OtherAct::Merge, OtherAct::Erase],
        }
    }

    pub(super) fn sale(&self) -> Sale {
        let line = |_| SaleLine {
            name: self.text("Рис «Девзира», 5 кг"),
            quantity: Quantity::from_thousandths(2_050),
            price: Money::from_somoni(122),
            total: Money::from_dirams(25_010),
        };
        Sale {
            now: Self::now(),
            at: Self::ago(135_000),
            external_id: Some(self.text("002641")),
            till: TillName {
                id: 101,
                name: self.text("Касса 1"),
                branch_id: 1,
                branch: self.text("Рудаки 12"),
            },
            cashier: Some(self.text("Зебо Раҳмонова")),
            client: (5, self.text("Мадина Раҳимова")),
            is_redemption: false,
            is_voided: false,
            total: Money::from_dirams(125_050),
            paid: Money::from_dirams(122_050),
            redeemed: Money::from_somoni(30),
            redemption: Some(7),
            balance: (Money::from_somoni(42), Money::from_dirams(7_303)),
            given: vec![Given {
                kind: LotKind::Purchase,
                amount: Money::from_dirams(6_103),
                remaining: Money::from_dirams(4_882),
                available_at: Self::ago(133_000),
                expires_at: Some(Self::now().plus_days(90)),
            }],
            taken: vec![Taken {
                kind: LotKind::Welcome,
                given_at: Self::ago(160_000),
                sale: Some(6),
                amount: Money::from_somoni(30),
            }],
            has_more_taken: true,
            accrued: Money::from_dirams(6_103),
            accrual: Some((BasisPoints::from_percent(5), Money::from_dirams(122_050))),
            rewards: vec![Reward {
                kind: LotKind::SecondPurchase,
                amount: Money::from_somoni(5),
            }],
            lines: self.numbers().map(line).collect(),
            returns: vec![SaleReturn {
                id: 7,
                at: Self::ago(130_000),
                amount: Money::from_dirams(25_010),
                restored: Money::from_somoni(6),
                revoked: Money::from_dirams(1_221),
                withheld: Money::from_somoni(1),
                paid_out: Money::from_dirams(24_310),
            }],
            left: Some(Left {
                total: Money::from_dirams(100_040),
                paid: Money::from_dirams(97_640),
                redeemed: Money::from_somoni(24),
                accrued: Money::from_dirams(4_882),
            }),
        }
    }
}
