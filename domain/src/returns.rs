//! The bonuses and the cash that a return takes back and gives back (seed, on returns; contract,
//! "return").

use crate::account::{Account, RestoredPart};
use crate::entry::{Lot, LotKind, Source};
use crate::field_error::FieldError;
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::refusal::{Refusal, ReturnBalance};
use crate::rewards::{self, Reward};
use crate::time::Timestamp;

/// The sale whose goods are returned, and what its earlier returns did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnedSale {
    /// The total as the till sent it. Returned goods are counted in this total, in both redeem
    /// modes.
    pub total: Money,
    /// The price of all goods before bonuses.
    pub gross: Money,
    /// The part paid with money; zero for a redemption without a sale.
    pub paid: Money,
    /// The cashback that the sale gave.
    pub accrued: Money,
    /// The part of the cashback that expired unspent. It is never charged again.
    pub expired: Money,
    /// The bonuses that the sale redeemed.
    pub redeemed: Money,
    /// The client's rewards that a return takes back when all goods of the sale have come back.
    pub lost_rewards: Vec<Reward>,
    /// The sums of the earlier returns.
    pub before: ReturnTotals,
}

/// Sums over the returns of a sale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnTotals {
    /// The number of returns.
    pub count: i64,
    /// The goods returned, counted in the sale's own total.
    pub returned: Money,
    /// The cash paid out.
    pub refunded: Money,
    /// The cashback taken back, including shortages that were settled in cash.
    pub revoked: Money,
    /// The redeemed bonuses given back.
    pub restored: Money,
    /// The cash withheld because bonuses had been spent.
    pub settled: Money,
    /// The amount deducted from `total_spent`.
    pub spent_back: Money,
}

/// The figures that the till sends for a return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnRequest {
    /// The goods to return; if not given, all that is left of the sale.
    pub return_amount: Option<Money>,
    /// The cash to pay out; if not given, all that may be paid out.
    pub cash_refund: Option<Money>,
    /// The cashback to take back; if not given, the share of the returned goods. It is never less
    /// than that share. The return of the last goods takes the rewards back in any case.
    pub to_revoke: Option<Money>,
    /// The redeemed bonuses to give back; if not given, the share of the returned goods.
    pub to_restore: Option<Money>,
    /// `true` if the till withholds cash for the missing bonuses.
    pub shortage_settled: bool,
}

/// A return that the rules allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPlan {
    /// The goods returned, as the till sent them.
    pub return_amount: Money,
    /// The same amount, counted in the sale's own total.
    pub counted: Money,
    /// The cash to pay out.
    pub cash_refund: Money,
    /// The bonuses to take back, compared with the client's balance.
    pub revocation: ReturnBalance,
    /// The cash withheld because bonuses are missing: the shortage, or all the cash that there is
    /// to withhold if that is less.
    pub settled: Money,
    /// The redeemed bonuses to give back.
    pub restored: Money,
    /// The amount to deduct from `total_spent`.
    pub spent_back: Money,
    /// The rewards to take back. They are part of `revocation`.
    pub lost_rewards: Vec<Reward>,
    /// `true` if all goods of the sale have come back after this return.
    pub completes: bool,
}

/// Computes in advance the bonuses that a return would take back, whether or not the client has
/// them (seed, step 1).
///
/// # Errors
/// The rule that the return breaks.
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

/// Computes everything that a return does.
///
/// # Errors
/// The rule that the return breaks. [`Refusal::ReturnShortage`] if the client has spent bonuses
/// that the return takes back and the till has not settled the shortage.
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
    /// Returns the client's balance after the return; `before` is the balance now.
    pub fn balance_after(&self, before: Money) -> Money {
        before - self.revocation.to_revoke + self.settled + self.restored
    }

    /// Returns the client's `total_spent` after the return; `before` is the one now.
    pub fn spent_after(&self, before: Money) -> Money {
        (before - self.spent_back).or_zero()
    }

    /// Takes bonuses back, settles the shortage and restores redeemed bonuses, in this order (seed,
    /// on returns, the logic of the backend). If the shortage is larger than the cash that could be
    /// withheld, the difference stays a debt: crediting it would give the client bonuses for
    /// nothing.
    ///
    /// # Errors
    /// [`LedgerFault`] if the parts in `restored` cannot be put back, or do not add up to the
    /// plan's amount.
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
    /// Returns whether a return of `return_amount` brings back the last goods of the sale. `None`
    /// means all that is left.
    pub fn completed_by(&self, return_amount: Option<Money>) -> bool {
        self.counted(return_amount)
            .is_ok_and(|counted| self.completes(counted))
    }

    fn left(&self) -> Money {
        self.total - self.before.returned
    }

    /// Returns the returned goods, counted in the sale's own total. Some tills count in the gross,
    /// as the seed's example of a discount does; for them, all that is left of the gross is
    /// accepted too.
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

    /// Returns whether the return brings back the last goods. A sale whose total is zero can be
    /// returned once, with zero goods.
    fn completes(&self, counted: Money) -> bool {
        counted == self.left() && (counted.is_positive() || self.before.count == 0)
    }

    /// Returns the share of all goods returned so far. The share is cumulative, so that every split
    /// of a return gives the same sums (invariant 5).
    fn share_to_date(&self, of: Money, counted: Money) -> Money {
        of.pro_rata(self.before.returned + counted, self.total)
    }

    /// Returns the bonuses to take back: the cashback due, or the till's figure if it is larger.
    /// The return of the last goods adds the lost rewards.
    pub(crate) fn revocation(
        &self,
        asked: Option<Money>,
        counted: Money,
    ) -> Result<Money, Refusal> {
        let rewards: Money = if self.completes(counted) {
            self.lost_rewards.iter().map(|reward| reward.due).sum()
        } else {
            Money::ZERO
        };
        let not_revoked = (self.accrued - self.before.revoked).or_zero();
        // A till may send back the figure of the calculation, and that figure includes the rewards.
        let limit = not_revoked + rewards;
        let asked = asked.unwrap_or_default();
        if asked > limit {
            return Err(Refusal::OverRevoke { limit });
        }
        let due = self.share_to_date(self.accrued, counted) - self.before.revoked - self.expired;
        let chargeable = (not_revoked - self.expired).or_zero();
        Ok(asked.max(due).min(chargeable).or_zero() + rewards)
    }

    /// Returns the redeemed bonuses to give back. A till may name more than the share of the goods
    /// only in place of money: bonuses and cash together never exceed the value of the goods.
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

    /// Returns the cash that may be paid out or withheld: the money share of all goods returned so
    /// far, less what was already refunded or withheld (invariant 6). Bonuses that were given back
    /// in place of money, now or earlier, are not paid out a second time.
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

    /// Returns the value of all goods returned so far, less the bonuses and the cash already given
    /// back.
    fn worth(&self, counted: Money) -> Money {
        let before = &self.before;
        self.share_to_date(self.gross, counted) - before.restored - before.refunded - before.settled
    }

    fn spent_back(&self, counted: Money) -> Money {
        (self.share_to_date(self.paid, counted) - self.before.spent_back).or_zero()
    }
}

/// Divides a restoration among the lots that the sale's redemption took from. `taken` lists what
/// the redemption took, in its order. The first `restored_before` of it has been given back
/// already; the next `amount` is given back now.
pub fn parts_to_restore(
    taken: impl IntoIterator<Item = RestoredPart>,
    restored_before: Money,
    amount: Money,
) -> Vec<RestoredPart> {
    let (mut skip, mut left) = (restored_before, amount);
    let mut parts = Vec::new();
    for part in taken {
        let skipped = part.amount.min(skip);
        skip -= skipped;
        let back = (part.amount - skipped).min(left);
        left -= back;
        if back.is_positive() {
            parts.push(RestoredPart {
                amount: back,
                ..part
            });
        }
    }
    parts
}
