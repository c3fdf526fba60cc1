//! What a test may do to a store behind the use-cases: settings without one yet, and figures that no answer shows.

use backend::db::{Engine, Tx};
use backend::store::{self, Created};
use backend::{Command, Error};
use domain::Timestamp;

use crate::Shop;

struct AddTill<'a>(&'a Shop, &'a str);

impl Command for AddTill<'_> {
    type Outcome = Created;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Created, Error> {
        let Self(shop, name) = self;
        let (tenant, secrets) = (shop.till.tenant_id, &shop.backend.secrets);
        let branch = store::add_branch(tx, tenant, "Второй филиал", now).await?;
        store::add_till(tx, secrets, tenant, branch, name, now).await
    }
}

impl Shop {
    /// Adds a till in a branch of its own.
    ///
    /// # Panics
    /// Where that fails, as every method here does.
    pub async fn add_till(&self, name: &str) -> Created {
        self.backend
            .run(&AddTill(self, name))
            .await
            .expect("a till")
    }

    /// Changes rows of the database; `$1` is the store's number, `$2` is `id`. Returns how many it changed.
    ///
    /// # Panics
    /// Where that fails.
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

    /// One whole number from the database; `$1` is the store's number.
    ///
    /// # Panics
    /// Where there is none.
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
}
