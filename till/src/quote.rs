//! What the screen may say of a check before the server is asked. The rules are those of [`domain`],
//! on the balances that the lookup has shown.

use cashier_api::answers::{ClientData, ProgrammeData};
use domain::sales::{Check, RedeemMode};
use domain::{BasisPoints, Figures, Money, Programme, Refusal, Terms};

/// How many bonuses the cashier wants off the check.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Redeem {
    /// None.
    #[default]
    None,
    /// Half of what may be, rounded down to a diram.
    Half,
    /// All that may be.
    Max,
    /// As typed.
    Exact(Money),
}

/// What a check comes to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Quote {
    /// The whole check.
    pub gross: Money,
    /// The most that bonuses may pay of it.
    pub max_redeem: Money,
    /// What they pay: as asked, and never over the maximum.
    pub redeem: Money,
    /// What is left to pay with money.
    pub to_pay: Money,
    /// The cashback for it, without extras that only the server knows.
    pub cashback: Money,
    /// Why it cannot be sent as it is.
    pub problem: Option<Problem>,
}

/// Why a check cannot be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// Nothing has been typed.
    NoAmount,
    /// A client's check must be at least this.
    BelowMinimum(Money),
    /// More bonuses were asked for than this.
    OverMaximum(Money),
}

/// The quote for a check of `gross` by a client whom the server has not been asked about: no bonuses, but the
/// programme's minimum.
pub fn quote_unverified(programme: &ProgrammeData, gross: Money) -> Quote {
    let receipt = quote(programme, None, gross, Redeem::None);
    let programme = Programme::from(programme);
    let terms = programme.terms(Money::ZERO);
    let refused = Figures::default().check_redemption(Money::ZERO, gross, &terms);
    let below = match refused {
        Err(Refusal::BelowMinPurchase { minimum }) => Some(Problem::BelowMinimum(minimum)),
        _ => None,
    };
    Quote {
        problem: receipt.problem.or(below),
        ..receipt
    }
}

/// The quote for a check of `gross`. Without a client it is a receipt, which has neither bonuses nor a
/// minimum.
pub fn quote(
    programme: &ProgrammeData,
    client: Option<&ClientData>,
    gross: Money,
    redeem: Redeem,
) -> Quote {
    let no_amount = (!gross.is_positive()).then_some(Problem::NoAmount);
    let Some(client) = client else {
        return Quote {
            gross,
            to_pay: gross,
            problem: no_amount,
            ..Quote::default()
        };
    };
    let programme = Programme {
        // The lookup is younger than the session.
        min_purchase: client.loyalty.min_purchase_amount.0,
        ..Programme::from(programme)
    };
    let terms = Terms {
        programme: &programme,
        tier: None,
        bonus_percent: client.loyalty.bonus_percent.0,
        max_redeem_percent: client.loyalty.max_redeem_percent.0,
    };
    let figures = Figures::shown(
        client.bonus_balance.0,
        client.held_balance.0,
        client.redeemable_balance.0,
        client.welcome_bonus_balance.0,
    );
    let max_redeem = figures.max_redeem(gross, &terms);
    let asked = match redeem {
        Redeem::None => Money::ZERO,
        Redeem::Half => max_redeem.percent_floor(BasisPoints::from_percent(50)),
        Redeem::Max => max_redeem,
        Redeem::Exact(amount) => amount.or_zero(),
    };
    let refused = match figures.check_redemption(asked, gross, &terms) {
        Ok(()) => None,
        Err(Refusal::BelowMinPurchase { minimum }) => Some(Problem::BelowMinimum(minimum)),
        Err(_) => Some(Problem::OverMaximum(max_redeem)),
    };
    // What is refused has no price yet: nobody reads one that it will not come to.
    let redeem = match refused {
        None => asked.min(max_redeem),
        Some(_) => Money::ZERO,
    };
    let check = Check::new(RedeemMode::PaymentType, gross, None, redeem).ok();
    Quote {
        gross,
        max_redeem,
        redeem,
        to_pay: check.map_or(gross, |check| check.paid()),
        cashback: check
            .filter(|_| refused.is_none())
            .map_or(Money::ZERO, |check| check.cashback(&terms)),
        problem: no_amount.or(refused),
    }
}
