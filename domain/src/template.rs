//! The programmes with which a new store may begin. Its owner changes them later.

use crate::money::BasisPoints;
use crate::programme::Programme;

/// A programme for a new store, by its cashback. Bonuses can be spent at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// 3 %, and bonuses pay up to 30 % of a sale: for shops with a small margin.
    Three,
    /// 5 %, and bonuses pay up to 30 % of a sale.
    Five,
    /// 10 %, and bonuses pay up to 50 % of a sale: for services and clothes.
    Ten,
}

impl Template {
    /// Every template, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Three, Self::Five, Self::Ten];

    /// Returns the text that forms send.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Three => "three",
            Self::Five => "five",
            Self::Ten => "ten",
        }
    }

    /// Returns the template with this text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|template| template.as_str() == text)
    }

    /// Returns the settings. What the template does not name is as in [`Programme::default`].
    pub fn programme(self) -> Programme {
        let (cashback, limit) = match self {
            Self::Three => (3, 30),
            Self::Five => (5, 30),
            Self::Ten => (10, 50),
        };
        Programme {
            bonus_percent: BasisPoints::from_percent(cashback),
            max_redeem_percent: BasisPoints::from_percent(limit),
            redeem_hold_seconds: 0,
            ..Programme::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_a_programme_that_a_store_may_have() {
        for template in Template::ALL {
            assert_eq!(Template::parse(template.as_str()), Some(template));
            let programme = template.programme();
            assert!(programme.check().is_ok(), "{template:?}");
            assert_eq!(programme.redeem_hold_seconds, 0);
            assert!(programme.bonus_percent < programme.max_redeem_percent);
        }
    }
}
