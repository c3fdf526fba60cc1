//! The effect of a sale on a client's account: redeem, then accrue (seed, the order of the
//! backend).

pub use crate::check::{Check, CheckSums, RedeemMode, explain_cashback};

use crate::account::Account;
use crate::entry::{Lot, LotKind, Source};
use crate::expiry::expiry;
use crate::figures::welcome_allowed;
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::programme::{Programme, Terms};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The store's record of a client's purchases before this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PurchaseHistory {
    /// The number of purchases kept. Purchases that have come back as a whole are not counted.
    pub count: i64,
    /// The moment of the first kept purchase.
    pub first_at: Option<Timestamp>,
    /// The moment of the last kept purchase.
    pub last_at: Option<Timestamp>,
    /// `true` if the second-purchase bonus was given and has not been taken back.
    pub second_rewarded: bool,
}

/// A purchase of which the client keeps at least a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptPurchase {
    /// The number of the sale. A later sale has a greater number.
    pub sale_id: i64,
    /// The moment when it was made.
    pub at: Timestamp,
}

impl PurchaseHistory {
    /// Makes the history of a client who keeps `purchases`, given in the order in which they were
    /// made.
    pub fn of(purchases: &[KeptPurchase], second_rewarded: bool) -> Self {
        Self {
            count: i64::try_from(purchases.len()).unwrap_or(i64::MAX),
            first_at: purchases.first().map(|purchase| purchase.at),
            last_at: purchases.last().map(|purchase| purchase.at),
            second_rewarded,
        }
    }

    /// Returns the history after the purchase that `plan` records at `now`.
    #[must_use]
    pub fn after(self, plan: &SalePlan, now: Timestamp) -> Self {
        let rewards_second = |accrual: &Accrual| accrual.kind == LotKind::SecondPurchase;
        Self {
            count: self.count + 1,
            first_at: if self.count == 0 {
                Some(now)
            } else {
                self.first_at
            },
            last_at: Some(now),
            second_rewarded: self.second_rewarded || plan.accruals.iter().any(rewards_second),
        }
    }
}

/// Bonuses that a sale gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accrual {
    /// The reason why they are given.
    pub kind: LotKind,
    /// The amount.
    pub amount: Money,
    /// The moment from which they can be spent.
    pub available_at: Timestamp,
}

/// A sale that the rules allow, ready to be recorded and applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalePlan {
    /// The sale that the plan was made for.
    pub check: Check,
    /// The cashback and extra bonuses that are above zero. The referral bonus is not among them,
    /// because another client gets it.
    pub accruals: Vec<Accrual>,
    /// The bonus for the client who invited the buyer. The plan does not know whether there is such
    /// a client.
    pub referral: Option<Accrual>,
    /// The bonuses still to take; zero if an earlier redemption of this sale has taken them.
    spend: Money,
    welcome_allowed: bool,
    expires_at: Option<Timestamp>,
}

impl SalePlan {
    /// Returns the cashback without extra bonuses: `bonus_accrued` of the answer.
    pub fn cashback(&self) -> Money {
        self.accruals
            .iter()
            .filter(|accrual| accrual.kind == LotKind::Purchase)
            .map(|accrual| accrual.amount)
            .sum()
    }

    /// Returns all bonuses that the sale gives its client, extra bonuses included.
    pub fn given(&self) -> Money {
        self.accruals.iter().map(|accrual| accrual.amount).sum()
    }

    /// Returns the client's balance after the sale; `before` is the balance now.
    pub fn balance_after(&self, before: Money) -> Money {
        before - self.spend + self.given()
    }

    /// Returns the client's `total_spent` after the sale; `before` is the one now.
    pub fn spent_after(&self, before: Money) -> Money {
        before + self.check.paid()
    }

    /// Returns the bonuses still to take from the account.
    pub fn spend(&self) -> Money {
        self.spend
    }

    /// Returns the moment when the bonuses of this sale expire; `None` if they never do.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Returns whether the sale may be paid from this lot.
    pub fn may_spend(&self, lot: &Lot, now: Timestamp) -> bool {
        lot.is_spendable(now, self.welcome_allowed)
    }

    /// Redeems and accrues bonuses in the account.
    ///
    /// # Errors
    /// [`LedgerFault`] if the account is not the one that the plan was made for.
    pub fn apply(
        &self,
        account: &mut Account,
        source: Source,
        now: Timestamp,
    ) -> Result<(), LedgerFault> {
        account.spend(self.spend, source, now, self.welcome_allowed)?;
        for accrual in &self.accruals {
            self.credit(account, accrual, source, now);
        }
        Ok(())
    }

    /// Gives the bonus for the invitation to `account`, the account of the client who invited the
    /// buyer.
    pub fn reward_referrer(&self, account: &mut Account, source: Source, now: Timestamp) {
        if let Some(referral) = &self.referral {
            self.credit(account, referral, source, now);
        }
    }

    fn credit(&self, account: &mut Account, accrual: &Accrual, source: Source, now: Timestamp) {
        account.credit(
            accrual.kind,
            accrual.amount,
            source,
            now,
            accrual.available_at,
            self.expires_at,
        );
    }
}

/// A flag of a document: it gives bonuses, or only takes them (`POST /cashier/redeem`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrue {
    /// The document is a sale.
    Yes,
    /// The document is only a redemption.
    No,
}

/// Computes the effect of a sale or a redemption on an account.
///
/// # Errors
/// The rule that the sale breaks.
pub fn plan(
    check: Check,
    account: &Account,
    history: &PurchaseHistory,
    terms: &Terms<'_>,
    accrue: Accrue,
    now: Timestamp,
) -> Result<SalePlan, Refusal> {
    account
        .figures(now)
        .check_redemption(check.redeem(), check.gross(), terms)?;
    Ok(planned(check, check.redeem(), history, terms, accrue, now))
}

/// Computes the effect of a sale on an account if an earlier redemption of the same sale has
/// already taken the bonuses. `took_welcome` is `true` if welcome bonuses were among them.
///
/// # Errors
/// The rule that the sale breaks. The sale may be below the minimum purchase, too small for so
/// many bonuses, or too small for welcome bonuses.
pub fn plan_after_redemption(
    check: Check,
    took_welcome: bool,
    history: &PurchaseHistory,
    terms: &Terms<'_>,
    now: Timestamp,
) -> Result<SalePlan, Refusal> {
    let minimum = terms.programme.min_purchase;
    if check.gross() < minimum {
        return Err(Refusal::BelowMinPurchase { minimum });
    }
    let max_redeem = check.gross().percent_floor(terms.max_redeem_percent);
    if check.redeem() > max_redeem {
        return Err(Refusal::OverRedeemLimit { max_redeem });
    }
    let minimum = terms.programme.welcome_min_redeem;
    if took_welcome && check.gross() < minimum {
        return Err(Refusal::WelcomeBelowMinimum {
            minimum,
            max_redeem: Money::ZERO,
        });
    }
    Ok(planned(
        check,
        Money::ZERO,
        history,
        terms,
        Accrue::Yes,
        now,
    ))
}

/// Computes the effect of a sale that the rules allow. `spend` is what is still to be taken from
/// the account.
pub(crate) fn planned(
    check: Check,
    spend: Money,
    history: &PurchaseHistory,
    terms: &Terms<'_>,
    accrue: Accrue,
    now: Timestamp,
) -> SalePlan {
    let programme = terms.programme;
    let available_at = now.plus_seconds(programme.redeem_hold_seconds);
    let accrual = |kind, amount: Money| {
        amount.is_positive().then_some(Accrual {
            kind,
            amount,
            available_at,
        })
    };
    let earned = match accrue {
        Accrue::No => Vec::new(),
        Accrue::Yes => vec![
            accrual(LotKind::Purchase, check.cashback(terms)),
            accrual(LotKind::Reactivation, reactivation(history, terms, now)),
            accrual(
                LotKind::SecondPurchase,
                second_purchase(history, terms, now),
            ),
        ],
    };
    let is_first = accrue == Accrue::Yes && history.count == 0;
    SalePlan {
        check,
        spend,
        accruals: earned.into_iter().flatten().collect(),
        referral: accrual(LotKind::Referral, programme.referral_bonus).filter(|_| is_first),
        welcome_allowed: welcome_allowed(check.gross(), terms),
        expires_at: expiry(terms, now),
    }
}

fn reactivation(history: &PurchaseHistory, terms: &Terms<'_>, now: Timestamp) -> Money {
    match history.last_at {
        Some(last) if is_reactivation(last, now, terms.programme) => {
            terms.programme.reactivation_bonus
        }
        _ => Money::ZERO,
    }
}

/// Returns whether a purchase at `at` comes after a pause that is long enough for the reactivation
/// bonus.
pub(crate) fn is_reactivation(last: Timestamp, at: Timestamp, programme: &Programme) -> bool {
    let days = programme.reactivation_days;
    days > 0 && last.plus_days(days) <= at
}

fn second_purchase(history: &PurchaseHistory, terms: &Terms<'_>, now: Timestamp) -> Money {
    match history.first_at {
        // If the first purchase was returned, the one that is left may be the second purchase,
        // which has already received this bonus.
        Some(first)
            if history.count == 1
                && !history.second_rewarded
                && is_second_in_time(first, now, terms.programme) =>
        {
            terms.programme.second_purchase_bonus
        }
        _ => Money::ZERO,
    }
}

/// Returns whether a second purchase at `at` comes soon enough after the first.
pub(crate) fn is_second_in_time(first: Timestamp, at: Timestamp, programme: &Programme) -> bool {
    let days = programme.second_purchase_days;
    days > 0 && at <= first.plus_days(days)
}
