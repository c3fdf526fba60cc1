//! A client of the large demo: what each purchase and return does to the account, by the same rules
//! as at a till.

use domain::expiry::expiry;
use domain::returns::{self, ReturnPlan, ReturnRequest, ReturnedSale, parts_to_restore};
use domain::rewards::{self, Reward};
use domain::sales::{self, Accrue, Check, KeptPurchase, PurchaseHistory, RedeemMode};
use domain::{EntryKind, LotKind, Money, Programme, RestoredPart, Source, Timestamp};

use crate::Error;
use crate::ledger::Client;

/// The hour of the night, by the local clock, in which the store sweeps expired bonuses.
const SWEEP_HOUR: i64 = 3;

/// A client, with what a return needs to know.
pub(super) struct Member {
    pub(super) client: Client,
    purchases: Vec<KeptPurchase>,
    /// Rewards that were given and not taken back.
    rewards: Vec<Reward>,
    /// The rewards that were taken back, each with the number of the return.
    pub(super) taken_back: Vec<(Reward, i64)>,
}

/// A recorded sale.
pub(super) struct Sold {
    pub(super) id: i64,
    pub(super) client_id: i64,
    pub(super) check: Check,
    pub(super) cashback: Money,
    /// All bonuses of the sale, extra ones included.
    pub(super) given: Money,
    pub(super) balance: Money,
}

/// A recorded return.
pub(super) struct Returned {
    pub(super) id: i64,
    pub(super) client_id: i64,
    pub(super) sale_id: i64,
    pub(super) plan: ReturnPlan,
    pub(super) balance: Money,
}

impl Member {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            purchases: Vec::new(),
            rewards: Vec::new(),
            taken_back: Vec::new(),
        }
    }

    /// Buys for `gross`, and redeems bonuses if chance says so.
    pub(super) fn buy(
        &mut self,
        programme: &Programme,
        id: i64,
        gross: Money,
        mode: RedeemMode,
        chance: u64,
        at: Timestamp,
    ) -> Result<Sold, Error> {
        self.sweep(at);
        let client = &mut self.client;
        let terms = programme.terms(client.total_spent);
        let figures = client.account.figures(at);
        let most = figures.max_redeem(gross, &terms);
        let redeem = match chance % 10 {
            0 | 1 => most,
            2 => Money::from_dirams(most.dirams() / 200 * 100),
            _ => Money::ZERO,
        };
        let total = match mode {
            RedeemMode::PaymentType => gross,
            RedeemMode::Discount => gross - redeem,
        };
        let check = Check::new(mode, total, Some(gross), redeem)?;
        let (account, history) = (&mut client.account, &client.history);
        let plan = sales::plan(check, account, history, &terms, Accrue::Yes, at)?;
        let source = Source {
            sale_id: Some(id),
            ..Source::default()
        };
        let before = account.new_entries().len();
        plan.apply(account, source, at)?;
        let added = account.new_entries().iter().skip(before);
        self.rewards
            .extend(added.filter_map(|entry| match entry.kind {
                EntryKind::Credit(kind @ (LotKind::Reactivation | LotKind::SecondPurchase)) => {
                    Some(Reward {
                        kind,
                        sale_id: id,
                        due: entry.opened?,
                    })
                }
                _ => None,
            }));
        client.total_spent = plan.spent_after(client.total_spent);
        client.history = client.history.after(&plan, at);
        self.purchases.push(KeptPurchase { sale_id: id, at });
        Ok(Sold {
            id,
            client_id: client.id,
            check,
            cashback: plan.cashback(),
            given: plan.given(),
            balance: plan.balance_after(figures.bonus_balance),
        })
    }

    /// Brings the goods of a sale back, all of them or half. A sale comes back once at most.
    pub(super) fn give_back(
        &mut self,
        programme: &Programme,
        id: i64,
        sold: &Sold,
        all: bool,
        at: Timestamp,
    ) -> Result<Returned, Error> {
        self.sweep(at);
        let mut kept = self.purchases.clone();
        kept.retain(|purchase| purchase.sale_id != sold.id);
        let given = self.rewards_due();
        let half = Money::from_dirams(sold.check.total().dirams() / 2);
        let request = ReturnRequest {
            return_amount: (!all).then_some(half),
            shortage_settled: true,
            ..ReturnRequest::default()
        };
        let sale = ReturnedSale {
            total: sold.check.total(),
            gross: sold.check.gross(),
            paid: sold.check.paid(),
            accrued: sold.cashback,
            redeemed: sold.check.redeem(),
            lost_rewards: if all {
                rewards::lost(&given, &self.purchases, &kept, programme)
            } else {
                Vec::new()
            },
            // Goods come back long before the cashback expires.
            ..ReturnedSale::default()
        };
        let client = &mut self.client;
        let plan = returns::plan(&request, Some(&sale), &client.account, at)?;
        let taken = taken_by(client, sold.id);
        let parts = parts_to_restore(taken, Money::ZERO, plan.restored);
        let balance = plan.balance_after(client.account.figures(at).bonus_balance);
        let source = Source {
            sale_id: Some(sold.id),
            return_id: Some(id),
            act_id: None,
        };
        let expires_at = expiry(&programme.terms(client.total_spent), at);
        plan.apply(&mut client.account, &parts, source, at, expires_at)?;
        client.total_spent = plan.spent_after(client.total_spent);
        if plan.completes {
            let second = rewards::keeps_second(&given, &plan.lost_rewards);
            client.history = PurchaseHistory::of(&kept, second);
            self.purchases = kept;
        }
        for lost in &plan.lost_rewards {
            let place = |reward: &Reward| (reward.kind, reward.sale_id);
            self.rewards.retain(|reward| place(reward) != place(lost));
            self.taken_back.push((*lost, id));
        }
        Ok(Returned {
            id,
            client_id: client.id,
            sale_id: sold.id,
            plan,
            balance,
        })
    }

    /// Ends the bonuses that expired before `until`, each in the night after its end.
    pub(super) fn sweep(&mut self, until: Timestamp) {
        let account = &mut self.client.account;
        loop {
            let live = account
                .lots()
                .iter()
                .find(|lot| lot.remaining.is_positive());
            let Some(ends) = live.and_then(|lot| lot.expires_at) else {
                return;
            };
            let night = ends.plus_seconds(-SWEEP_HOUR * 3_600).local_midnight();
            let night = night.plus_days(1).plus_seconds(SWEEP_HOUR * 3_600);
            if night > until {
                return;
            }
            account.expire(night);
        }
    }

    /// Returns the rewards without the parts that expired unspent.
    fn rewards_due(&self) -> Vec<Reward> {
        let account = &self.client.account;
        let entries = account.new_entries();
        let expired = |reward: &Reward| {
            let ended = entries
                .iter()
                .filter(|entry| entry.kind == EntryKind::Expire);
            let parts = ended.flat_map(|entry| &entry.allocations);
            let of_lot = parts.filter(|part| {
                let lot = account.lot(part.lot_seq);
                lot.is_some_and(|lot| reward.is_in(lot))
            });
            of_lot.map(|part| part.amount).sum::<Money>()
        };
        let due = |reward: &Reward| Reward {
            due: reward.due - expired(reward),
            ..*reward
        };
        self.rewards.iter().map(due).collect()
    }
}

/// Returns what the redemption of a sale took, in spending order.
fn taken_by(client: &Client, sale_id: i64) -> Vec<RestoredPart> {
    let entries = client.account.new_entries().iter();
    let redeemed = entries
        .filter(|entry| entry.kind == EntryKind::Redeem && entry.source.sale_id == Some(sale_id));
    let parts = redeemed.flat_map(|entry| &entry.allocations);
    parts
        .map(|part| RestoredPart {
            lot_seq: part.lot_seq,
            amount: part.amount,
            moved: None,
        })
        .collect()
}
