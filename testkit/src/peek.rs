//! Direct access of tests to a store's database: settings that no use-case offers yet, and figures
//! that no answer shows.

use backend::db::{Engine, Tx};
use backend::stores::{self, Created};
use backend::tills;
use backend::{Command, Error};
use domain::Timestamp;

use crate::Shop;

struct AddTill<'a>(&'a Shop, &'a str);

impl Command for AddTill<'_> {
    type Outcome = Created;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Created, Error> {
        let Self(shop, name) = self;
        let (tenant, secrets) = (shop.till.tenant_id, &shop.backend.secrets);
        let branch = stores::add_branch(tx, tenant, "Второй филиал", "", now).await?;
        tills::add(tx, secrets, tenant, branch, name, now).await
    }
}

/// A row that a forgotten transaction keeps locked. Dropping the value releases the lock.
pub struct Held(#[expect(dead_code, reason = "dropping it releases the lock")] Tx);

impl Shop {
    /// Locks the rows of the store's clients, as a forgotten transaction does, until the returned
    /// value is dropped.
    ///
    /// # Panics
    /// If the rows cannot be locked.
    pub async fn hold_clients(&self) -> Held {
        self.hold("UPDATE clients SET full_name = full_name WHERE tenant_id = $1")
            .await
    }

    /// Locks the row that `/readyz` writes, in the same way.
    ///
    /// # Panics
    /// If the row cannot be locked.
    pub async fn hold_readiness(&self) -> Held {
        self.hold("INSERT INTO readiness (id, written_at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET written_at = 0")
            .await
    }

    /// Locks the rows that `statement` writes. `$1` is the store's number.
    async fn hold(&self, statement: &'static str) -> Held {
        let mut tx = self.backend.db.begin().await.expect("a transaction");
        let tenant = self.till.tenant_id;
        match tx.conn() {
            Engine::Sqlite(conn) => {
                let query = sqlx::query(statement).bind(tenant);
                query.execute(conn).await.map(|_| ()).expect("a lock");
            }
            Engine::Postgres(conn) => {
                // Connections of Bonex have a timeout for idle transactions; a forgotten
                // transaction of another program does not.
                let forget = sqlx::query("SET LOCAL idle_in_transaction_session_timeout = 0");
                forget.execute(&mut *conn).await.expect("a setting");
                let query = sqlx::query(statement).bind(tenant);
                query.execute(conn).await.map(|_| ()).expect("a lock");
            }
        }
        Held(tx)
    }

    /// Adds a till in a new branch.
    ///
    /// # Panics
    /// If that fails. All methods here panic on failure.
    pub async fn add_till(&self, name: &str) -> Created {
        self.backend
            .run(&AddTill(self, name))
            .await
            .expect("a till")
    }

    /// Changes rows of the database and returns their number. `$1` is the store's number, `$2` is
    /// `id`.
    ///
    /// # Panics
    /// If the statement fails.
    pub async fn execute(&self, statement: &'static str, id: i64) -> u64 {
        let tenant = self.till.tenant_id;
        match self.backend.db.writes() {
            Engine::Sqlite(pool) => {
                let query = sqlx::query(statement).bind(tenant).bind(id);
                query.execute(pool).await.expect("a change").rows_affected()
            }
            Engine::Postgres(pool) => {
                let query = sqlx::query(statement).bind(tenant).bind(id);
                query.execute(pool).await.expect("a change").rows_affected()
            }
        }
    }

    /// Reads a whole number from the database. `$1` is the store's number.
    ///
    /// # Panics
    /// If the statement returns no number.
    pub async fn number(&self, statement: &'static str) -> i64 {
        let tenant = self.till.tenant_id;
        match self.backend.db.reads() {
            Engine::Sqlite(pool) => {
                sqlx::query_scalar(statement)
                    .bind(tenant)
                    .fetch_one(pool)
                    .await
            }
            Engine::Postgres(pool) => {
                sqlx::query_scalar(statement)
                    .bind(tenant)
                    .fetch_one(pool)
                    .await
            }
        }
        .expect("a number")
    }

    /// Gives a new client 20,000 lots of one diram each. The lots can be spent from the client's
    /// registration on and end 180 days after it.
    ///
    /// # Panics
    /// If the statements fail.
    pub async fn give_small_lots(&self, client_id: i64) {
        const ENTRIES: &str = "INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, \
                               debt_change_dirams, created_at) \
                               WITH RECURSIVE numbers(n) AS (SELECT CAST(1 AS BIGINT) \
                               UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000) \
                               SELECT $1, id, n, 'manual', 1, 0, created_at FROM numbers, clients \
                               WHERE tenant_id = $1 AND id = $2";
        const LOTS: &str = "INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, \
                            remaining_dirams, available_at, expires_at) \
                            SELECT tenant_id, client_id, seq, kind, 1, 1, created_at, \
                            created_at + 15552000000000 \
                            FROM entries WHERE tenant_id = $1 AND client_id = $2";
        const CLIENT: &str = "UPDATE clients SET balance_dirams = 20000, last_seq = 20000 \
                              WHERE tenant_id = $1 AND id = $2";
        for statement in [ENTRIES, LOTS, CLIENT] {
            self.execute(statement, client_id).await;
        }
    }
}
