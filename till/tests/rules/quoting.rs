//! Tests that a sale does what the screen has shown before it.

use cashier_api::answers::ProgrammeData;
use domain::sales::{self, Accrue, Check, PurchaseHistory, RedeemMode};
use domain::{BasisPoints, Money, Programme, Terms};
use proptest::prelude::*;
use till::quote::{Problem, Quote, Redeem, quote};

use crate::strategies::{NOW, account, client, money, programme};

fn redeem() -> impl Strategy<Value = Redeem> {
    prop_oneof![
        Just(Redeem::None),
        Just(Redeem::Half),
        Just(Redeem::Max),
        money().prop_map(Redeem::Exact),
    ]
}

/// Makes terms that a tier has changed.
fn terms(programme: &Programme, bonus: i64, limit: i64) -> Terms<'_> {
    Terms {
        bonus_percent: BasisPoints::new(bonus),
        max_redeem_percent: BasisPoints::new(limit),
        ..programme.terms(Money::ZERO)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_sale_does_what_was_quoted(
        account in account(),
        programme in programme(),
        (bonus, limit) in (0..=10_000_i64, 0..=10_000_i64),
        gross in money(),
        redeem in redeem(),
    ) {
        let terms = terms(&programme, bonus, limit);
        let shown = client(&account.figures(NOW), &terms);
        let said = quote(&ProgrammeData::from(&programme), Some(&shown), gross, redeem);
        prop_assert_eq!(said.gross, gross);
        prop_assert_eq!(said.to_pay, gross - said.redeem);
        prop_assert!(said.redeem >= Money::ZERO && said.redeem <= said.max_redeem);

        let asked = match redeem {
            Redeem::Exact(amount) => amount,
            _ => said.redeem,
        };
        let history = PurchaseHistory::default();
        let sold = Check::new(RedeemMode::PaymentType, gross, None, asked)
            .and_then(|check| sales::plan(check, &account, &history, &terms, Accrue::Yes, NOW));
        match said.problem {
            None => {
                let sold = sold.expect("a quote without a problem can be sold");
                prop_assert_eq!(sold.check.redeem(), said.redeem);
                prop_assert_eq!(sold.check.paid(), said.to_pay);
                prop_assert_eq!(sold.cashback(), said.cashback);
            }
            Some(Problem::NoAmount) => prop_assert_eq!(gross, Money::ZERO),
            Some(Problem::BelowMinimum(minimum)) => {
                prop_assert!(gross < minimum && sold.is_err());
                prop_assert_eq!(said.cashback, Money::ZERO);
            }
            Some(Problem::OverMaximum(maximum)) => {
                prop_assert!(asked > maximum && sold.is_err());
                prop_assert_eq!(maximum, said.max_redeem);
                // A refused redemption gives no price.
                prop_assert_eq!((said.redeem, said.to_pay, said.cashback), (Money::ZERO, gross, Money::ZERO));
            }
        }
    }

    #[test]
    fn half_is_rounded_down_and_the_maximum_is_all(
        account in account(),
        programme in programme(),
        gross in money(),
    ) {
        let shown = client(&account.figures(NOW), &programme.terms(Money::ZERO));
        let data = ProgrammeData::from(&programme);
        let said = |redeem| quote(&data, Some(&shown), gross, redeem);
        let (half, most) = (said(Redeem::Half).redeem, said(Redeem::Max).redeem);
        prop_assert_eq!(most, said(Redeem::None).max_redeem);
        prop_assert_eq!(half.dirams(), most.dirams() / 2);
        prop_assert_eq!(said(Redeem::None).redeem, Money::ZERO);
    }

    #[test]
    fn without_a_client_there_is_only_the_amount(
        programme in programme(),
        gross in money(),
        redeem in redeem(),
    ) {
        let said = quote(&ProgrammeData::from(&programme), None, gross, redeem);
        let problem = gross.is_zero().then_some(Problem::NoAmount);
        prop_assert_eq!(said, Quote { gross, to_pay: gross, problem, ..Quote::default() });
    }
}

#[test]
fn the_seed_s_example_of_the_limit_is_quoted() {
    use domain::{Account, Lot, LotKind};
    let programme = Programme::default();
    let lot = Lot {
        seq: 1,
        kind: LotKind::Purchase,
        amount: Money::from_somoni(200),
        remaining: Money::from_somoni(200),
        available_at: NOW,
        expires_at: None,
        sale_id: None,
    };
    let account = Account::new(lot.remaining, Money::ZERO, 1, vec![lot]);
    let shown = client(&account.figures(NOW), &programme.terms(Money::ZERO));
    let data = ProgrammeData::from(&programme);
    let somoni = Money::from_somoni;
    let said = |gross, redeem| quote(&data, Some(&shown), gross, redeem);
    assert_eq!(
        said(somoni(500), Redeem::Max),
        Quote {
            gross: somoni(500),
            max_redeem: somoni(150),
            redeem: somoni(150),
            to_pay: somoni(350),
            cashback: Money::from_dirams(1_750),
            problem: None,
        }
    );
    let over = said(somoni(500), Redeem::Exact(somoni(151)));
    assert_eq!(over.problem, Some(Problem::OverMaximum(somoni(150))));
    let small = said(somoni(9), Redeem::Max);
    assert_eq!(small.problem, Some(Problem::BelowMinimum(somoni(10))));
    assert_eq!((small.to_pay, small.cashback), (somoni(9), Money::ZERO));
}

#[test]
fn the_minimum_of_the_lookup_overrides_that_of_the_session() {
    let programme = Programme::default();
    let younger = Programme {
        min_purchase: Money::from_somoni(50),
        ..Programme::default()
    };
    let shown = client(&domain::Figures::default(), &younger.terms(Money::ZERO));
    let said = quote(
        &ProgrammeData::from(&programme),
        Some(&shown),
        Money::from_somoni(20),
        Redeem::None,
    );
    assert_eq!(
        said.problem,
        Some(Problem::BelowMinimum(Money::from_somoni(50)))
    );
}
