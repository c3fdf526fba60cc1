//! The examples of the seed, with its exact numbers.

use domain::returns::{self, ReturnRequest, ReturnedSale};
use domain::rewards::Reward;
use domain::sales::{self, Accrue, Check, PurchaseHistory, RedeemMode};
use domain::{
    Account, AccrualBase, EntryKind, LotKind, Money, Programme, Refusal, ReturnBalance, Source,
    Timestamp,
};

use crate::strategies::{DAY_SECONDS, START};

const SALE: Source = Source {
    sale_id: Some(1),
    return_id: None,
    act_id: None,
};
const RETURN: Source = Source {
    sale_id: Some(1),
    return_id: Some(1),
    act_id: None,
};

fn somoni(somoni: i64) -> Money {
    Money::from_somoni(somoni)
}

/// Makes an account in which each of `credits` is available since [`START`].
fn account(credits: &[(LotKind, i64)]) -> Account {
    let mut account = Account::new(Money::ZERO, Money::ZERO, 0, Vec::new());
    for (kind, amount) in credits {
        account.credit(
            *kind,
            somoni(*amount),
            Source::default(),
            START,
            START,
            None,
        );
    }
    account
}

fn sell(
    account: &mut Account,
    check: Check,
    programme: &Programme,
    now: Timestamp,
) -> Result<sales::SalePlan, Refusal> {
    let terms = programme.terms(Money::ZERO);
    let history = PurchaseHistory::default();
    let plan = sales::plan(check, account, &history, &terms, Accrue::Yes, now)?;
    plan.apply(account, SALE, now).unwrap();
    Ok(plan)
}

#[test]
fn a_check_of_1000_with_45_bonuses_earns_by_mode_and_base() {
    use AccrualBase::{Gross, NetCash};
    use RedeemMode::{Discount, PaymentType};
    for (mode, total, gross, base, cashback) in [
        (PaymentType, 1000, None, NetCash, "47.75"),
        (PaymentType, 1000, None, Gross, "50"),
        (Discount, 955, Some(1000), NetCash, "47.75"),
        (Discount, 955, Some(1000), Gross, "50"),
        (Discount, 955, None, NetCash, "47.75"),
        (Discount, 955, None, Gross, "50"),
    ] {
        let programme = Programme {
            accrual_base: base,
            ..Programme::default()
        };
        let mut account = account(&[(LotKind::Manual, 45)]);
        let check = Check::new(mode, somoni(total), gross.map(somoni), somoni(45)).unwrap();
        let plan = sell(&mut account, check, &programme, START).unwrap();
        assert_eq!(check.gross(), somoni(1000));
        assert_eq!(check.paid(), somoni(955));
        assert_eq!(plan.cashback().to_string(), cashback, "{mode:?} {base:?}");
        let figures = account.figures(START);
        assert_eq!(figures.bonus_balance, plan.cashback());
        assert_eq!(
            (figures.held, figures.redeemable),
            (plan.cashback(), Money::ZERO)
        );
        assert_eq!(
            plan.accruals[0].available_at,
            START.plus_seconds(DAY_SECONDS)
        );
        assert_eq!(plan.expires_at(), Some(START.plus_days(180)));
    }
}

#[test]
fn a_check_of_200_with_50_bonuses_leaves_107_and_a_half() {
    let mut account = account(&[(LotKind::Manual, 150)]);
    let check = Check::new(RedeemMode::PaymentType, somoni(200), None, somoni(50)).unwrap();
    let plan = sell(&mut account, check, &Programme::default(), START).unwrap();
    assert_eq!(plan.cashback().to_string(), "7.5");
    assert_eq!(account.figures(START).bonus_balance.to_string(), "107.5");
}

#[test]
fn the_percent_limits_the_check_and_never_the_balance() {
    for (available, check, most) in [(40, 500, 40), (200, 500, 150), (120, 200, 60), (120, 9, 0)] {
        let programme = Programme::default();
        let figures = account(&[(LotKind::Manual, available)]).figures(START);
        let terms = programme.terms(Money::ZERO);
        assert_eq!(figures.max_redeem(somoni(check), &terms), somoni(most));
    }
}

#[test]
fn a_refusal_has_the_code_of_the_broken_rule() {
    let programme = Programme {
        welcome_min_redeem: somoni(100),
        ..Programme::default()
    };
    let terms = programme.terms(Money::ZERO);
    let mut account = account(&[(LotKind::Manual, 10), (LotKind::Welcome, 15)]);
    let tomorrow = START.plus_days(1);
    account.credit(LotKind::Purchase, somoni(100), SALE, START, tomorrow, None);
    for (check, redeem, code) in [
        (9, 0, "below_min_purchase"),
        (90, 126, "insufficient_bonuses"),
        (90, 26, "bonuses_on_hold"),
        (50, 16, "over_redeem_limit"),
        (90, 11, "welcome_below_minimum"),
        (90, 10, "accepted"),
        (100, 25, "accepted"),
    ] {
        let figures = account.figures(START);
        let answer = figures.check_redemption(somoni(redeem), somoni(check), &terms);
        let outcome = answer.as_ref().map_or_else(Refusal::code, |()| "accepted");
        assert_eq!(outcome, code, "{redeem} of {check}");
    }
}

#[test]
fn a_check_that_contradicts_itself_names_the_field() {
    use RedeemMode::{Discount, PaymentType};
    for (mode, total, gross, redeem, field) in [
        (PaymentType, 100, None, 101, "bonus_redeem_amount"),
        (PaymentType, 100, Some(99), 0, "gross_amount"),
        (Discount, 100, Some(99), 0, "gross_amount"),
        (Discount, 955, Some(1_000_000), 45, "gross_amount"),
        (Discount, 955, Some(999), 45, "gross_amount"),
    ] {
        let check = Check::new(mode, somoni(total), gross.map(somoni), somoni(redeem));
        let Err(Refusal::Invalid(fields)) = check else {
            panic!("{check:?}");
        };
        assert_eq!(
            fields.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            [field]
        );
    }
}

#[test]
fn the_soonest_to_expire_is_spent_first_and_then_the_oldest() {
    let mut account = account(&[]);
    for (amount, days) in [
        (10, None),
        (20, Some(30)),
        (30, Some(10)),
        (40, Some(30)),
        (50, Some(0)),
    ] {
        let until = days.map(|days| START.plus_days(days));
        account.credit(
            LotKind::Manual,
            somoni(amount),
            Source::default(),
            START,
            START,
            until,
        );
    }
    account.spend(somoni(65), SALE, START, true).unwrap();
    let left = [1, 2, 3, 4, 5].map(|seq| account.lot(seq).unwrap().remaining);
    assert_eq!(left, [10, 0, 0, 25, 50].map(somoni));
}

#[test]
fn the_gross_of_a_discount_may_differ_by_the_rounding_of_lines() {
    let check = |gross| {
        let gross = Some(Money::from_dirams(gross));
        Check::new(RedeemMode::Discount, somoni(955), gross, somoni(45))
    };
    for gross in [99_995, 100_000, 100_005] {
        let gross_of = check(gross).map(|check| check.gross().dirams());
        assert_eq!(gross_of, Ok(gross));
    }
    for gross in [99_994, 100_006] {
        assert!(check(gross).is_err());
    }
}

/// Returns the sale in the seed's example of a return: 1000 paid, 50 earned.
fn sale_of_1000() -> ReturnedSale {
    ReturnedSale {
        total: somoni(1000),
        gross: somoni(1000),
        paid: somoni(1000),
        accrued: somoni(50),
        ..ReturnedSale::default()
    }
}

fn return_of_1000(cash: i64, shortage_settled: bool) -> ReturnRequest {
    ReturnRequest {
        return_amount: Some(somoni(1000)),
        cash_refund: Some(somoni(cash)),
        shortage_settled,
        ..ReturnRequest::default()
    }
}

#[test]
fn a_return_takes_the_cashback_back() {
    let mut account = account(&[(LotKind::Manual, 150)]);
    let sale = sale_of_1000();
    let enough = ReturnBalance {
        available: somoni(150),
        to_revoke: somoni(50),
        cash_due: Some(somoni(1000)),
    };
    let request = return_of_1000(1000, false);
    assert_eq!(
        returns::calculate(&request, Some(&sale), &account, START),
        Ok(enough)
    );
    let plan = returns::plan(&request, Some(&sale), &account, START).unwrap();
    plan.apply(&mut account, &[], RETURN, START, None).unwrap();
    assert_eq!(
        (plan.cash_refund, plan.settled),
        (somoni(1000), Money::ZERO)
    );
    assert_eq!(account.figures(START).bonus_balance, somoni(100));
}

#[test]
fn a_shortage_goes_below_zero_and_is_settled_in_cash() {
    let mut account = account(&[]);
    let sale = sale_of_1000();
    let shortage = ReturnBalance {
        available: Money::ZERO,
        to_revoke: somoni(50),
        cash_due: Some(somoni(1000)),
    };
    let plan =
        |cash, settled| returns::plan(&return_of_1000(cash, settled), Some(&sale), &account, START);
    assert_eq!(plan(950, false), Err(Refusal::ReturnShortage(shortage)));
    assert_eq!(
        plan(1000, true),
        Err(Refusal::OverRefund { limit: somoni(950) })
    );
    let plan = plan(950, true).unwrap();
    assert_eq!(plan.revocation.shortage(), somoni(50));
    assert_eq!(plan.settled, somoni(50));

    plan.apply(&mut account, &[], RETURN, START, None).unwrap();
    let steps: Vec<_> = account
        .new_entries()
        .iter()
        .map(|entry| (entry.kind, entry.amount))
        .collect();
    assert_eq!(
        steps,
        [
            (EntryKind::Revoke, -somoni(50)),
            (EntryKind::Credit(LotKind::Settlement), somoni(50)),
        ]
    );
    assert_eq!(
        (account.balance(), account.debt()),
        (Money::ZERO, Money::ZERO)
    );
}

#[test]
fn more_shortage_than_cash_stays_a_debt() {
    // The client got 50 for a sale of 20 and has spent them. 20 can be withheld, 30 stay a debt.
    let sale = ReturnedSale {
        total: somoni(20),
        gross: somoni(20),
        paid: somoni(20),
        lost_rewards: vec![Reward {
            kind: LotKind::SecondPurchase,
            sale_id: 1,
            due: somoni(50),
        }],
        ..ReturnedSale::default()
    };
    let mut account = account(&[]);
    let request = ReturnRequest {
        shortage_settled: true,
        ..ReturnRequest::default()
    };
    let plan = returns::plan(&request, Some(&sale), &account, START).unwrap();
    assert_eq!((plan.cash_refund, plan.settled), (Money::ZERO, somoni(20)));
    plan.apply(&mut account, &[], RETURN, START, None).unwrap();
    assert_eq!(
        (account.balance(), account.debt()),
        (-somoni(30), somoni(30))
    );
    account.credit(
        LotKind::Manual,
        somoni(40),
        Source::default(),
        START,
        START,
        None,
    );
    assert_eq!(account.figures(START).redeemable, somoni(10));
}

#[test]
fn a_referral_bonus_already_spent_is_taken_back_as_debt() {
    let mut inviter = account(&[(LotKind::Referral, 25)]);
    let elsewhere = Source {
        sale_id: Some(2),
        return_id: None,
        act_id: None,
    };
    inviter.spend(somoni(25), elsewhere, START, true).unwrap();
    inviter
        .revoke(somoni(25), |_| false, RETURN, START)
        .unwrap();
    assert_eq!(
        (inviter.balance(), inviter.debt()),
        (-somoni(25), somoni(25))
    );
    assert_eq!(inviter.figures(START).redeemable, Money::ZERO);
}

#[test]
fn a_revocation_takes_the_held_lot_of_the_sale_before_others() {
    let mut account = account(&[(LotKind::Manual, 30)]);
    let tomorrow = START.plus_days(1);
    account.credit(LotKind::Purchase, somoni(50), SALE, START, tomorrow, None);
    account
        .revoke(somoni(60), |lot| lot.sale_id == SALE.sale_id, RETURN, START)
        .unwrap();
    let left = [1, 2].map(|seq| account.lot(seq).unwrap().remaining);
    assert_eq!(left, [somoni(20), Money::ZERO]);
}

#[test]
fn bonuses_of_an_expired_lot_come_back_as_a_new_lot() {
    let mut account = account(&[]);
    let ends = START.plus_days(10);
    account.credit(
        LotKind::Manual,
        somoni(40),
        Source::default(),
        START,
        START,
        Some(ends),
    );
    account.spend(somoni(40), SALE, START, true).unwrap();
    let part = returns::parts_to_restore(
        [domain::RestoredPart {
            lot_seq: 1,
            amount: somoni(40),
            moved: None,
        }],
        Money::ZERO,
        somoni(15),
    );
    let in_time = START.plus_days(9);
    account
        .restore(&part, RETURN, in_time, Some(in_time.plus_days(180)))
        .unwrap();
    assert_eq!(account.lot(1).unwrap().remaining, somoni(15));
    account
        .restore(&part, RETURN, ends, Some(ends.plus_days(180)))
        .unwrap();
    let lot = account
        .lots()
        .iter()
        .find(|lot| lot.kind == LotKind::Restore)
        .unwrap();
    assert_eq!(
        (lot.remaining, lot.expires_at),
        (somoni(15), Some(ends.plus_days(180)))
    );
    assert_eq!(account.figures(ends).redeemable, somoni(15));
}
