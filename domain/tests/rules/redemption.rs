//! The largest part of a sale that bonuses may pay.

use domain::sales::{self, Accrue, Check, PurchaseHistory, RedeemMode};
use domain::{Account, Figures, LotKind, Money, Refusal, Source, Terms};
use proptest::prelude::*;

use crate::strategies::{START, account, money, programme};

const ONE_DIRAM: Money = Money::from_dirams(1);

/// Returns all the state of an account as text, to compare two accounts.
fn state(account: &Account) -> String {
    format!("{account:?}")
}

/// Makes a sale of `gross` that redeems `redeem`, and returns the account after it.
fn sell(
    account: &Account,
    mode: RedeemMode,
    gross: Money,
    redeem: Money,
    terms: &Terms<'_>,
) -> Result<Account, Refusal> {
    let total = match mode {
        RedeemMode::PaymentType => gross,
        RedeemMode::Discount => gross - redeem,
    };
    let check = Check::new(mode, total, None, redeem)?;
    let history = PurchaseHistory::default();
    let plan = sales::plan(check, account, &history, terms, Accrue::No, START)?;
    let mut after = account.clone();
    plan.apply(&mut after, Source::default(), START)
        .expect("the lots hold the amount that the rules allow");
    Ok(after)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_maximum_is_accepted_and_one_diram_more_is_refused(
        account in account(),
        programme in programme(),
        gross in money(),
        mode in prop::sample::select(vec![RedeemMode::PaymentType, RedeemMode::Discount]),
    ) {
        let terms = programme.terms(Money::ZERO);
        let most = account.figures(START).max_redeem(gross, &terms);
        let before = state(&account);
        let over = sell(&account, mode, gross, most + ONE_DIRAM, &terms);
        prop_assert!(over.is_err());
        prop_assert_eq!(state(&account), before, "a refusal changes nothing");

        let sold = sell(&account, mode, gross, most, &terms);
        if gross < programme.min_purchase {
            prop_assert_eq!(most, Money::ZERO);
            let minimum = programme.min_purchase;
            prop_assert_eq!(sold.err(), Some(Refusal::BelowMinPurchase { minimum }));
        } else {
            let after = sold.expect("the maximum is accepted");
            prop_assert_eq!(after.balance(), account.balance() - most);
        }
    }

    #[test]
    fn the_maximum_is_within_the_share_and_the_redeemable_balance(
        account in account(),
        programme in programme(),
        gross in money(),
    ) {
        let terms = programme.terms(Money::ZERO);
        let figures = account.figures(START);
        let most = figures.max_redeem(gross, &terms);
        prop_assert!(most >= Money::ZERO);
        prop_assert!(most <= figures.redeemable);
        let hundredths_of_percents = most.dirams() * 10_000;
        prop_assert!(hundredths_of_percents <= gross.dirams() * terms.max_redeem_percent.get());
    }

    #[test]
    fn bonuses_that_cover_a_debt_cannot_be_spent(account in account()) {
        let figures = account.figures(START);
        let free = (figures.bonus_balance - figures.held).or_zero();
        prop_assert_eq!(figures.redeemable, free);
    }

    #[test]
    fn a_bigger_check_never_allows_less(
        account in account(),
        programme in programme(),
        gross in money(),
        more in money(),
    ) {
        let terms = programme.terms(Money::ZERO);
        let figures = account.figures(START);
        let (small, big) = (figures.max_redeem(gross, &terms), figures.max_redeem(gross + more, &terms));
        prop_assert!(small <= big);
    }

    #[test]
    fn a_till_computes_the_maximum_from_the_balances_of_a_lookup(
        account in account(),
        programme in programme(),
        gross in money(),
    ) {
        let terms = programme.terms(Money::ZERO);
        let figures = account.figures(START);
        let shown = Figures::shown(
            figures.bonus_balance,
            figures.held,
            figures.redeemable,
            figures.welcome,
        );
        let mut welcome = account.lots().iter().filter(|lot| lot.kind == LotKind::Welcome);
        if welcome.any(|lot| lot.is_held(START)) {
            // No programme gives held welcome lots. With one, the till would show a smaller
            // maximum, never a larger one.
            prop_assert!(shown.max_redeem(gross, &terms) <= figures.max_redeem(gross, &terms));
        } else {
            prop_assert_eq!(shown, figures);
        }
    }

    #[test]
    fn an_expired_lot_is_gone_before_the_nightly_sweep(
        account in account(),
        programme in programme(),
        gross in money(),
    ) {
        let terms = programme.terms(Money::ZERO);
        let mut swept = account.clone();
        swept.expire(START);
        prop_assert_eq!(swept.figures(START), account.figures(START));
        let most = account.figures(START).max_redeem(gross, &terms);
        if let Ok(after) = sell(&account, RedeemMode::PaymentType, gross, most, &terms) {
            for (lot, then) in account.lots().iter().zip(after.lots()) {
                prop_assert!(lot.remaining == then.remaining || !lot.is_expired(START));
                prop_assert!(lot.remaining == then.remaining || !lot.is_held(START));
            }
        }
    }

    #[test]
    fn a_refusal_names_the_maximum_and_the_rule(
        account in account(),
        programme in programme(),
        gross in money(),
        over in money(),
    ) {
        let terms = programme.terms(Money::ZERO);
        let gross = gross.max(programme.min_purchase);
        let figures = account.figures(START);
        let most = figures.max_redeem(gross, &terms);
        let asked = most + over;
        let limit = gross.percent_floor(terms.max_redeem_percent);
        let named = match figures.check_redemption(asked, gross, &terms) {
            Err(Refusal::InsufficientBonuses { max_redeem }) => {
                prop_assert!(asked > figures.bonus_balance);
                max_redeem
            }
            Err(Refusal::BonusesOnHold { max_redeem }) => {
                prop_assert!(figures.redeemable < asked && asked <= figures.bonus_balance);
                max_redeem
            }
            Err(Refusal::OverRedeemLimit { max_redeem }) => {
                prop_assert!(limit < asked && asked <= figures.redeemable);
                max_redeem
            }
            Err(Refusal::WelcomeBelowMinimum { max_redeem, minimum }) => {
                prop_assert!(gross < minimum && asked <= figures.redeemable && asked <= limit);
                prop_assert!(figures.welcome.is_positive());
                max_redeem
            }
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        prop_assert_eq!(named, most);
    }
}
