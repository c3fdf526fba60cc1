//! Sales that a till undoes as if they had never been (contract, "sale/void").

use crate::account::Account;
use crate::money::Money;
use crate::refusal::{Refusal, ReturnBalance};
use crate::returns::{ReturnPlan, ReturnedSale};
use crate::time::Timestamp;

/// The time in seconds during which a till may undo its own sale: as long as a document may come
/// late (contract, "Dates").
pub const VOIDABLE_SECONDS: i64 = 72 * 3_600;

/// Computes how a sale recorded at `recorded_at` is undone as if it had never been: all that it
/// gave is taken back, all that it took is given back, and no money moves. What the client has
/// spent meanwhile becomes debt.
///
/// # Errors
/// [`Refusal::SaleHasReturns`], [`Refusal::SaleTooOld`].
pub fn plan(
    sale: &ReturnedSale,
    recorded_at: Timestamp,
    account: &Account,
    now: Timestamp,
) -> Result<ReturnPlan, Refusal> {
    if sale.before.count > 0 {
        return Err(Refusal::SaleHasReturns);
    }
    if recorded_at.plus_seconds(VOIDABLE_SECONDS) < now {
        return Err(Refusal::SaleTooOld);
    }
    let counted = sale.total;
    Ok(ReturnPlan {
        return_amount: counted,
        counted,
        cash_refund: Money::ZERO,
        revocation: ReturnBalance {
            available: account.figures(now).bonus_balance.or_zero(),
            to_revoke: sale.revocation(None, counted)?,
            cash_due: Some(Money::ZERO),
        },
        settled: Money::ZERO,
        restored: sale.redeemed,
        spent_back: sale.paid,
        lost_rewards: sale.lost_rewards.clone(),
        completes: true,
    })
}
