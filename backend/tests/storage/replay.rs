//! The replay of recorded sales under the same programme and under another one.

use std::time::{Duration, Instant};

use backend::audit::Actor;
use backend::replay::{Look, StartLook, StopLook, effect, look, resume_looks, run_look};
use domain::returns::ReturnRequest;
use domain::sales::{Accrue, CheckSums, RedeemMode};
use domain::{BasisPoints, Money, Programme, Tier, Timestamp};
use testkit::{Shop, TestDatabase, money, on_both_engines};

const DAY: i64 = 86_400;

fn programme() -> Programme {
    let tier = |id, from, percent| Tier {
        id,
        name: format!("{id}"),
        color: "#c9a227".to_owned(),
        from_spent: Money::from_somoni(from),
        bonus_percent: Some(BasisPoints::from_percent(percent)),
        max_redeem_percent: Some(BasisPoints::from_percent(10 * percent)),
    };
    Programme {
        redeem_hold_seconds: DAY,
        bonus_expiry_days: 60,
        welcome_bonus: Money::from_somoni(7),
        referral_bonus: Money::from_somoni(11),
        reactivation_days: 12,
        reactivation_bonus: Money::from_somoni(3),
        second_purchase_days: 20,
        second_purchase_bonus: Money::from_somoni(5),
        tiers: vec![tier(1, 300, 6), tier(2, 1_500, 7)],
        ..Programme::default()
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % bound).unwrap()
    }
}

fn phone(client: i64) -> String {
    format!("9000000{client:02}")
}

/// Records half a year of sales, redemptions and returns of ten clients; the first has invited the
/// others.
async fn record(shop: &Shop) {
    let mut dice = Dice(7);
    let mut sold: Vec<(i64, String)> = Vec::new();
    for client in 0..6 {
        register(shop, client).await;
    }
    for number in 0..260_i64 {
        shop.clock.advance(17 * 3_600 + dice.below(3_600));
        if number == 170 {
            for client in 6..10 {
                register(shop, client).await;
            }
        }
        let client = dice.below(if number < 170 { 6 } else { 10 });
        let name = phone(client);
        if dice.below(6) == 0 && !sold.is_empty() {
            let at = usize::try_from(dice.below(u64::try_from(sold.len()).unwrap())).unwrap();
            let (owner, sale) = sold[at].clone();
            let part = (dice.below(2) == 0).then(|| Money::from_dirams(1 + dice.below(3_000)));
            let request = ReturnRequest {
                return_amount: part,
                shortage_settled: true,
                ..ReturnRequest::default()
            };
            // A sale that has come back already is refused.
            let _ = shop.bring_back(&phone(owner), &sale, request).await;
            continue;
        }
        let gross = Money::from_dirams(1_000 + dice.below(30_000));
        let terms = shop
            .till
            .programme
            .terms(shop.client(&name).await.total_spent);
        let most = shop.client(&name).await.figures.max_redeem(gross, &terms);
        let redeem = if dice.below(2) == 0 {
            most
        } else {
            Money::ZERO
        };
        let sums = if dice.below(3) == 0 {
            CheckSums {
                mode: RedeemMode::Discount,
                total: gross - redeem,
                gross: Some(gross),
                redeem,
            }
        } else {
            CheckSums {
                total: gross,
                redeem,
                ..CheckSums::default()
            }
        };
        let id = format!("check-{number}");
        let mut sale = shop.sale(&name, sums, Some(&id));
        match dice.below(9) {
            0 => {
                sale.accrue = Accrue::No;
                shop.backend.run(&sale).await.unwrap();
                // The sale may follow, or not.
                if dice.below(2) == 0 {
                    continue;
                }
                sale.accrue = Accrue::Yes;
                shop.backend.run(&sale).await.unwrap();
            }
            _ => drop(shop.backend.run(&sale).await.unwrap()),
        }
        sold.push((client, id));
    }
}

async fn register(shop: &Shop, client: i64) {
    let id = shop.register(&phone(client)).await.id;
    let first = shop.client(&phone(0)).await.id;
    if client > 0 {
        let tenant_id = shop.till.tenant_id;
        let invite = "UPDATE clients SET referred_by = $3 WHERE tenant_id = $1 AND id = $2";
        let params = (tenant_id, id, first);
        let changed = shop.backend.db.writes().execute(invite, params).await;
        changed.unwrap().exactly(1).unwrap();
    }
}

/// Sums up lots of a kind that were given since a moment.
async fn given(shop: &Shop, kind: &str, from: Timestamp) -> Money {
    const GIVEN: &str = "
        SELECT CAST(COALESCE(SUM(lots.amount_dirams), 0) AS BIGINT)
        FROM lots
        JOIN entries
            ON entries.tenant_id = lots.tenant_id
            AND entries.client_id = lots.client_id
            AND entries.seq = lots.seq
        WHERE lots.tenant_id = $1
            AND lots.kind = $2
            AND entries.created_at >= $3";
    let params = (shop.till.tenant_id, kind, from.micros());
    let row = shop.backend.db.reads().fetch_one(GIVEN, params).await;
    let (sum,): (i64,) = row.unwrap();
    Money::from_dirams(sum)
}

/// Sums up bonuses that paid since a moment: by the ledger, not by the documents.
async fn redeemed(shop: &Shop, from: Timestamp) -> Money {
    const REDEEMED: &str = "
        SELECT CAST(COALESCE(-SUM(amount_dirams), 0) AS BIGINT)
        FROM entries
        WHERE tenant_id = $1
            AND kind = 'redeem'
            AND created_at >= $2";
    let params = (shop.till.tenant_id, from.micros());
    let row = shop.backend.db.reads().fetch_one(REDEEMED, params).await;
    let (sum,): (i64,) = row.unwrap();
    Money::from_dirams(sum)
}

#[on_both_engines]
async fn the_same_programme_gives_exactly_what_the_ledger_recorded(database: TestDatabase) {
    let shop = Shop::open(&database, programme()).await;
    record(&shop).await;
    let (ours, tenant_id) = (&shop.till.programme, shop.till.tenant_id);
    let again = effect(&shop.backend, tenant_id, ours, ours).await.unwrap();
    assert_eq!(again.before, again.after);
    let sums = again.before;
    let from = again.from;
    for (kind, sum) in [
        ("purchase", sums.cashback),
        ("reactivation", sums.reactivation),
        ("second_purchase", sums.second_purchase),
        ("referral", sums.referral),
        ("welcome", sums.welcome),
    ] {
        assert_eq!(sum, given(&shop, kind, from).await, "{kind}");
        assert!(sum.is_positive(), "the history has none: {kind}");
    }
    assert_eq!(sums.recorded, sums.cashback);
    assert_eq!(sums.redeemed, redeemed(&shop, from).await);
    assert!(sums.redeemed.is_positive() && sums.taken_back.is_positive());
    assert_eq!((sums.cut, sums.too_small), (Money::ZERO, 0));

    let other = Programme {
        bonus_percent: BasisPoints::ZERO,
        tiers: Vec::new(),
        max_redeem_percent: BasisPoints::ZERO,
        welcome_bonus: Money::from_somoni(14),
        ..ours.clone()
    };
    let other = effect(&shop.backend, tenant_id, ours, &other)
        .await
        .unwrap();
    assert_eq!(other.before, sums);
    assert_eq!(other.after.cashback, Money::ZERO);
    assert_eq!(other.after.redeemed, Money::ZERO);
    assert_eq!(other.after.cut, sums.redeemed);
    assert_eq!(other.after.welcome, sums.welcome + sums.welcome);
}

#[on_both_engines]
async fn a_replay_reads_only_its_own_store(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    let other = Shop::open_in(shop.backend.clone(), shop.clock.clone(), programme()).await;
    other.register("900000001").await;
    other.sell("900000001", "100", "0", None).await.unwrap();
    let ours = &shop.till.programme;
    let effect = effect(&shop.backend, shop.till.tenant_id, ours, ours).await;
    let sums = effect.unwrap().after;
    assert_eq!((sums.sales, sums.given()), (0, Money::ZERO));
}

async fn person(shop: &Shop) -> Actor {
    let tenant_id = shop.till.tenant_id;
    let insert = "INSERT INTO panel_users (tenant_id, login, name, password_hash, created_at)
                  VALUES ($1, 'owner', 'Owner', '', 0) RETURNING id";
    let row = shop
        .backend
        .db
        .writes()
        .fetch_one(insert, (tenant_id,))
        .await;
    let (user_id,): (i64,) = row.unwrap();
    Actor {
        tenant_id,
        user_id: Some(user_id),
        name: "Owner".to_owned(),
        address: String::new(),
    }
}

async fn seen(shop: &Shop, id: i64) -> Look {
    let found = look(&shop.backend, shop.till.tenant_id, id).await.unwrap();
    found.unwrap()
}

#[on_both_engines]
async fn a_look_is_computed_once_stopped_and_taken_over(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    let (backend, tenant_id) = (&shop.backend, shop.till.tenant_id);
    let actor = person(&shop).await;
    let with = |percent| Programme {
        bonus_percent: BasisPoints::from_percent(percent),
        ..Programme::default()
    };
    let (six, seven) = (with(6), with(7));
    let start = |programme| StartLook {
        actor: &actor,
        based_on: 1,
        programme,
    };
    let first = backend.run(&start(&six)).await.unwrap();
    let again = backend.run(&start(&six)).await.unwrap();
    assert!(first.is_new && !again.is_new && first.id == again.id);
    assert!(seen(&shop, first.id).await.is_running);

    // Other settings stop it, and its server notices.
    let second = backend.run(&start(&seven)).await.unwrap();
    run_look(backend.clone(), tenant_id, first.id).await;
    let stopped = seen(&shop, first.id).await;
    assert!(!stopped.is_running && stopped.effect.is_none());
    run_look(backend.clone(), tenant_id, second.id).await;
    let done = seen(&shop, second.id).await;
    let cashback = done.effect.unwrap().after.cashback;
    assert_eq!((done.is_running, cashback), (false, money("70")));
    assert_eq!(done.programme, seven);

    // The server of the third one was killed.
    let third = backend.run(&start(&six)).await.unwrap();
    resume_looks(backend).await.unwrap();
    assert!(seen(&shop, third.id).await.is_running, "it is still alive");
    shop.clock.advance(61);
    resume_looks(backend).await.unwrap();
    let resumed = seen(&shop, third.id).await;
    assert_eq!(resumed.effect.unwrap().after.cashback, money("60"));

    let fourth = backend.run(&start(&seven)).await.unwrap();
    let command = StopLook {
        tenant_id,
        id: fourth.id,
    };
    assert!(backend.run(&command).await.unwrap());
    assert!(!backend.run(&command).await.unwrap());
    shop.clock.advance(61);
    resume_looks(backend).await.unwrap();
    assert!(seen(&shop, fourth.id).await.effect.is_none());
    assert_eq!(
        look(backend, tenant_id + 1, third.id)
            .await
            .unwrap()
            .map(|look| look.id),
        None
    );
}

/// Fills a store with 25,000 clients and five sales of each, of which four are replayed.
async fn fill(shop: &Shop) {
    const CLIENTS_SQLITE: &str = "
        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25000)
        INSERT INTO clients (tenant_id, phone, card_number, ean13, created_at, total_spent_dirams, purchase_count)
        SELECT $1, 'p' || n, 'c' || n, 'e' || n, 0, 50000, 5 FROM numbers";
    const CLIENTS_POSTGRES: &str = "
        INSERT INTO clients (tenant_id, phone, card_number, ean13, created_at, total_spent_dirams, purchase_count)
        SELECT $1, 'p' || n, 'c' || n, 'e' || n, 0, 50000, 5 FROM generate_series(1, 25000) AS n";
    const SALES: &str = "
        INSERT INTO sales (tenant_id, client_id, cashier_node_id, kind, redeem_mode, total_dirams, gross_dirams,
            paid_dirams, redeemed_dirams, accrued_dirams, new_balance_dirams, sale_date, happened_at, created_at)
        SELECT $1, id, $2, 'sale', 'payment_type', 10000 + id % 1000, 10000 + id % 1000, 10000 + id % 1000, 0, 0, 0,
            $3 + id * 1000, $3 + id * 1000, $3 + id * 1000
        FROM clients
        WHERE tenant_id = $1";
    let tenant_id = shop.till.tenant_id;
    let clients = match shop.backend.db.engine_name() {
        "sqlite" => CLIENTS_SQLITE,
        _ => CLIENTS_POSTGRES,
    };
    let writes = || shop.backend.db.writes();
    let filled = writes().execute(clients, (tenant_id,)).await.unwrap();
    filled.exactly(25_000).unwrap();
    for days in [100, 80, 60, 40, 20] {
        let at = testkit::START.plus_days(-days).micros();
        let params = (tenant_id, shop.till.id, at);
        let filled = writes().execute(SALES, params).await.unwrap();
        filled.exactly(25_000).unwrap();
    }
}

/// Returns the time that a replay of 100,000 sales takes.
async fn measure(database: &TestDatabase) -> Duration {
    let shop = Shop::open(database, programme()).await;
    fill(&shop).await;
    let (ours, tenant_id) = (&shop.till.programme, shop.till.tenant_id);
    let began = Instant::now();
    let effect = effect(&shop.backend, tenant_id, ours, ours).await.unwrap();
    let took = began.elapsed();
    assert_eq!(effect.after.sales, 100_000);
    took
}

#[tokio::test]
#[ignore = "a measurement, for `--release -- --ignored --nocapture replay`"]
async fn a_replay_of_100_000_sales_takes_less_than_five_seconds_on_sqlite() {
    let took = measure(&TestDatabase::sqlite()).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    println!("{took:?} on SQLite");
}

#[tokio::test]
#[ignore = "a measurement, for `--release -- --ignored --nocapture replay`"]
async fn a_replay_of_100_000_sales_takes_less_than_five_seconds_on_postgres() {
    let took = measure(&TestDatabase::postgres().await).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    println!("{took:?} on PostgreSQL");
}
