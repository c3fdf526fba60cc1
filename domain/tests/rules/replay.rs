//! The past under another programme, compared with the ledger that recorded it.

use domain::replay::{Document, Opening, Replay, Sums};
use domain::{BasisPoints, LotKind, Money, Programme};
use proptest::prelude::*;

use crate::machine::step;
use crate::steps::{Outcome, Step};
use crate::store::Store;
use crate::strategies::programme;

/// What was recorded after the beginning of a replay.
struct Recorded {
    openings: [Opening; 2],
    documents: Vec<(usize, Document)>,
    sums: Sums,
}

fn opening(store: &Store, client: usize) -> Opening {
    let own = store.rewards.iter().filter(|given| given.buyer == client);
    let own = own.filter(|given| given.reward.kind != LotKind::Referral);
    Opening {
        spent: store.bought[client].spent,
        kept: store.kept(client),
        rewards: own
            .map(|given| (given.reward.kind, given.reward.sale_id))
            .collect(),
        is_invited: client == 1,
    }
}

/// Runs `before` and `after` in a store, and sums up what the ledger recorded in `after`.
fn record(programme: Programme, before: &[Step], after: &[Step]) -> Recorded {
    let mut store = Store::new(programme);
    for step in before {
        store.take(step);
    }
    let openings = [opening(&store, 0), opening(&store, 1)];
    let (first_sale, first) = (store.sales.len(), store.documents.len());
    let mut sums = Sums::default();
    let mut rewards = Money::ZERO;
    for step in after {
        if let Outcome::Sold {
            redeemed,
            cashback,
            rewards: own,
            referral,
        } = store.take(step)
        {
            sums.redeemed += Money::from_dirams(redeemed);
            sums.cashback += Money::from_dirams(cashback);
            rewards += Money::from_dirams(own + referral);
        }
    }
    let is_new = |sale_id: i64| usize::try_from(sale_id).unwrap() >= first_sale;
    let left = store.rewards.iter().map(|given| given.reward);
    let left: Money = left
        .filter(|reward| is_new(reward.sale_id))
        .map(|reward| reward.due)
        .sum();
    let shares = store.sales[first_sale..].iter().map(|sold| {
        let sums = &sold.sums;
        match sums.before.count {
            0 => Money::ZERO,
            _ => sums.accrued.pro_rata(sums.before.returned, sums.total),
        }
    });
    sums.taken_back = shares.sum::<Money>() + rewards - left;
    // Which of the rewards it was is not compared, only their sum.
    sums.reactivation = rewards;
    sums.recorded = sums.cashback;
    Recorded {
        openings,
        documents: store.documents[first..].to_vec(),
        sums,
    }
}

fn replay(recorded: &Recorded, programme: &Programme) -> Sums {
    let mut replay = Replay::new(programme);
    for (client, opening) in recorded.openings.iter().enumerate() {
        let own = recorded.documents.iter().filter(|(of, _)| *of == client);
        replay.client(opening, own.map(|(_, document)| *document));
    }
    replay.sums()
}

fn histories() -> impl Strategy<Value = (Programme, Vec<Step>, usize)> {
    let steps = prop::collection::vec(step(), 1..60);
    (programme(), steps, 0..60_usize).prop_map(|(programme, steps, at)| {
        let at = at.min(steps.len());
        (programme, steps, at)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_programme_that_applied_gives_exactly_what_was_recorded(
        (programme, steps, at) in histories()
    ) {
        let recorded = record(programme.clone(), &steps[..at], &steps[at..]);
        let again = replay(&recorded, &programme);
        prop_assert_eq!(again.too_small, 0);
        prop_assert_eq!(again.cut, Money::ZERO);
        let rewards = again.reactivation + again.second_purchase + again.referral;
        let comparable = Sums {
            sales: 0,
            sold: Money::ZERO,
            reactivation: rewards,
            second_purchase: Money::ZERO,
            referral: Money::ZERO,
            ..again
        };
        prop_assert_eq!(comparable, recorded.sums);
        prop_assert_eq!(again.given(), recorded.sums.given());
    }

    #[test]
    fn no_programme_gives_or_takes_more_than_its_rules_allow(
        (programme, steps, at) in histories(),
        other in programme(),
    ) {
        let recorded = record(programme, &steps[..at], &steps[at..]);
        let sums = replay(&recorded, &other);
        // What was wanted is either taken or cut.
        prop_assert_eq!(sums.redeemed + sums.cut, recorded.sums.redeemed);
        prop_assert!(sums.taken_back >= Money::ZERO);
        prop_assert!(sums.given() >= Money::ZERO, "{:?}", sums);
        prop_assert!(sums.cashback <= sums.sold);
    }
}

#[test]
fn a_replay_tells_cut_redemptions_and_small_sales_apart() {
    use crate::steps::{Ask, Sell};
    use domain::sales::{Accrue, RedeemMode};
    let ours = Programme {
        redeem_hold_seconds: 0,
        min_purchase: Money::ZERO,
        ..Programme::default()
    };
    let sell = |gross, ask| {
        Step::Sell(Sell {
            client: 0,
            mode: RedeemMode::PaymentType,
            gross,
            says_gross: false,
            ask,
            accrue: Accrue::Yes,
        })
    };
    // 5 % of 1000 somoni is 50; of 100 somoni at most 30 may be paid with them.
    let steps = [
        sell(100_000, Ask::Share { permille: 0 }),
        sell(10_000, Ask::Most),
        sell(1_000, Ask::Share { permille: 0 }),
    ];
    let recorded = record(ours.clone(), &[], &steps);
    let other = Programme {
        bonus_percent: BasisPoints::from_percent(6),
        max_redeem_percent: BasisPoints::from_percent(10),
        min_purchase: Money::from_somoni(30),
        ..ours.clone()
    };
    let sums = replay(&recorded, &other);
    assert_eq!((sums.sales, sums.too_small), (3, 1));
    assert_eq!(
        (sums.redeemed, sums.cut),
        (Money::from_somoni(10), Money::from_somoni(20))
    );
    // 6 % of 1000, and of the 90 that money would have paid; 6 % of 10 are missed.
    assert_eq!(
        (sums.cashback, sums.missed),
        (Money::from_dirams(6_540), Money::from_dirams(60))
    );
    assert_eq!(
        replay(&recorded, &ours).cashback,
        Money::from_dirams(5_000 + 350 + 50)
    );
}
