//! What a return takes back and gives back (seed, "Возврат товара"; contract, "return").

use crate::account::{Account, LedgerFault, RestoredPart};
use crate::entry::{LotKind, Source};
use crate::money::Money;
use crate::refusal::{Refusal, ReturnBalance};
use crate::time::Timestamp;

/// The sale that goods come back from, and what its earlier returns did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnedSale {
    /// The whole check.
    pub gross: Money,
    /// Its money part.
    pub paid: Money,
    /// Its cashback.
    pub accrued: Money,
    /// Bonuses it redeemed.
    pub redeemed: Money,
    /// Its reactivation and second-purchase bonuses, taken back when all of it has come back.
    pub extras: Money,
    /// What earlier returns did.
    pub before: ReturnTotals,
}

/// Sums over the returns of a sale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnTotals {
    /// Goods returned, in the check's gross.
    pub returned: Money,
    /// Cash given out.
    pub refunded: Money,
    /// Bonuses taken back, settled shortages included.
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
    /// Bonuses to take back; the cashback pro rata, and the extras with the last of the goods, where
    /// not given.
    pub to_revoke: Option<Money>,
    /// Redeemed bonuses to give back; pro rata where not given.
    pub to_restore: Option<Money>,
    /// The till withholds the cash equivalent of missing bonuses.
    pub shortage_settled: bool,
}

/// A return that the rules allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnPlan {
    /// Goods coming back.
    pub return_amount: Money,
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
    let to_revoke = match sale {
        Some(sale) => {
            let return_amount = sale.return_amount(request.return_amount)?;
            sale.revocation(request.to_revoke, return_amount)
        }
        None => required_to_revoke(request)?,
    };
    Ok(ReturnBalance {
        available,
        to_revoke,
    })
}

/// Decides what a return does.
///
/// # Errors
/// The rule it breaks; [`Refusal::ReturnShortage`] where the client has spent what is to be revoked and
/// the till has not settled it.
pub fn plan(
    request: &ReturnRequest,
    sale: Option<&ReturnedSale>,
    account: &Account,
    now: Timestamp,
) -> Result<ReturnPlan, Refusal> {
    let revocation = calculate(request, sale, account, now)?;
    let shortage = revocation.shortage();
    let return_amount = match sale {
        Some(sale) => sale.return_amount(request.return_amount)?,
        None => request
            .return_amount
            .ok_or_else(|| Refusal::field("return_amount", "обязательное поле"))?,
    };
    if !return_amount.is_positive() {
        return Err(match request.return_amount {
            Some(_) => Refusal::field("return_amount", "должно быть больше нуля"),
            None => Refusal::OverReturn { left: Money::ZERO },
        });
    }
    let restored = match sale {
        Some(sale) => sale.restoration(request.to_restore, return_amount)?,
        None if request.to_restore.is_some_and(Money::is_positive) => {
            return Err(Refusal::OverRestore { limit: Money::ZERO });
        }
        None => Money::ZERO,
    };
    if shortage.is_positive() && !request.shortage_settled {
        return Err(Refusal::ReturnShortage(revocation));
    }
    let payable = payable(request, sale, return_amount, restored);
    let settled = shortage.min(payable);
    let limit = payable - settled;
    let cash_refund = match request.cash_refund {
        Some(asked) if asked > limit => return Err(Refusal::OverRefund { limit }),
        Some(asked) => asked,
        None => limit,
    };
    Ok(ReturnPlan {
        return_amount,
        cash_refund,
        revocation,
        settled,
        restored,
        spent_back: sale.map_or(return_amount, |sale| sale.spent_back(return_amount)),
        completes: sale.is_some_and(|sale| sale.completes(return_amount)),
    })
}

impl ReturnPlan {
    /// Revokes, settles the shortage, restores: in this order (seed, "Логика бэкенда"). A shortage
    /// over the cash that could be withheld stays a debt: crediting it would be a present.
    ///
    /// # Errors
    /// [`LedgerFault`] where `restored` cannot be put back, or is not what the plan announced.
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
        account.revoke(self.revocation.to_revoke, source, now);
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

/// The cash that goods coming back are worth, a settled shortage included: never more than was paid
/// for them and not yet refunded or withheld.
fn payable(
    request: &ReturnRequest,
    sale: Option<&ReturnedSale>,
    return_amount: Money,
    restored: Money,
) -> Money {
    let paid = sale.map_or(return_amount, |sale| {
        sale.paid - sale.before.refunded - sale.before.settled
    });
    let most = paid.min(return_amount);
    let due = match request.cash_refund {
        Some(_) => most,
        // Bonuses that come back are not paid out a second time.
        None => most.min(return_amount - restored),
    };
    due.or_zero()
}

fn required_to_revoke(request: &ReturnRequest) -> Result<Money, Refusal> {
    request.to_revoke.ok_or_else(|| {
        Refusal::field(
            "bonus_to_revoke",
            "обязательное поле, если нет original_external_sale_id",
        )
    })
}

impl ReturnedSale {
    fn left(&self) -> Money {
        self.gross - self.before.returned
    }

    fn return_amount(&self, asked: Option<Money>) -> Result<Money, Refusal> {
        let left = self.left();
        match asked {
            Some(asked) if asked > left => Err(Refusal::OverReturn { left }),
            Some(asked) => Ok(asked),
            None => Ok(left),
        }
    }

    fn completes(&self, return_amount: Money) -> bool {
        return_amount == self.left() && return_amount.is_positive()
    }

    /// Cumulative, so that any split of a return comes to the same (invariant 5).
    fn share_to_date(&self, of: Money, return_amount: Money) -> Money {
        of.pro_rata(self.before.returned + return_amount, self.gross)
    }

    fn revocation(&self, asked: Option<Money>, return_amount: Money) -> Money {
        if let Some(asked) = asked {
            // All of it: a till may send back what the calculation told it, extras included.
            return asked;
        }
        let due = self.share_to_date(self.accrued, return_amount) - self.before.revoked;
        let extras = if self.completes(return_amount) {
            self.extras
        } else {
            Money::ZERO
        };
        due.or_zero() + extras
    }

    fn restoration(&self, asked: Option<Money>, return_amount: Money) -> Result<Money, Refusal> {
        let limit = (self.redeemed - self.before.restored).or_zero();
        match asked {
            Some(asked) if asked > limit => Err(Refusal::OverRestore { limit }),
            Some(asked) => Ok(asked),
            None => {
                let due = self.share_to_date(self.redeemed, return_amount) - self.before.restored;
                Ok(due.or_zero().min(limit))
            }
        }
    }

    fn spent_back(&self, return_amount: Money) -> Money {
        (self.share_to_date(self.paid, return_amount) - self.before.spent_back).or_zero()
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
