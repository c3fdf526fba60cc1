//! What a check does to a client's account: redeem, then accrue (seed, the order of the backend).

pub use crate::check::{Check, CheckSums, RedeemMode};

use crate::account::{Account, LedgerFault};
use crate::entry::{Lot, LotKind, Source};
use crate::expiry::expiry;
use crate::figures::welcome_allowed;
use crate::money::Money;
use crate::programme::{Programme, Terms};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// What the store knows of a client's purchases before this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PurchaseHistory {
    /// Purchases kept, whole returns deducted.
    pub count: i64,
    /// The first one.
    pub first_at: Option<Timestamp>,
    /// The last one.
    pub last_at: Option<Timestamp>,
    /// The second-purchase bonus was given and has not been taken back.
    pub second_rewarded: bool,
}

/// A purchase of which the client keeps at least a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptPurchase {
    /// The sale; a later one has a greater number.
    pub sale_id: i64,
    /// When it was made.
    pub at: Timestamp,
}

impl PurchaseHistory {
    /// The history of a client who keeps `purchases`, in the order they were made.
    pub fn of(purchases: &[KeptPurchase], second_rewarded: bool) -> Self {
        Self {
            count: i64::try_from(purchases.len()).unwrap_or(i64::MAX),
            first_at: purchases.first().map(|purchase| purchase.at),
            last_at: purchases.last().map(|purchase| purchase.at),
            second_rewarded,
        }
    }

    /// The history of the same client after the purchase that `plan` records at `now`.
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

/// Bonuses that a sale gives its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accrual {
    /// What for.
    pub kind: LotKind,
    /// How much.
    pub amount: Money,
    /// When it can be spent.
    pub available_at: Timestamp,
}

/// A sale that the rules allow, ready to be recorded and applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalePlan {
    /// The check.
    pub check: Check,
    /// Cashback and extras, without the empty ones. The referral bonus is another client's.
    pub accruals: Vec<Accrual>,
    /// What the one who invited the client earns by this sale, if there is one.
    pub referral: Option<Accrual>,
    /// What is still to be taken: nothing if a redemption of this check has taken it.
    spend: Money,
    welcome_allowed: bool,
    expires_at: Option<Timestamp>,
}

impl SalePlan {
    /// The cashback, without extras: `bonus_accrued` of the answer.
    pub fn cashback(&self) -> Money {
        self.accruals
            .iter()
            .filter(|accrual| accrual.kind == LotKind::Purchase)
            .map(|accrual| accrual.amount)
            .sum()
    }

    /// Everything that the sale gives its client, extras included.
    pub fn given(&self) -> Money {
        self.accruals.iter().map(|accrual| accrual.amount).sum()
    }

    /// The client's balance after the sale, if it is `before` now.
    pub fn balance_after(&self, before: Money) -> Money {
        before - self.spend + self.given()
    }

    /// What the client has spent after the sale, if it is `before` now.
    pub fn spent_after(&self, before: Money) -> Money {
        before + self.check.paid()
    }

    /// The bonuses that are still to be taken from the account.
    pub fn spend(&self) -> Money {
        self.spend
    }

    /// When the bonuses of this sale end.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Whether the check may be paid from this lot.
    pub fn may_spend(&self, lot: &Lot, now: Timestamp) -> bool {
        lot.is_spendable(now, self.welcome_allowed)
    }

    /// Redeems and accrues.
    ///
    /// # Errors
    /// [`LedgerFault`] where the account is not the one the plan was made for.
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

    /// Gives the one who invited the client what they earn by this sale.
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

/// Whether a check gives bonuses, or only takes them (`POST /cashier/redeem`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrue {
    /// A sale.
    Yes,
    /// A redemption alone.
    No,
}

/// Decides what a check does to an account.
///
/// # Errors
/// The rule it breaks.
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

/// Decides what a check does to an account from which a redemption of the same check has already taken
/// its bonuses, welcome bonuses among them or not.
///
/// # Errors
/// The rule it breaks: too small a check, or too small a one for those bonuses.
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

fn planned(
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

/// Whether a purchase at `at` ends the pause after which a client counts as gone.
pub(crate) fn is_reactivation(last: Timestamp, at: Timestamp, programme: &Programme) -> bool {
    let days = programme.reactivation_days;
    days > 0 && last.plus_days(days) <= at
}

fn second_purchase(history: &PurchaseHistory, terms: &Terms<'_>, now: Timestamp) -> Money {
    match history.first_at {
        // If the first purchase was brought back, the one kept may be the rewarded second.
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

/// Whether a second purchase at `at` comes soon enough after the first.
pub(crate) fn is_second_in_time(first: Timestamp, at: Timestamp, programme: &Programme) -> bool {
    let days = programme.second_purchase_days;
    days > 0 && at <= first.plus_days(days)
}
