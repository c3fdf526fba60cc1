//! Random operations on two clients' ledgers. After each step the ledger is compared with the
//! reference.

use domain::LotKind;
use domain::by_hand::Direction;
use domain::sales::{Accrue, RedeemMode};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use crate::reference::Shop;
use crate::steps::{Ask, Figure, GiveBack, Outcome, Sell, Step};
use crate::store::Store;
use crate::strategies::{DAY_SECONDS, dirams, programme};

impl ReferenceStateMachine for Shop {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        programme().prop_map(Self::new).boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Step> {
        prop_oneof![
            20 => step(),
            2 => adjust(),
            1 => merge(),
        ]
        .boxed()
    }

    fn apply(mut shop: Self, step: &Step) -> Self {
        shop.take(step);
        shop
    }
}

/// The steps of clients and tills, which a replay of the past knows.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => sell(),
        6 => give_back(),
        2 => grant(),
        1 => client().prop_map(|client| Step::Sweep { client }),
        3 => wait(),
    ]
}

fn client() -> impl Strategy<Value = usize> {
    0..2_usize
}

fn sell() -> impl Strategy<Value = Step> {
    let ask = prop_oneof![
        3 => Just(Ask::Most),
        1 => Just(Ask::OneMoreThanMost),
        1 => Just(Ask::Share { permille: 0 }),
        2 => (0..=400_i64).prop_map(|permille| Ask::Share { permille }),
    ];
    let mode = prop::sample::select(vec![RedeemMode::PaymentType, RedeemMode::Discount]);
    let accrue = prop_oneof![4 => Just(Accrue::Yes), 1 => Just(Accrue::No)];
    (client(), mode, dirams(), any::<bool>(), ask, accrue).prop_map(
        |(client, mode, gross, says_gross, ask, accrue)| {
            Step::Sell(Sell {
                client,
                mode,
                gross,
                says_gross,
                ask,
                accrue,
            })
        },
    )
}

fn give_back() -> impl Strategy<Value = Step> {
    let goods_permille = prop_oneof![
        2 => Just(None),
        3 => (1..=999_i64).prop_map(Some),
        1 => prop::sample::select(vec![0, 1_000, 1_001]).prop_map(Some),
    ];
    let own_figure = || {
        let share = prop::sample::select(vec![0, 250, 500, 1_000, 1_001]);
        let figure = prop_oneof![
            1 => dirams().prop_map(Figure::Sum),
            3 => share.prop_map(|permille| Figure::Share { permille }),
        ];
        prop::option::weighted(0.25, figure)
    };
    (
        client(),
        prop::option::weighted(0.9, any::<usize>()),
        goods_permille,
        (own_figure(), own_figure(), own_figure()),
        any::<bool>(),
    )
        .prop_map(|(client, sale, goods_permille, own, settled)| {
            Step::Return(GiveBack {
                client,
                sale,
                goods_permille,
                cash: own.0,
                revoke: own.1,
                restore: own.2,
                settled,
            })
        })
}

fn grant() -> impl Strategy<Value = Step> {
    let kind = prop::sample::select(vec![LotKind::Welcome, LotKind::Manual]);
    let days = prop::option::of(1..=200_i64);
    (client(), kind, dirams(), days).prop_map(|(client, kind, amount, days)| Step::Grant {
        client,
        kind,
        amount,
        days,
    })
}

fn adjust() -> impl Strategy<Value = Step> {
    let direction = prop::sample::select(vec![Direction::Credit, Direction::Debit]);
    (client(), direction, dirams()).prop_map(|(client, direction, amount)| Step::Adjust {
        client,
        direction,
        amount,
    })
}

fn merge() -> impl Strategy<Value = Step> {
    client().prop_map(|from| Step::Merge { from })
}

fn wait() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop::sample::select(vec![1, DAY_SECONDS, 30 * DAY_SECONDS, 40 * DAY_SECONDS]),
        0..=200 * DAY_SECONDS,
    ]
    .prop_map(|seconds| Step::Wait { seconds })
}

/// The ledger under test, kept by a [`Store`].
struct Ledger;

impl StateMachineTest for Ledger {
    type SystemUnderTest = Store;
    type Reference = Shop;

    fn init_test(shop: &Shop) -> Store {
        Store::new(shop.programme.clone())
    }

    fn apply(mut store: Store, shop: &Shop, step: Step) -> Store {
        let before = store.clone();
        let outcome = store.take(&step);
        assert_eq!(outcome, shop.outcome, "the outcome of {step:?}");
        if outcome == Outcome::Refused {
            assert_eq!(store, before, "a refused {step:?} changes nothing");
        }
        store
    }

    fn check_invariants(store: &Store, shop: &Shop) {
        for (client, purse) in store.clients.iter().zip(&shop.purses) {
            client.assert_replays();
            client.assert_credits_are_accounted_for(store.now);
            client.assert_agrees_with(purse, store.now);
        }
        store.assert_knows_what_was_bought(shop.spent);
        assert_no_client_got_back_more_than_was_paid(store);
        store.assert_no_client_keeps_more_than_purchases_earn();
    }
}

/// Checks invariant 6 for every sale.
fn assert_no_client_got_back_more_than_was_paid(store: &Store) {
    for sums in store.sales.iter().map(|sold| &sold.sums) {
        let before = sums.before;
        assert!(before.refunded + before.settled <= sums.paid, "{sums:?}");
        assert!(before.restored <= sums.redeemed, "{sums:?}");
        assert!(before.returned <= sums.total, "{sums:?}");
        assert!(before.spent_back <= sums.paid, "{sums:?}");
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_operation_leaves_a_ledger_that_replays_and_agrees_with_the_rules(
        sequential 1..60 => Ledger
    );
}
