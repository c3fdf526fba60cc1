//! Sample sales that show what a programme gives.

use crate::check::{Check, RedeemMode};
use crate::money::Money;
use crate::programme::Programme;

/// A sale to a client without a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The price of all goods.
    pub gross: Money,
    /// The bonuses that the client wants to pay with.
    pub redeem: Money,
}

/// A small sale, an ordinary one, and a large one that is partly paid with bonuses.
pub const SAMPLES: [Sample; 3] = [
    Sample {
        gross: Money::from_somoni(25),
        redeem: Money::ZERO,
    },
    Sample {
        gross: Money::from_somoni(350),
        redeem: Money::ZERO,
    },
    Sample {
        gross: Money::from_somoni(1_000),
        redeem: Money::from_somoni(45),
    },
];

impl Sample {
    /// Returns the cashback of the sale under a programme. Bonuses above the limit are not taken.
    pub fn cashback(&self, programme: &Programme) -> Money {
        if self.gross < programme.min_purchase {
            return Money::ZERO;
        }
        let terms = programme.terms(Money::ZERO);
        let limit = self.gross.percent_floor(terms.max_redeem_percent);
        Check::recorded(RedeemMode::PaymentType, self.gross, self.gross, self.redeem)
            .cut_to(limit)
            .cashback(&terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::BasisPoints;

    #[test]
    fn samples_follow_the_programme() {
        let given =
            |programme: &Programme| SAMPLES.map(|sample| sample.cashback(programme).to_string());
        let programme = Programme::default();
        assert_eq!(given(&programme), ["1.25", "17.5", "47.75"]);
        let other = Programme {
            bonus_percent: BasisPoints::from_percent(6),
            min_purchase: Money::from_somoni(30),
            max_redeem_percent: BasisPoints::from_percent(1),
            ..programme
        };
        assert_eq!(given(&other), ["0", "21", "59.4"]);
    }
}
