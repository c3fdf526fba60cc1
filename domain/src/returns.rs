//! What a return takes back and gives back (seed, on returns; contract, "return").

use crate::account::{Account, LedgerFault, RestoredPart};
use crate::entry::{Lot, LotKind, Source};
use crate::field_error::FieldError;
use crate::money::Money;
use crate::refusal::{Refusal, ReturnBalance};
use crate::rewards::{self, Reward};
use crate::time::Timestamp;

/// The sale that goods come back from, and what its earlier returns did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedSale {
    /// As the till sent it. Goods that come back are counted in it, in both redeem modes.
    pub total: Money,
    /// The whole check before bonuses.
    pub gross: Money,
    /// Its money part; nothing for a redemption without a sale.
    pub paid: Money,
    /// Its cashback.
    pub accrued: Money,
    /// Of its cashback, what expired unspent: never charged again.
    pub expired: Money,
    /// Bonuses it redeemed.
    pub redeemed: Money,
    /// Rewards of its client that are taken back when all of it has come back.
    pub lost_rewards: Vec<Reward>,
    /// What earlier returns did.
    pub before: ReturnTotals,
}

/// Sums over the returns of a sale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnTotals {
    /// How many there were.
    pub count: i64,
    /// Goods returned, in the check's own total.
    pub returned: Money,
    /// Cash given out.
    pub refunded: Money,
    /// Cashback taken back, settled shortages included.
    pub revoked: Money,
    /// Bonuses given back.
    pub restored: Money,
    /// Cash withheld in place of spent bonuses.
    pub settled: Money,
    /// What left `total_spent`.
    pub spent_back: Money,
}

/// What the till asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnRequest {
    /// Goods coming back; all that is left of the sale where not given.
    pub return_amount: Option<Money>,
    /// Cash given out; all that may be given where not given.
    pub cash_refund: Option<Money>,
    /// Cashback to take back; pro rata if not given, and never less than that. Rewards go with the
    /// last of the goods in any case.
    pub to_revoke: Option<Money>,
    /// Redeemed bonuses to give back; pro rata where not given.
    pub to_restore: Option<Money>,
    /// The till withholds the cash equivalent of missing bonuses.
    pub shortage_settled: bool,
}

/// A return that the rules allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPlan {
    /// Goods coming back, as the till sent them.
    pub return_amount: Money,
    /// The same in the check's own total.
    pub counted: Money,
    /// Cash given out.
    pub cash_refund: Money,
    /// Bonuses taken back and what the client has for it.
    pub revocation: ReturnBalance,
    /// Cash withheld in place of missing bonuses: the shortage, or what cash there was to withhold.
    pub settled: Money,
    /// Bonuses given back.
    pub restored: Money,
    /// What leaves `total_spent`.
    pub spent_back: Money,
    /// Rewards taken back, part of the revocation.
    pub lost_rewards: Vec<Reward>,
    /// All of the sale has now come back.
    pub completes: bool,
}

/// The pre-calculation of a return: what would be revoked, whatever the shortage (seed, step 1).
///
/// # Errors
/// The rule it breaks.
pub fn calculate(
    request: &ReturnRequest,
    sale: Option<&ReturnedSale>,
    account: &Account,
    now: Timestamp,
) -> Result<ReturnBalance, Refusal> {
    let available = account.figures(now).bonus_balance.or_zero();
    let Some(sale) = sale else {
        let to_revoke = required_to_revoke(request)?;
        return if to_revoke > available {
            Err(Refusal::OverRevoke { limit: available })
        } else {
            Ok(ReturnBalance {
                available,
                to_revoke,
                cash_due: None,
            })
        };
    };
    let counted = sale.counted(request.return_amount)?;
    let restored = sale.restoration(request, counted)?;
    Ok(ReturnBalance {
        available,
        to_revoke: sale.revocation(request.to_revoke, counted)?,
        cash_due: Some(sale.payable(counted, restored)),
    })
}

/// Decides what a return does.
///
/// # Errors
/// The rule it breaks; [`Refusal::ReturnShortage`] if the client has spent what is to be revoked and
/// the till has not settled it.
pub fn plan(
    request: &ReturnRequest,
    sale: Option<&ReturnedSale>,
    account: &Account,
    now: Timestamp,
) -> Result<ReturnPlan, Refusal> {
    let revocation = calculate(request, sale, account, now)?;
    let shortage = revocation.shortage();
    let (return_amount, counted, restored, payable) = if let Some(sale) = sale {
        let counted = sale.counted(request.return_amount)?;
        let restored = sale.restoration(request, counted)?;
        let payable = sale.payable(counted, restored);
        let return_amount = request.return_amount.unwrap_or(counted);
        (return_amount, counted, restored, payable)
    } else {
        let amount = request
            .return_amount
            .ok_or_else(|| Refusal::field("return_amount", FieldError::Required))?;
        if request.to_restore.is_some_and(Money::is_positive) {
            return Err(Refusal::OverRestore { limit: Money::ZERO });
        }
        (amount, amount, Money::ZERO, amount)
    };
    let completes = sale.is_some_and(|sale| sale.completes(counted));
    if !counted.is_positive() && !completes {
        return Err(match request.return_amount {
            Some(_) => Refusal::field("return_amount", FieldError::NotPositive),
            None => Refusal::OverReturn { left: Money::ZERO },
        });
    }
    if shortage.is_positive() && !request.shortage_settled {
        return Err(Refusal::ReturnShortage(revocation));
    }
    let settled = shortage.min(payable);
    let limit = payable - settled;
    let cash_refund = match request.cash_refund {
        Some(asked) if asked > limit => return Err(Refusal::OverRefund { limit }),
        Some(asked) => asked,
        None => limit,
    };
    Ok(ReturnPlan {
        return_amount,
        counted,
        cash_refund,
        revocation,
        settled,
        restored,
        spent_back: sale.map_or(return_amount, |sale| sale.spent_back(counted)),
        lost_rewards: sale
            .filter(|_| completes)
            .map_or_else(Vec::new, |sale| sale.lost_rewards.clone()),
        completes,
    })
}

impl ReturnPlan {
    /// The client's balance after the return, if it is `before` now.
    pub fn balance_after(&self, before: Money) -> Money {
        before - self.revocation.to_revoke + self.settled + self.restored
    }

    /// What the client has spent after the return, if it is `before` now.
    pub fn spent_after(&self, before: Money) -> Money {
        (before - self.spent_back).or_zero()
    }

    /// Revokes, settles the shortage, restores: in this order (seed, on returns, the logic of the backend). A shortage
    /// over the cash that could be withheld stays a debt: crediting it would be a present.
    ///
    /// # Errors
    /// [`LedgerFault`] if `restored` cannot be put back, or is not what the plan announced.
    pub fn apply(
        &self,
        account: &mut Account,
        restored: &[RestoredPart],
        source: Source,
        now: Timestamp,
        expires_at: Option<Timestamp>,
    ) -> Result<(), LedgerFault> {
        let found = restored.iter().map(|part| part.amount).sum();
        if found != self.restored {
            let due = self.restored;
            return Err(LedgerFault::WrongRestore { due, found });
        }
        let rewards: Money = self.lost_rewards.iter().map(|reward| reward.due).sum();
        let cashback = |lot: &Lot| {
            lot.kind == LotKind::Purchase && lot.sale_id.is_some() && lot.sale_id == source.sale_id
        };
        account.revoke(self.revocation.to_revoke - rewards, cashback, source, now)?;
        rewards::take_back(account, &self.lost_rewards, source, now)?;
        let settlement = Source {
            sale_id: None,
            ..source
        };
        account.credit(
            LotKind::Settlement,
            self.settled,
            settlement,
            now,
            now,
            expires_at,
        );
        account.restore(restored, source, now, expires_at)
    }
}

fn required_to_revoke(request: &ReturnRequest) -> Result<Money, Refusal> {
    let missing = || Refusal::field("bonus_to_revoke", FieldError::RequiredWithoutSale);
    request.to_revoke.ok_or_else(missing)
}

impl ReturnedSale {
    /// Whether `return_amount` (`None`: all that is left) brings back the last of the sale.
    pub fn completed_by(&self, return_amount: Option<Money>) -> bool {
        self.counted(return_amount)
            .is_ok_and(|counted| self.completes(counted))
    }

    fn left(&self) -> Money {
        self.total - self.before.returned
    }

    /// Goods coming back, in the check's own total. A till that counts in the gross, as the seed's
    /// example of a discount does, can still return all that is left.
    fn counted(&self, asked: Option<Money>) -> Result<Money, Refusal> {
        let left = self.left();
        match asked {
            Some(asked) if asked > left => {
                let gross_left = self.gross.pro_rata(left, self.total);
                if left.is_positive() && asked == gross_left {
                    Ok(left)
                } else {
                    Err(Refusal::OverReturn { left })
                }
            }
            Some(asked) => Ok(asked),
            None => Ok(left),
        }
    }

    /// A check whose total was nothing comes back with nothing, once.
    fn completes(&self, counted: Money) -> bool {
        counted == self.left() && (counted.is_positive() || self.before.count == 0)
    }

    /// Cumulative, so that any split of a return comes to the same (invariant 5).
    fn share_to_date(&self, of: Money, counted: Money) -> Money {
        of.pro_rata(self.before.returned + counted, self.total)
    }

    /// The cashback due, or what the till names if that is more, and the lost rewards with the last
    /// of the goods.
    fn revocation(&self, asked: Option<Money>, counted: Money) -> Result<Money, Refusal> {
        let rewards: Money = if self.completes(counted) {
            self.lost_rewards.iter().map(|reward| reward.due).sum()
        } else {
            Money::ZERO
        };
        let not_revoked = (self.accrued - self.before.revoked).or_zero();
        // A till may send back the figure of the calculation, rewards included.
        let limit = not_revoked + rewards;
        let asked = asked.unwrap_or_default();
        if asked > limit {
            return Err(Refusal::OverRevoke { limit });
        }
        let due = self.share_to_date(self.accrued, counted) - self.before.revoked - self.expired;
        let chargeable = (not_revoked - self.expired).or_zero();
        Ok(asked.max(due).min(chargeable).or_zero() + rewards)
    }

    /// Redeemed bonuses that go back. A till may name more than the share of the goods only in place
    /// of money: bonuses and cash together never exceed what the goods were worth.
    fn restoration(&self, request: &ReturnRequest, counted: Money) -> Result<Money, Refusal> {
        let unrestored = (self.redeemed - self.before.restored).or_zero();
        let share = self.share_to_date(self.redeemed, counted) - self.before.restored;
        let due = share.or_zero().min(unrestored);
        let Some(asked) = request.to_restore else {
            return Ok(due);
        };
        let limit = (self.worth(counted) - request.cash_refund.unwrap_or_default())
            .max(due)
            .min(unrestored);
        if asked > limit {
            return Err(Refusal::OverRestore { limit });
        }
        Ok(asked)
    }

    /// The money share of the goods returned to date that was not yet refunded or withheld, a settled shortage
    /// included (invariant 6). Bonuses that came back in place of money, now or before, are not paid out a second time.
    fn payable(&self, counted: Money, restored: Money) -> Money {
        let before = &self.before;
        let share = self.share_to_date(self.paid, counted) - before.refunded - before.settled;
        let restored_to_date = before.restored + restored;
        let due = if restored_to_date > self.share_to_date(self.redeemed, counted) {
            share.min(self.worth(counted) - restored)
        } else {
            share
        };
        due.or_zero()
    }

    /// What the goods returned to date were worth and was not yet given back, in bonuses and cash.
    fn worth(&self, counted: Money) -> Money {
        let before = &self.before;
        self.share_to_date(self.gross, counted) - before.restored - before.refunded - before.settled
    }

    fn spent_back(&self, counted: Money) -> Money {
        (self.share_to_date(self.paid, counted) - self.before.spent_back).or_zero()
    }
}

/// Which of the sale's redeemed bonuses go back to which lots: `taken` lists what the sale took, in its
/// order; the first `restored_before` of it is back already, the next `amount` goes now.
pub fn parts_to_restore(
    taken: impl IntoIterator<Item = RestoredPart>,
    restored_before: Money,
    amount: Money,
) -> Vec<RestoredPart> {
    let (mut skip, mut left) = (restored_before, amount);
    let mut parts = Vec::new();
    for RestoredPart {
        lot_seq,
        amount: took,
    } in taken
    {
        let skipped = took.min(skip);
        skip -= skipped;
        let back = (took - skipped).min(left);
        left -= back;
        if back.is_positive() {
            parts.push(RestoredPart {
                lot_seq,
                amount: back,
            });
        }
    }
    parts
}
