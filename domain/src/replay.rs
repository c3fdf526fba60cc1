//! The past under another programme: what recorded sales would have given and taken if the
//! programme had been another one.
//!
//! The replay runs through the documents of one client after another, each in the order of the
//! ledger, and keeps only sums. Under the programme that applied it gives exactly what was
//! recorded. Of redemptions it knows only what clients wanted then: a smaller limit cuts them, a
//! larger one does not raise them. How the hold, the life and the minimum of welcome bonuses would
//! have changed redemptions is not computed.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Check, RedeemMode};
use crate::entry::LotKind;
use crate::money::Money;
use crate::programme::Programme;
use crate::rewards::{self, Reward};
use crate::sales::{self, Accrual, Accrue, KeptPurchase, PurchaseHistory};
use crate::time::Timestamp;

/// A client at the moment at which the replay begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The client's `total_spent`.
    pub spent: Money,
    /// The purchases that the client keeps, in the order in which they were made. If no sale of the
    /// client is returned during the replay, the first and the last are enough.
    pub kept: Vec<KeptPurchase>,
    /// The sales of the reactivation and second-purchase bonuses that the client has.
    pub rewards: Vec<(LotKind, i64)>,
    /// `true` if another client has invited this one.
    pub is_invited: bool,
}

/// A recorded document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A sale or a redemption without a sale.
    Sale(PastSale),
    /// A return.
    Return(PastReturn),
}

/// A recorded sale or redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastSale {
    /// The number.
    pub id: i64,
    /// The moment of the commit.
    pub at: Timestamp,
    /// `No` for a redemption without a sale.
    pub accrue: Accrue,
    /// The way in which the till showed the bonuses.
    pub mode: RedeemMode,
    /// The total as the till sent it.
    pub total: Money,
    /// The price of all goods.
    pub gross: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
    /// The cashback.
    pub accrued: Money,
}

/// A recorded return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastReturn {
    /// The sale whose goods came back, if it is known.
    pub sale_id: Option<i64>,
    /// The value of the goods, counted in the sale's own total.
    pub counted: Money,
    /// The amount deducted from `total_spent`.
    pub spent_back: Money,
    /// `true` if all goods of the sale have come back with this return.
    pub completes: bool,
}

/// Sums over the replayed documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The number of sales.
    pub sales: i64,
    /// The price of the goods of all sales.
    pub sold: Money,
    /// The cashback that was recorded.
    pub recorded: Money,
    /// The cashback under the programme.
    pub cashback: Money,
    /// The number of sales below the smallest purchase. They give nothing and take nothing.
    pub too_small: i64,
    /// The cashback that these sales would have given otherwise.
    pub missed: Money,
    /// The bonuses for purchases after a pause.
    pub reactivation: Money,
    /// The bonuses for second purchases.
    pub second_purchase: Money,
    /// The bonuses for invitations.
    pub referral: Money,
    /// The bonuses for registrations.
    pub welcome: Money,
    /// The bonuses that returns have taken back: the share of the goods in the cashback of
    /// replayed sales, and their rewards.
    pub taken_back: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
    /// The bonuses that paid in fact and could not have paid: the limit was too small.
    pub cut: Money,
}

impl Sums {
    /// Returns all bonuses given, without those that returns have taken back.
    pub fn given(&self) -> Money {
        self.cashback + self.reactivation + self.second_purchase + self.referral + self.welcome
            - self.taken_back
    }

    fn give(&mut self, accrual: &Accrual) {
        let sum = match accrual.kind {
            LotKind::Reactivation => &mut self.reactivation,
            LotKind::SecondPurchase => &mut self.second_purchase,
            LotKind::Referral => &mut self.referral,
            _ => &mut self.cashback,
        };
        *sum += accrual.amount;
    }
}

/// A replay under one programme.
#[derive(Clone, Debug)]
pub struct Replay<'p> {
    programme: &'p Programme,
    sums: Sums,
}

impl<'p> Replay<'p> {
    /// Begins a replay.
    pub fn new(programme: &'p Programme) -> Self {
        Self {
            programme,
            sums: Sums::default(),
        }
    }

    /// Returns the sums over all documents so far.
    pub fn sums(&self) -> Sums {
        self.sums
    }

    /// Gives the bonus for the registration to `clients` new clients.
    pub fn register(&mut self, clients: i64) {
        let bonus = self.programme.welcome_bonus.dirams();
        self.sums.welcome += Money::from_dirams(bonus.saturating_mul(clients));
    }

    /// Replays the documents of one client, in the order in which they were recorded.
    pub fn client(&mut self, opening: &Opening, documents: impl IntoIterator<Item = Document>) {
        let mut course = Course::begin(self.programme, &mut self.sums, opening);
        for document in documents {
            match document {
                Document::Sale(sale) => course.sell(&sale),
                Document::Return(goods) => course.take_back(&goods),
            }
        }
    }
}

/// The state of one client during the replay.
struct Course<'r> {
    programme: &'r Programme,
    sums: &'r mut Sums,
    spent: Money,
    is_invited: bool,
    history: PurchaseHistory,
    kept: Vec<KeptPurchase>,
    rewards: Vec<Reward>,
    sales: BTreeMap<i64, Replayed>,
    /// The sales below the smallest purchase. Nothing happens when their goods come back.
    too_small: BTreeSet<i64>,
}

/// A sale as the programme would have recorded it, and what came back of it.
struct Replayed {
    /// The total as it was recorded, in which returned goods are counted.
    total: Money,
    paid: Money,
    cashback: Money,
    returned: Money,
    spent_back: Money,
    taken_back: Money,
}

impl<'r> Course<'r> {
    fn begin(programme: &'r Programme, sums: &'r mut Sums, opening: &Opening) -> Self {
        let has_second = |(kind, _): &(LotKind, i64)| *kind == LotKind::SecondPurchase;
        let second_rewarded = opening.rewards.iter().any(has_second);
        // What was given before the replay is not part of its sums, so nothing of it is due.
        let before = |(kind, sale_id): &(LotKind, i64)| Reward {
            kind: *kind,
            sale_id: *sale_id,
            due: Money::ZERO,
        };
        Self {
            programme,
            sums,
            spent: opening.spent,
            is_invited: opening.is_invited,
            history: PurchaseHistory::of(&opening.kept, second_rewarded),
            kept: opening.kept.clone(),
            rewards: opening.rewards.iter().map(before).collect(),
            sales: BTreeMap::new(),
            too_small: BTreeSet::new(),
        }
    }

    fn sell(&mut self, sale: &PastSale) {
        let terms = self.programme.terms(self.spent);
        let check = Check::recorded(sale.mode, sale.total, sale.gross, sale.redeemed);
        if sale.accrue == Accrue::Yes {
            self.sums.sales += 1;
            self.sums.sold += sale.gross;
            self.sums.recorded += sale.accrued;
        }
        if sale.gross < self.programme.min_purchase {
            self.sums.cut += sale.redeemed;
            if sale.accrue == Accrue::Yes {
                self.sums.too_small += 1;
                self.sums.missed += check.cut_to(Money::ZERO).cashback(&terms);
            }
            self.too_small.insert(sale.id);
            return;
        }
        let check = check.cut_to(sale.gross.percent_floor(terms.max_redeem_percent));
        self.sums.redeemed += check.redeem();
        self.sums.cut += sale.redeemed - check.redeem();
        if sale.accrue == Accrue::No {
            return;
        }
        let history = self.history;
        let plan = sales::planned(
            check,
            check.redeem(),
            &history,
            &terms,
            sale.accrue,
            sale.at,
        );
        let referral = plan.referral.filter(|_| self.is_invited);
        for accrual in plan.accruals.iter().chain(&referral) {
            self.sums.give(accrual);
            if accrual.kind != LotKind::Purchase {
                self.rewards.push(Reward {
                    kind: accrual.kind,
                    sale_id: sale.id,
                    due: accrual.amount,
                });
            }
        }
        self.spent = plan.spent_after(self.spent);
        self.history = history.after(&plan, sale.at);
        self.kept.push(KeptPurchase {
            sale_id: sale.id,
            at: sale.at,
        });
        let replayed = Replayed {
            total: sale.total,
            paid: check.paid(),
            cashback: plan.cashback(),
            returned: Money::ZERO,
            spent_back: Money::ZERO,
            taken_back: Money::ZERO,
        };
        self.sales.insert(sale.id, replayed);
    }

    fn take_back(&mut self, goods: &PastReturn) {
        let sale_id = goods.sale_id;
        if sale_id.is_some_and(|id| self.too_small.contains(&id)) {
            return;
        }
        let sale = sale_id.and_then(|id| self.sales.get_mut(&id));
        let spent_back = sale.map_or(goods.spent_back, |sale| {
            sale.returned += goods.counted;
            let taken_back = sale.share(sale.cashback);
            self.sums.taken_back += taken_back - sale.taken_back;
            sale.taken_back = taken_back;
            let spent_back = (sale.share(sale.paid) - sale.spent_back).or_zero();
            sale.spent_back += spent_back;
            spent_back
        });
        self.spent = (self.spent - spent_back).or_zero();
        if let Some(sale_id) = sale_id.filter(|_| goods.completes) {
            self.complete(sale_id);
        }
    }

    /// Takes back the rewards of a sale whose goods have all come back, as the rules do.
    fn complete(&mut self, sale_id: i64) {
        let before = self.kept.clone();
        self.kept.retain(|purchase| purchase.sale_id != sale_id);
        let lost = rewards::lost(&self.rewards, &before, &self.kept, self.programme);
        self.sums.taken_back += lost.iter().map(|reward| reward.due).sum();
        let keeps_second = rewards::keeps_second(&self.rewards, &lost);
        self.rewards.retain(|reward| !lost.contains(reward));
        self.history = PurchaseHistory::of(&self.kept, keeps_second);
    }
}

impl Replayed {
    /// Returns the part of an amount that belongs to the goods returned so far.
    fn share(&self, of: Money) -> Money {
        of.pro_rata(self.returned, self.total)
    }
}
