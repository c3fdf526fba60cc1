//! The limit of SQLite alone: the bare statements through the driver, with the settings of the
//! server but without its connection pools.

use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use backend::{Clock, SystemClock};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions, Row, SqliteConnection};
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinSet;

use crate::load::{
    CASHBACK_DIRAMS, EXPIRY_MICROS, HOLD_MICROS, Run, TOTAL_DIRAMS, WARM_UP_SECONDS, Workload,
};
use crate::statements::{
    AUTHENTICATE, ENQUEUE, FIND, HOLDINGS, INSERT_ENTRIES_SQLITE, INSERT_SALE, LOCK,
    PUT_LOTS_SQLITE, UPDATE_CLIENT,
};
use crate::store::{FIRST_PHONE, Store, TILLS, token_hash};

/// The number of reading connections, the same as in the server.
const SQLITE_READERS: u32 = 4;

/// Returns the lookups or sales a second.
pub(crate) async fn measure(store: &Store, run: &Run) -> Result<f64> {
    let shared = Arc::new(Shared::open(store, run).await?);
    let warm = Instant::now() + Duration::from_secs(WARM_UP_SECONDS.into());
    let end = warm + Duration::from_secs(run.seconds.into());
    let mut tasks = JoinSet::new();
    for task in 0..run.connections {
        tasks.spawn(work(Arc::clone(&shared), task, warm, end));
    }
    let mut done = 0;
    while let Some(counted) = tasks.join_next().await {
        done += counted??;
    }
    Ok(f64::from(done) / f64::from(run.seconds))
}

/// The state that the tasks share.
struct Shared {
    run: Run,
    /// The hashes of the tokens of the store and of the tills.
    tokens: Vec<String>,
    /// The writing connection. SQLite allows one writer at a time, and this lock is a fair queue.
    writer: Mutex<SqliteConnection>,
    readers: Vec<Mutex<SqliteConnection>>,
}

/// One lookup or sale.
struct Visit {
    till: u32,
    phone: String,
    external_id: String,
}

/// Repeats lookups or sales until `end`, and counts those that finish after `warm`.
async fn work(shared: Arc<Shared>, task: u32, warm: Instant, end: Instant) -> Result<u32> {
    let mut counted = 0;
    for number in 0.. {
        let visit = shared.visit(task, number);
        match shared.run.workload {
            Workload::Lookup => shared.look_up(task, &visit).await?,
            Workload::Sale | Workload::Mixed => shared.sell(task, &visit).await?,
        }
        let now = Instant::now();
        if now >= end {
            break;
        }
        counted += u32::from(now >= warm);
    }
    Ok(counted)
}

impl Shared {
    async fn open(store: &Store, run: &Run) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(&store.database.url)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("cache_size", "-65536");
        let writer = Mutex::new(options.connect().await?);
        let mut readers = Vec::new();
        for _ in 0..SQLITE_READERS {
            readers.push(Mutex::new(options.clone().read_only(true).connect().await?));
        }
        let tokens = (0..=TILLS).map(token_hash).collect();
        Ok(Self {
            run: *run,
            tokens,
            writer,
            readers,
        })
    }

    fn visit(&self, task: u32, number: u32) -> Visit {
        let run = self.run.number;
        let random = scattered(u64::from(run) << 48 | u64::from(task) << 32 | u64::from(number));
        let client = random % u64::from(self.run.clients) + 1;
        Visit {
            till: u32::try_from(random >> 32).map_or(1, |high| high % TILLS + 1),
            phone: format!("+{}", FIRST_PHONE + client),
            external_id: format!("limit-{run}-{task}-{number}"),
        }
    }

    fn token(&self, number: u32) -> Option<&String> {
        self.tokens.get(usize::try_from(number).ok()?)
    }

    async fn reader(&self, task: u32) -> Result<MutexGuard<'_, SqliteConnection>> {
        let index = usize::try_from(task % SQLITE_READERS)?;
        let reader = self.readers.get(index).context("no reader")?;
        Ok(reader.lock().await)
    }

    async fn authenticate(&self, conn: &mut SqliteConnection, visit: &Visit) -> Result<()> {
        sqlx::query(AUTHENTICATE.text)
            .bind(self.token(0))
            .bind(self.token(visit.till))
            .fetch_one(conn)
            .await?;
        Ok(())
    }

    async fn look_up(&self, task: u32, visit: &Visit) -> Result<()> {
        let mut reader = self.reader(task).await?;
        self.authenticate(&mut reader, visit).await?;
        sqlx::query(FIND.text)
            .bind(1)
            .bind(&visit.phone)
            .bind(SystemClock.now().micros())
            .fetch_all(&mut *reader)
            .await?;
        Ok(())
    }

    async fn sell(&self, task: u32, visit: &Visit) -> Result<()> {
        self.authenticate(&mut *self.reader(task).await?, visit)
            .await?;
        let mut writer = self.writer.lock().await;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *writer).await?;
        record(&mut writer, visit).await?;
        sqlx::query("COMMIT").execute(&mut *writer).await?;
        Ok(())
    }
}

/// Runs the statements of a plain sale between BEGIN and COMMIT.
async fn record(conn: &mut SqliteConnection, visit: &Visit) -> Result<()> {
    let now = SystemClock.now().micros();
    let client = sqlx::query(LOCK.text)
        .bind(1)
        .bind(&visit.phone)
        .fetch_one(&mut *conn)
        .await?;
    let id: i64 = client.try_get("id")?;
    sqlx::query(HOLDINGS.text)
        .bind(1)
        .bind(id)
        .bind(now)
        .fetch_one(&mut *conn)
        .await?;
    let balance = client.try_get::<i64, _>("balance_dirams")? + CASHBACK_DIRAMS;
    let sale_id = insert_sale(conn, visit, id, balance, now).await?;
    let seq = client.try_get::<i64, _>("last_seq")? + 1;
    insert_cashback(conn, id, seq, sale_id, now).await?;
    update_client(conn, &client, now).await?;
    let payload = format!(
        "{{\"event\":\"sale\",\"sale_id\":{sale_id},\"total_dirams\":{TOTAL_DIRAMS},\
         \"accrued_dirams\":{CASHBACK_DIRAMS},\"redeemed_dirams\":0,\"balance_dirams\":{balance}}}"
    );
    sqlx::query(ENQUEUE.text)
        .bind(1)
        .bind(format!("sale:{sale_id}"))
        .bind(id)
        .bind(payload)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert_sale(
    conn: &mut SqliteConnection,
    visit: &Visit,
    client_id: i64,
    balance: i64,
    now: i64,
) -> Result<i64> {
    let row = sqlx::query(INSERT_SALE.text)
        .bind(1)
        .bind(client_id)
        .bind(visit.till)
        .bind("sale")
        .bind(format!("till:{}:{}", visit.till, visit.external_id))
        .bind(&visit.external_id)
        .bind(None::<String>)
        .bind("payment_type")
        .bind(TOTAL_DIRAMS)
        .bind(TOTAL_DIRAMS)
        .bind(TOTAL_DIRAMS)
        .bind(0)
        .bind(CASHBACK_DIRAMS)
        .bind(balance)
        .bind(None::<String>)
        .bind(None::<String>)
        .bind(now)
        .bind(now)
        .bind(None::<i64>)
        .bind(now)
        .fetch_one(conn)
        .await?;
    Ok(row.try_get(0)?)
}

async fn insert_cashback(
    conn: &mut SqliteConnection,
    client_id: i64,
    seq: i64,
    sale_id: i64,
    now: i64,
) -> Result<()> {
    let entry = format!(
        "[{{\"client_id\":{client_id},\"seq\":{seq},\"kind\":\"purchase\",\
         \"amount\":{CASHBACK_DIRAMS},\"debt_change\":0,\
         \"sale_id\":{sale_id},\"return_id\":null,\"act_id\":null,\"at\":{now}}}]"
    );
    let (available, expires) = (now + HOLD_MICROS, now + EXPIRY_MICROS);
    let lot = format!(
        "[{{\"client_id\":{client_id},\"seq\":{seq},\"kind\":\"purchase\",\
         \"amount\":{CASHBACK_DIRAMS},\"remaining\":{CASHBACK_DIRAMS},\"available_at\":{available},\"expires_at\":{expires},\
         \"sale_id\":{sale_id}}}]"
    );
    for (statement, row) in [(INSERT_ENTRIES_SQLITE, entry), (PUT_LOTS_SQLITE, lot)] {
        sqlx::query(statement.text)
            .bind(1)
            .bind(row)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn update_client(conn: &mut SqliteConnection, before: &SqliteRow, now: i64) -> Result<()> {
    sqlx::query(UPDATE_CLIENT.text)
        .bind(1)
        .bind(before.try_get::<i64, _>("id")?)
        .bind(before.try_get::<i64, _>("balance_dirams")? + CASHBACK_DIRAMS)
        .bind(before.try_get::<i64, _>("debt_dirams")?)
        .bind(before.try_get::<i64, _>("last_seq")? + 1)
        .bind(before.try_get::<i64, _>("total_spent_dirams")? + TOTAL_DIRAMS)
        .bind(before.try_get::<i64, _>("purchase_count")? + 1)
        .bind(before.try_get::<i64, _>("first_purchase_at")?)
        .bind(now)
        .bind(before.try_get::<bool, _>("second_purchase_rewarded")?)
        .bind(before.try_get::<Option<i64>, _>("last_redemption_at")?)
        .execute(conn)
        .await?;
    Ok(())
}

/// Maps consecutive numbers to numbers that look random: the output function of `SplitMix64`
/// (Steele, Lea and Flood, 2014).
fn scattered(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
