//! Generators of random programmes, accounts and sales, shared by the tests.

use domain::returns::ReturnedSale;
use domain::rewards::Reward;
use domain::{Account, AccrualBase, BasisPoints, Lot, LotKind, Money, Programme, Tier, Timestamp};
use proptest::prelude::*;

pub(crate) const DAY_SECONDS: i64 = 86_400;

/// The moment at which tests begin: late enough to have moments before it.
pub(crate) const START: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

/// Generates sums of every size, including small ones that rounding affects most.
pub(crate) fn dirams() -> impl Strategy<Value = i64> {
    prop_oneof![1..=20_i64, 1..=10_000_i64, 1..=2_000_000_i64]
}

pub(crate) fn money() -> impl Strategy<Value = Money> {
    dirams().prop_map(Money::from_dirams)
}

/// Generates sums that are often zero.
fn bonus() -> impl Strategy<Value = Money> {
    prop_oneof![Just(Money::ZERO), money()]
}

fn rate() -> impl Strategy<Value = BasisPoints> {
    prop_oneof![
        Just(500),
        Just(3_000),
        Just(0),
        Just(10_000),
        0..=10_000_i64
    ]
    .prop_map(BasisPoints::new)
}

fn tier() -> impl Strategy<Value = Tier> {
    let own_rate = || prop::option::of(rate());
    (1..=9_i64, money(), own_rate(), own_rate()).prop_map(
        |(id, from_spent, bonus_percent, max_redeem_percent)| Tier {
            id,
            name: String::new(),
            color: String::new(),
            from_spent,
            bonus_percent,
            max_redeem_percent,
        },
    )
}

pub(crate) fn programme() -> impl Strategy<Value = Programme> {
    let rates = (
        rate(),
        rate(),
        prop::sample::select(vec![AccrualBase::NetCash, AccrualBase::Gross]),
        prop::option::of(tier()),
    );
    let terms = (
        prop::sample::select(vec![0, 1, DAY_SECONDS, 40 * DAY_SECONDS]),
        prop::sample::select(vec![0, 1, 30, 180]),
        prop::sample::select(vec![0, 30]),
        prop::sample::select(vec![0, 60]),
    );
    let minimums = (bonus(), bonus()).prop_map(|(purchase, welcome)| {
        // Minimums that most sales reach, so that the rules after them are tested too.
        let small = |sum: Money| Money::from_dirams(sum.dirams() / 100);
        (small(purchase), small(welcome))
    });
    (rates, terms, minimums, (bonus(), bonus(), bonus())).prop_map(
        |(rates, terms, minimums, bonuses)| Programme {
            bonus_percent: rates.0,
            max_redeem_percent: rates.1,
            accrual_base: rates.2,
            tiers: rates.3.into_iter().collect(),
            redeem_hold_seconds: terms.0,
            bonus_expiry_days: terms.1,
            reactivation_days: terms.2,
            second_purchase_days: terms.3,
            min_purchase: minimums.0,
            welcome_min_redeem: minimums.1,
            referral_bonus: bonuses.0,
            reactivation_bonus: bonuses.1,
            second_purchase_bonus: bonuses.2,
            ..Programme::default()
        },
    )
}

/// Generates a lot as a database could hold it around [`START`]: held, available or expired.
fn lot() -> impl Strategy<Value = Lot> {
    let around = -2 * DAY_SECONDS..=2 * DAY_SECONDS;
    (
        prop::sample::select(LotKind::ALL.to_vec()),
        dirams(),
        0..=1_000_i64,
        around.clone(),
        prop::option::of(around),
    )
        .prop_map(|(kind, amount, left_permille, from, until)| Lot {
            seq: 0,
            kind,
            amount: Money::from_dirams(amount),
            remaining: Money::from_dirams(amount * left_permille / 1_000),
            available_at: START.plus_seconds(from),
            expires_at: until.map(|until| START.plus_seconds(until)),
            sale_id: None,
        })
}

/// Generates an account loaded at [`START`], sometimes in debt.
pub(crate) fn account() -> impl Strategy<Value = Account> {
    let debt = prop_oneof![3 => Just(0), 1 => dirams()];
    (prop::collection::vec(lot(), 0..8), debt).prop_map(|(mut lots, debt)| {
        for (seq, lot) in (1..).zip(lots.iter_mut()) {
            lot.seq = seq;
        }
        let held: Money = lots.iter().map(|lot| lot.remaining).sum();
        let debt = Money::from_dirams(debt);
        Account::new(held - debt, debt, 8, lots)
    })
}

/// Generates a sale without returns.
pub(crate) fn sale() -> impl Strategy<Value = ReturnedSale> {
    (dirams(), 0..=1_000_i64, dirams(), bonus()).prop_map(|(gross, permille, accrued, reward)| {
        let redeemed = gross * permille / 1_000;
        ReturnedSale {
            total: Money::from_dirams(gross),
            gross: Money::from_dirams(gross),
            paid: Money::from_dirams(gross - redeemed),
            accrued: Money::from_dirams(accrued.min(gross)),
            redeemed: Money::from_dirams(redeemed),
            lost_rewards: vec![Reward {
                kind: LotKind::SecondPurchase,
                sale_id: 1,
                due: reward,
            }],
            ..ReturnedSale::default()
        }
    })
}

/// Cuts `whole` into parts that are not empty and add up to it.
pub(crate) fn cut(whole: Money, shares: &[i64]) -> Vec<Money> {
    let mut left = whole.dirams();
    let mut parts = Vec::new();
    for share in shares {
        let part = (whole.dirams() * share / 1_000).clamp(1, left.max(1));
        if part < left {
            parts.push(Money::from_dirams(part));
            left -= part;
        }
    }
    parts.push(Money::from_dirams(left));
    parts
}
