//! Generators of random sums and clients, shared by the tests.

use cashier_api::answers::{ClientData, Loyalty};
use cashier_api::{Amount, Percent};
use domain::{
    Account, AccrualBase, BasisPoints, CardNumber, Figures, Lot, LotKind, Money, Programme, Terms,
    Timestamp,
};
use proptest::prelude::*;

/// The current moment in every test.
pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
pub(crate) const NOW_MS: i64 = 1_800_000_000_000;

/// Generates sums of every size, including small ones that rounding affects most.
pub(crate) fn money() -> impl Strategy<Value = Money> {
    prop_oneof![
        1 => Just(0_i64),
        4 => 1..=20_i64,
        4 => 1..=10_000_i64,
        4 => 1..=2_000_000_i64,
    ]
    .prop_map(Money::from_dirams)
}

fn rate() -> impl Strategy<Value = BasisPoints> {
    prop_oneof![Just(500), Just(3_000), 0..=10_000_i64].prop_map(BasisPoints::new)
}

pub(crate) fn programme() -> impl Strategy<Value = Programme> {
    let bases = prop::sample::select(vec![AccrualBase::NetCash, AccrualBase::Gross]);
    // Minimums that most sales reach, so that the rules after them are tested too.
    let minimum = || money().prop_map(|sum| Money::from_dirams(sum.dirams() / 100));
    (rate(), rate(), bases, minimum(), minimum()).prop_map(
        |(bonus_percent, max_redeem_percent, accrual_base, min_purchase, welcome_min_redeem)| {
            Programme {
                bonus_percent,
                max_redeem_percent,
                accrual_base,
                min_purchase,
                welcome_min_redeem,
                ..Programme::default()
            }
        },
    )
}

fn lot() -> impl Strategy<Value = Lot> {
    let kinds = prop::sample::select(vec![LotKind::Purchase, LotKind::Welcome, LotKind::Manual]);
    (kinds, money(), -1..=1_i64, prop::option::of(-1..=1_i64)).prop_map(
        |(kind, amount, from, until)| Lot {
            seq: 0,
            kind,
            amount,
            remaining: amount,
            // Welcome bonuses are never held.
            available_at: match kind {
                LotKind::Welcome => NOW,
                _ => NOW.plus_days(from),
            },
            expires_at: until.map(|until| NOW.plus_days(until)),
            sale_id: None,
        },
    )
}

/// Generates the account of a client, sometimes in debt.
pub(crate) fn account() -> impl Strategy<Value = Account> {
    let debt = prop_oneof![3 => Just(Money::ZERO), 1 => money()];
    (prop::collection::vec(lot(), 0..6), debt).prop_map(|(mut lots, debt)| {
        for (seq, lot) in (1..).zip(lots.iter_mut()) {
            lot.seq = seq;
        }
        let left: Money = lots.iter().map(|lot| lot.remaining).sum();
        Account::new(left - debt, debt, 6, lots)
    })
}

/// Makes the answer of a lookup for a client with these balances.
pub(crate) fn client(figures: &Figures, terms: &Terms<'_>) -> ClientData {
    let card = CardNumber::new(1, 123).unwrap();
    ClientData {
        id: 42,
        phone: "+992901234567".to_owned(),
        full_name: None,
        card_number: card.to_string(),
        ean13: card.ean13().to_string(),
        bonus_balance: Amount(figures.bonus_balance),
        redeemable_balance: Amount(figures.redeemable),
        held_balance: Amount(figures.held),
        welcome_bonus_balance: Amount(figures.welcome),
        total_spent: Amount::default(),
        tier: None,
        is_blocked: false,
        loyalty: Loyalty {
            // A tier may change this percentage.
            bonus_percent: Percent(terms.bonus_percent),
            ..Loyalty::new(terms, figures, None)
        },
    }
}
