//! Merges beside sales, and pages that explain balances after any history.

use backend::audit::Actor;
use backend::clients::{
    self, Adjust, Adjusted, Block, FeedPlace, Merge, NotMerged, client_page, feed,
};
use backend::db::Tx;
use backend::{Command, Error};
use domain::by_hand::Direction;
use domain::returns::ReturnRequest;
use domain::{Money, Programme, Role, Timestamp};
use testkit::{Shop, TestDatabase, money, on_both_engines};

const PHONES: [&str; 4] = ["900000501", "900000502", "900000503", "900000504"];

fn actor(shop: &Shop) -> Actor {
    Actor {
        tenant_id: shop.till.tenant_id,
        user_id: None,
        name: "Bonex".to_owned(),
        address: String::new(),
    }
}

async fn merge(shop: &Shop, from: i64, into: i64) -> Result<(), NotMerged> {
    let actor = actor(shop);
    let command = Merge {
        actor: &actor,
        into,
        from,
    };
    shop.backend.run(&command).await.unwrap().map(|_| ())
}

fn generous() -> Programme {
    Programme {
        welcome_bonus: money("10"),
        redeem_hold_seconds: 3_600,
        bonus_expiry_days: 90,
        reactivation_days: 30,
        reactivation_bonus: money("7"),
        second_purchase_days: 10,
        second_purchase_bonus: money("5"),
        ..Programme::default()
    }
}

#[on_both_engines]
async fn sales_beside_a_merge_lose_nothing(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let mut ids = Vec::new();
    for phone in PHONES {
        ids.push(shop.register(phone).await.id);
    }
    let sales = async {
        for number in 0..40 {
            let phone = PHONES[number % 4];
            shop.sell(phone, "100", "0", None).await.unwrap();
        }
    };
    let more = async {
        for number in 0..40 {
            let phone = PHONES[3 - number % 4];
            shop.sell(phone, "100", "0", None).await.unwrap();
        }
    };
    // A chain, from both ends.
    let merges = async {
        assert_eq!(merge(&shop, ids[3], ids[2]).await, Ok(()));
        assert_eq!(merge(&shop, ids[0], ids[1]).await, Ok(()));
        assert_eq!(merge(&shop, ids[1], ids[2]).await, Ok(()));
        assert_eq!(merge(&shop, ids[2], ids[0]).await, Err(NotMerged::NotFound));
        assert_eq!(merge(&shop, ids[2], ids[2]).await, Err(NotMerged::Same));
    };
    tokio::join!(sales, more, merges);
    for phone in PHONES {
        let client = shop.client(phone).await;
        assert_eq!(client.id, ids[2]);
        assert_eq!(client.figures.bonus_balance, money("400"));
        assert_eq!(client.total_spent, money("8000"));
    }
    shop.assert_sound().await;
}

#[on_both_engines]
async fn two_merges_of_the_same_clients_at_once_do_one(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let first = shop.register(PHONES[0]).await.id;
    let second = shop.register(PHONES[1]).await.id;
    shop.sell(PHONES[0], "1000", "0", None).await.unwrap();
    shop.sell(PHONES[1], "1000", "0", None).await.unwrap();
    let (one, other) = tokio::join!(merge(&shop, first, second), merge(&shop, second, first));
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    assert_eq!(
        shop.client(PHONES[0]).await.figures.bonus_balance,
        money("100")
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn one_welcome_bonus_remains_also_through_a_chain(database: TestDatabase) {
    let shop = Shop::open(&database, generous()).await;
    let mut ids = Vec::new();
    for phone in PHONES {
        ids.push(shop.register(phone).await.id);
    }
    merge(&shop, ids[1], ids[0]).await.unwrap();
    assert_eq!(shop.client(PHONES[0]).await.figures.welcome, money("10"));
    merge(&shop, ids[0], ids[2]).await.unwrap();
    assert_eq!(shop.client(PHONES[0]).await.figures.welcome, money("10"));
    // The fourth has spent his: nothing of the other one remains.
    shop.sell(PHONES[3], "1000", "10", None).await.unwrap();
    merge(&shop, ids[3], ids[2]).await.unwrap();
    let seen = shop.client(PHONES[1]).await;
    assert_eq!(seen.figures.welcome, Money::ZERO);
    assert_eq!(seen.figures.bonus_balance, money("49.5"));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_debt_and_bonuses_of_two_clients_meet(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let poor = shop.register(PHONES[0]).await.id;
    let rich = shop.register(PHONES[1]).await.id;
    // A return whose shortage exceeds the cash leaves a debt: all of it was paid with bonuses.
    shop.sell(PHONES[0], "1000", "0", Some("a")).await.unwrap();
    shop.clock.advance(2 * 86_400);
    shop.sell(PHONES[0], "200", "50", None).await.unwrap();
    shop.sell(PHONES[1], "1000", "0", Some("b")).await.unwrap();
    let settled = ReturnRequest {
        shortage_settled: true,
        cash_refund: Some(Money::ZERO),
        ..ReturnRequest::default()
    };
    shop.bring_back(PHONES[0], "a", settled).await.unwrap();
    let before: Money = [
        shop.client(PHONES[0]).await.figures.bonus_balance,
        shop.client(PHONES[1]).await.figures.bonus_balance,
    ]
    .into_iter()
    .sum();
    merge(&shop, poor, rich).await.unwrap();
    assert_eq!(shop.client(PHONES[0]).await.figures.bonus_balance, before);
    shop.assert_sound().await;
}

/// Makes one invited the other, as a registration with a code will.
struct Invite(i64, i64, i64);

impl Command for Invite {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _: Timestamp) -> Result<(), Error> {
        const INVITE: &str = "UPDATE clients SET referred_by = $3 WHERE tenant_id = $1 AND id = $2";
        let Self(tenant_id, id, by) = *self;
        tx.execute(INVITE, (tenant_id, id, by)).await?.exactly(1)
    }
}

#[on_both_engines]
async fn a_bonus_for_inviting_oneself_is_taken_back(database: TestDatabase) {
    let programme = Programme {
        referral_bonus: money("15"),
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(&database, programme).await;
    let mut ids = Vec::new();
    for phone in PHONES {
        ids.push(shop.register(phone).await.id);
    }
    let tenant_id = shop.till.tenant_id;
    shop.backend
        .run(&Invite(tenant_id, ids[1], ids[0]))
        .await
        .unwrap();
    shop.backend
        .run(&Invite(tenant_id, ids[2], ids[0]))
        .await
        .unwrap();
    shop.sell(PHONES[1], "100", "0", Some("b")).await.unwrap();
    shop.sell(PHONES[2], "100", "0", Some("c")).await.unwrap();
    assert_eq!(
        shop.client(PHONES[0]).await.figures.bonus_balance,
        money("30")
    );
    // 10 of the 30 are spent before.
    shop.sell(PHONES[0], "100", "10", None).await.unwrap();
    merge(&shop, ids[0], ids[1]).await.unwrap();
    // 20 + 4.5 + 5 − 15.
    let seen = shop.client(PHONES[0]).await;
    assert_eq!(seen.figures.bonus_balance, money("14.5"));
    // The other friend's purchase comes back: its bonus is taken from the merged client, once.
    let all = ReturnRequest::default();
    shop.bring_back(PHONES[2], "c", all).await.unwrap();
    assert_eq!(
        shop.client(PHONES[0]).await.figures.bonus_balance,
        -money("0.5")
    );
    shop.bring_back(PHONES[0], "b", all).await.unwrap_err();
    merge(&shop, ids[3], ids[1]).await.unwrap();
    shop.assert_sound().await;
}

/// A generator of numbers below a bound.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Checks that a client's page shows the figures of a lookup, that its lots add up, and that its
/// feed leads from nothing to the balance.
async fn assert_explained(shop: &Shop, id: i64) {
    let (backend, tenant_id) = (&shop.backend, shop.till.tenant_id);
    let page = client_page(backend, tenant_id, id).await.unwrap().unwrap();
    if let (Some(phone), None, None) = (&page.phone, page.merged_into, &page.blocked) {
        assert_eq!(shop.client(phone).await.figures, page.figures);
    }
    let mut all: Vec<_> = page.lots.lines.iter().map(|line| line.sums).collect();
    all.extend(page.lots.rest);
    for sums in &all {
        let parts = sums.spent + sums.cancelled + sums.expired + sums.remaining;
        assert_eq!(sums.amount, parts, "{sums:?}");
        for part in [sums.spent, sums.cancelled, sums.expired, sums.remaining] {
            assert!(part >= Money::ZERO, "{sums:?}");
        }
    }
    let left: Money = all.iter().map(|sums| sums.remaining).sum();
    assert_eq!(left - page.debt, page.figures.bonus_balance);

    let (mut place, mut expected) = (FeedPlace::START, page.stored_balance);
    loop {
        let shown = feed(backend, tenant_id, id, page.stored_balance, place, 20)
            .await
            .unwrap();
        for event in shown.events {
            assert_eq!(event.after, expected, "{event:?}");
            let change: Money = event.steps.iter().map(|step| step.amount).sum();
            assert_eq!(event.before + change, event.after, "{event:?}");
            expected = event.before;
        }
        match shown.next {
            Some(next) => place = next,
            None => break,
        }
    }
    assert_eq!(expected, Money::ZERO);
}

async fn play(shop: &Shop, seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let mut ids = Vec::new();
    for phone in PHONES {
        ids.push(shop.register(phone).await.id);
    }
    let actor = actor(shop);
    let mut sales = Vec::new();
    for step in 0..steps {
        let phone = PHONES[usize::try_from(dice.below(4)).unwrap()];
        let client_id = ids[usize::try_from(dice.below(4)).unwrap()];
        match dice.below(20) {
            0..=7 => {
                let total = (20 + dice.below(900)).to_string();
                let redeem = (dice.below(12) * dice.below(2)).to_string();
                let name = format!("sale-{step}");
                if shop.sell(phone, &total, &redeem, Some(&name)).await.is_ok() {
                    sales.push((phone, name));
                }
            }
            8..=11 if !sales.is_empty() => {
                let place = usize::try_from(dice.below(sales.len() as u64)).unwrap();
                let (buyer, name) = sales[place].clone();
                let request = ReturnRequest {
                    return_amount: (dice.below(2) == 0).then(|| money("10")),
                    shortage_settled: true,
                    ..ReturnRequest::default()
                };
                let _ = shop.bring_back(buyer, &name, request).await;
            }
            12..=14 => {
                let direction = if dice.below(2) == 0 {
                    Direction::Credit
                } else {
                    Direction::Debit
                };
                let once = format!("{seed}-{step}");
                let adjust = Adjust {
                    actor: &actor,
                    role: Role::Owner,
                    programme: &shop.till.programme,
                    client_id,
                    direction,
                    amount: Money::from_dirams(1 + i64::try_from(dice.below(3_000)).unwrap()),
                    reason: "Проверка",
                    once: &once,
                };
                let done = shop.backend.run(&adjust).await.unwrap();
                assert_ne!(done, Adjusted::FormUsed);
            }
            15 if step > steps / 3 => {
                let other = ids[usize::try_from(dice.below(4)).unwrap()];
                let _ = merge(shop, client_id, other).await;
            }
            16 => {
                backend::jobs::expire_bonuses(
                    &shop.backend,
                    None,
                    backend::jobs::Sweep::ButFor(&[shop.till.tenant_id]),
                )
                .await
                .unwrap();
            }
            _ => shop
                .clock
                .advance(i64::try_from(dice.below(12)).unwrap() * 40_000),
        }
    }
    for id in ids {
        assert_explained(shop, id).await;
    }
}

#[on_both_engines]
async fn every_balance_is_explained_after_any_history(database: TestDatabase) {
    let mut shop = Shop::open(&database, generous()).await;
    for seed in 1..=6 {
        play(&shop, seed, 90).await;
        shop.assert_sound().await;
        let (backend, clock) = (shop.backend.clone(), shop.clock.clone());
        shop = Shop::open_in(backend, clock, generous()).await;
    }
}

#[on_both_engines]
async fn a_client_with_many_lots_is_explained_in_pages(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let id = shop.register(PHONES[0]).await.id;
    for number in 0..130 {
        let redeem = if number % 10 == 9 { "5" } else { "0" };
        shop.sell(PHONES[0], "100", redeem, None).await.unwrap();
        shop.clock.advance(40_000);
    }
    let page = client_page(&shop.backend, shop.till.tenant_id, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(page.lots.lines.len(), 50);
    assert!(page.lots.rest.is_some());
    assert_explained(&shop, id).await;
    // A merge moves more lots than one statement reads at first.
    let other = shop.register(PHONES[1]).await.id;
    merge(&shop, id, other).await.unwrap();
    assert_explained(&shop, id).await;
    assert_explained(&shop, other).await;
    let actor = actor(&shop);
    let block = Block {
        actor: &actor,
        client_id: id,
        reason: Some("Проверка"),
    };
    assert!(!shop.backend.run(&block).await.unwrap());
    assert!(
        clients::identified(
            &shop.backend,
            shop.till.tenant_id,
            &domain::Identifier::parse(PHONES[0]).unwrap()
        )
        .await
        .unwrap()
            == Some(other)
    );
    shop.assert_sound().await;
}
