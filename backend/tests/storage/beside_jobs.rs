//! A test of tills that work while a job runs in a process of its own.

use std::sync::Arc;

use backend::Backend;
use backend::jobs::{Sweep, expire_bonuses};
use backend::secrets::SecretKey;
use domain::Programme;
use testkit::{Shop, TestDatabase};

const DAY: i64 = 86_400;
/// The number of lots that the sweep ends in one transaction on SQLite.
const CHUNK: i64 = 500;
const UNSWEPT: &str =
    "SELECT COUNT(*) FROM lots WHERE tenant_id = $1 AND remaining_dirams > 0 AND kind = 'manual'";

/// Tests only SQLite, because there a job and the tills share the one writer of the file.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_till_gets_its_turn_after_every_chunk_of_a_sweep() {
    let database = TestDatabase::sqlite();
    let shop = Shop::open(&database, Programme::default()).await;
    let many = shop.register("900000001").await.id;
    shop.register("900000002").await;
    shop.give_small_lots(many).await;
    shop.clock.advance(180 * DAY);

    let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
    let clock = Arc::clone(&shop.clock);
    let jobs = Backend::open_for_jobs(database.url(), secrets, clock).await;
    let jobs = jobs.unwrap();
    let store = [shop.till.tenant_id];
    let sweep =
        tokio::spawn(async move { expire_bonuses(&jobs, None, Sweep::ButFor(&store)).await });
    let mut most_waited = 0;
    while !sweep.is_finished() {
        let before = shop.number(UNSWEPT).await;
        shop.sell("900000002", "20", "0", None).await.unwrap();
        most_waited = most_waited.max(before - shop.number(UNSWEPT).await);
    }
    let swept = sweep.await.unwrap().unwrap();
    assert_eq!(swept.lots, 20_000);
    // One chunk may be running already, and on a slow machine two more may pass.
    assert!(
        most_waited <= 3 * CHUNK,
        "a sale waited for {most_waited} lots"
    );
    shop.assert_sound().await;
}
