//! A shop whose days are thrown by dice.

use backend::jobs::{Sweep, expire_bonuses};
use backend::receipts::{RecordReceipt, VoidReceipt};
use backend::returns::ReturnGoods;
use backend::sales::RecordSale;
use backend::tills::AuthenticatedTill;
use domain::returns::ReturnRequest;
use domain::sales::{Accrue, CheckSums};
use domain::{BasisPoints, DocumentDate, Identifier, Money, Programme, Tier};
use testkit::Shop;

const HOUR: i64 = 3_600;

/// Numbers that look random and are the same on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = i64::try_from(self.0 >> 33).unwrap();
        bits % bound
    }

    pub(super) fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.below(i64::try_from(bound).unwrap())).unwrap()
    }

    fn one_in(&mut self, number: i64) -> bool {
        self.below(number) == 0
    }
}

/// A programme in which everything can happen: tiers, rewards, a short life of bonuses.
pub(super) fn programme() -> Programme {
    let tier = |id, name: &str, from| Tier {
        id,
        name: name.to_owned(),
        color: "#c9a227".to_owned(),
        from_spent: Money::from_somoni(from),
        bonus_percent: Some(BasisPoints::from_percent(5 + id)),
        max_redeem_percent: None,
    };
    Programme {
        redeem_hold_seconds: 12 * HOUR,
        bonus_expiry_days: 45,
        welcome_bonus: Money::from_somoni(20),
        second_purchase_days: 30,
        second_purchase_bonus: Money::from_somoni(5),
        reactivation_days: 20,
        reactivation_bonus: Money::from_somoni(3),
        tiers: vec![tier(2, "Золото", 3_000), tier(1, "Серебро", 800)],
        ..Programme::default()
    }
}

/// A shop with three tills in three branches, whose clients have come for months.
pub(super) struct Play<'s> {
    shop: &'s Shop,
    tills: Vec<AuthenticatedTill>,
    phones: Vec<String>,
    /// The external ids of sales with their clients, which may come back.
    sold: Vec<(String, usize)>,
    receipts: Vec<(String, usize)>,
    number: u32,
}

impl<'s> Play<'s> {
    pub(super) async fn new(shop: &'s Shop, clients: usize) -> Self {
        let mut tills = vec![shop.till.clone()];
        for name in ["Вторая", "Третья"] {
            let added = shop.add_till(name).await;
            let till = shop.till.clone();
            tills.push(AuthenticatedTill {
                id: added.id,
                ..till
            });
        }
        let phones = (1..=clients).map(|number| format!("9000000{number:02}"));
        Self {
            shop,
            tills,
            phones: phones.collect(),
            sold: Vec::new(),
            receipts: Vec::new(),
            number: 0,
        }
    }

    fn id(&mut self) -> String {
        self.number += 1;
        format!("doc-{}", self.number)
    }

    /// Plays `steps` documents; the clock goes on by up to three days between two of them.
    pub(super) async fn steps(&mut self, dice: &mut Dice, steps: usize) {
        for _ in 0..steps {
            let wait = match dice.below(4) {
                0 => dice.below(300),
                1 => dice.below(12) * HOUR,
                2 => 24 * HOUR + dice.below(2) - 1,
                _ => dice.below(3 * 24) * HOUR + dice.below(60),
            };
            self.shop.clock.advance(wait);
            if dice.one_in(6) {
                self.go_to_midnight(dice);
            }
            self.step(dice).await;
        }
    }

    /// Moves the clock to a local midnight, or to the second before or after it.
    fn go_to_midnight(&self, dice: &mut Dice) {
        let now = self.shop.backend.clock.now();
        let next = now.local_midnight().plus_days(1);
        let seconds = (next.micros() - now.micros()) / 1_000_000;
        self.shop
            .clock
            .advance((seconds + dice.below(3) - 1).max(0));
    }

    async fn step(&mut self, dice: &mut Dice) {
        match dice.below(12) {
            0 | 7 => self.receive(dice).await,
            1 => self.void(dice).await,
            2 | 3 => self.bring_back(dice).await,
            4 => self.bring_back_without_sale(dice).await,
            5 => self.redeem(dice).await,
            6 if dice.one_in(3) => {
                let store = [self.shop.till.tenant_id];
                let swept = expire_bonuses(&self.shop.backend, None, Sweep::ButFor(&store)).await;
                swept.unwrap();
            }
            _ => self.sell(dice).await,
        }
    }

    /// Returns the date of a till: none, the present, or one of a queue that was offline.
    fn date(&self, dice: &mut Dice) -> Option<DocumentDate> {
        let now = self.shop.backend.clock.now();
        let back = match dice.below(5) {
            0 => return None,
            1 => dice.below(90) * HOUR,
            2 => -dice.below(48) * HOUR,
            _ => 0,
        };
        Some(DocumentDate {
            at: now.plus_seconds(-back),
            has_offset: !dice.one_in(3),
        })
    }

    fn total(dice: &mut Dice) -> Money {
        match dice.below(4) {
            0 => Money::from_somoni(100 * (1 + dice.below(5))),
            _ => Money::from_dirams(1_000 + dice.below(60_000)),
        }
    }

    async fn client(&self, dice: &mut Dice) -> usize {
        let client =
            usize::try_from(dice.below(i64::try_from(self.phones.len()).unwrap())).unwrap();
        self.shop.register(&self.phones[client]).await;
        client
    }

    fn till(&self, dice: &mut Dice) -> &AuthenticatedTill {
        &self.tills[usize::try_from(dice.below(3)).unwrap()]
    }

    async fn sell(&mut self, dice: &mut Dice) {
        let client = self.client(dice).await;
        let total = Self::total(dice);
        let redeem = if dice.one_in(3) {
            let view = self.shop.client(&self.phones[client]).await;
            let terms = self.shop.till.programme.terms(view.total_spent);
            view.figures.max_redeem(total, &terms)
        } else {
            Money::ZERO
        };
        let (id, sums) = (
            self.id(),
            CheckSums {
                total,
                redeem,
                ..CheckSums::default()
            },
        );
        self.record(dice, client, sums, &id, Accrue::Yes).await;
        self.sold.push((id, client));
    }

    /// Redeems bonuses alone; sometimes the sale of the same check follows.
    async fn redeem(&mut self, dice: &mut Dice) {
        let client = self.client(dice).await;
        let total = Self::total(dice);
        let view = self.shop.client(&self.phones[client]).await;
        let terms = self.shop.till.programme.terms(view.total_spent);
        let redeem = view.figures.max_redeem(total, &terms);
        if redeem.is_zero() {
            return;
        }
        let (id, sums) = (
            self.id(),
            CheckSums {
                total,
                redeem,
                ..CheckSums::default()
            },
        );
        let till = dice.below(3);
        let mut same_till = Dice(dice.0);
        self.record_at(dice, till, client, sums, &id, Accrue::No)
            .await;
        if dice.one_in(2) {
            self.record_at(&mut same_till, till, client, sums, &id, Accrue::Yes)
                .await;
            self.sold.push((id, client));
        }
    }

    async fn record(
        &self,
        dice: &mut Dice,
        client: usize,
        sums: CheckSums,
        id: &str,
        accrue: Accrue,
    ) {
        let till = dice.below(3);
        self.record_at(dice, till, client, sums, id, accrue).await;
    }

    async fn record_at(
        &self,
        dice: &mut Dice,
        till: i64,
        client: usize,
        sums: CheckSums,
        id: &str,
        accrue: Accrue,
    ) {
        let cashier = dice.below(4);
        let sale = RecordSale {
            till: &self.tills[usize::try_from(till).unwrap()],
            accrue,
            cashier_id: (cashier > 1).then(|| format!("К-{cashier}")),
            sale_date: self.date(dice),
            ..self.shop.sale(&self.phones[client], sums, Some(id))
        };
        self.shop.backend.run(&sale).await.unwrap();
    }

    async fn receive(&mut self, dice: &mut Dice) {
        let till = usize::try_from(dice.below(3)).unwrap();
        let id = self.id();
        let receipt = RecordReceipt {
            till: &self.tills[till],
            total_amount: Self::total(dice),
            external_receipt_id: Some(id.clone()),
            cashier_node_id: None,
            receipt_date: self.date(dice),
        };
        self.shop.backend.run(&receipt).await.unwrap();
        self.receipts.push((id, till));
    }

    /// Voids a receipt: the last one, or one of which most are too old to be voided.
    async fn void(&mut self, dice: &mut Dice) {
        self.receive(dice).await;
        let last = self.receipts.len().min(4);
        let back = dice.index(last);
        let (id, till) = self.receipts.remove(self.receipts.len() - 1 - back);
        let void = VoidReceipt {
            till: &self.tills[till],
            external_receipt_id: id,
        };
        let voided = self.shop.backend.run(&void).await;
        assert!(back > 0 || voided.is_ok(), "{voided:?}");
    }

    async fn bring_back(&mut self, dice: &mut Dice) {
        let Ok(count @ 1..) = i64::try_from(self.sold.len()) else {
            return;
        };
        let (sale, client) = self.sold[usize::try_from(dice.below(count)).unwrap()].clone();
        let part = dice
            .one_in(2)
            .then(|| Money::from_dirams(1 + dice.below(3_000)));
        let request = ReturnRequest {
            return_amount: part,
            shortage_settled: dice.one_in(2),
            ..ReturnRequest::default()
        };
        // A sale that has come back wholly, or a part that is too large, is refused.
        drop(
            self.shop
                .bring_back(&self.phones[client], &sale, request)
                .await,
        );
    }

    async fn bring_back_without_sale(&mut self, dice: &mut Dice) {
        let client = self.client(dice).await;
        let goods = ReturnGoods {
            till: self.till(dice),
            client: Identifier::parse(&self.phones[client]).unwrap(),
            original_external_sale_id: None,
            external_return_id: None,
            request: ReturnRequest {
                return_amount: Some(Self::total(dice)),
                to_revoke: Some(Money::from_dirams(dice.below(500))),
                ..ReturnRequest::default()
            },
        };
        // More than the client has spent is refused.
        drop(self.shop.backend.run(&goods).await);
    }
}
