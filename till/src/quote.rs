//! The figures that the screen shows before a sale is recorded. They follow the rules of
//! [`domain`], with the balances that the lookup has returned.

use cashier_api::answers::{ClientData, ProgrammeData};
use domain::sales::{Check, RedeemMode};
use domain::{BasisPoints, Figures, Money, Programme, Refusal, Terms};

/// The bonuses that the cashier wants to redeem.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Redeem {
    /// No bonuses.
    #[default]
    None,
    /// Half of the maximum, rounded down to a diram.
    Half,
    /// The maximum.
    Max,
    /// The amount typed by the cashier.
    Exact(Money),
}

/// The figures of a sale.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Quote {
    /// The price of all goods.
    pub gross: Money,
    /// The largest part of the sale that bonuses may pay.
    pub max_redeem: Money,
    /// The part that bonuses pay: the requested amount, but never more than the maximum.
    pub redeem: Money,
    /// The rest, to be paid with money.
    pub to_pay: Money,
    /// The cashback, without extra bonuses, which only the server knows.
    pub cashback: Money,
    /// The reason why the sale cannot be sent as it is.
    pub problem: Option<Problem>,
}

/// A reason why a sale cannot be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// No amount has been typed.
    NoAmount,
    /// The sale is below this minimum for clients.
    BelowMinimum(Money),
    /// More bonuses than this maximum were requested.
    OverMaximum(Money),
}

/// Makes the quote for a client about whom the server has not been asked. The client can redeem no
/// bonuses, but the programme's minimum applies.
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

/// Makes the quote for a sale of `gross`. Without a client it is a receipt, which has neither
/// bonuses nor a minimum.
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
        // The lookup is newer than the data of the session.
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
    // A refused redemption gives no price. Showing one would mislead the cashier.
    let redeem = match refused {
        None => asked,
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
