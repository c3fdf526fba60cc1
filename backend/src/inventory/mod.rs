//! The store's stock, sent whole by its back office (seed, "Остатки").

use domain::{Quantity, Timestamp};
use serde::Serialize;

use crate::db::{Engine, Tx, on_engine};
use crate::session::StoreCaller;
use crate::{Command, Error};

/// A list of stock. Within one list every sku stands once.
#[derive(Clone, Debug)]
pub struct Sync<'a> {
    /// The store.
    pub store: &'a StoreCaller,
    /// What there is.
    pub items: Vec<Item>,
    /// Whether what is not in the list is no longer sold.
    pub deactivate_missing: bool,
}

/// An article in stock.
#[derive(Clone, Debug)]
pub struct Item {
    /// The shop's article number.
    pub sku: String,
    /// As printed.
    pub name: String,
    /// The shop's category.
    pub category_code: Option<String>,
    /// How much there is.
    pub quantity: Quantity,
}

/// What a list changed, in articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// In the list.
    pub received: i64,
    /// New to the store.
    pub created: i64,
    /// Known before.
    pub updated: i64,
    /// Taken out because they were missing.
    pub deactivated: i64,
}

/// An item as both engines unpack it from one JSON parameter.
#[derive(Serialize)]
struct ItemJson<'a> {
    sku: &'a str,
    name: &'a str,
    category_code: Option<&'a str>,
    quantity_thousandths: i64,
}

impl Command for Sync<'_> {
    type Outcome = Synced;

    /// Three statements however long the list; four with `deactivate_missing`.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Synced, Error> {
        let tenant_id = self.store.tenant_id;
        lock_store(tx, tenant_id, now).await?;
        let before = count(tx, tenant_id).await?;
        self.upsert(tx, now).await?;
        let created = count(tx, tenant_id).await? - before;
        let deactivated = if self.deactivate_missing {
            deactivate(tx, tenant_id, now).await?
        } else {
            0
        };
        let received = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
        Ok(Synced {
            received,
            created,
            updated: received - created,
            deactivated,
        })
    }
}

impl Sync<'_> {
    async fn upsert(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        const SQLITE: &str = "INSERT INTO products (tenant_id, sku, name, category_code, \
                              quantity_thousandths, synced_at) \
                              SELECT $1, value ->> 'sku', value ->> 'name', value ->> 'category_code', \
                              value ->> 'quantity_thousandths', $2 FROM json_each($3) WHERE true \
                              ON CONFLICT (tenant_id, sku) DO UPDATE SET name = excluded.name, \
                              category_code = excluded.category_code, \
                              quantity_thousandths = excluded.quantity_thousandths, \
                              synced_at = excluded.synced_at, deactivated_at = NULL";
        const POSTGRES: &str = "INSERT INTO products (tenant_id, sku, name, category_code, \
                                quantity_thousandths, synced_at) \
                                SELECT $1, sku, name, category_code, quantity_thousandths, $2 \
                                FROM json_to_recordset(CAST($3 AS json)) AS item (sku TEXT, name TEXT, \
                                category_code TEXT, quantity_thousandths BIGINT) \
                                ON CONFLICT (tenant_id, sku) DO UPDATE SET name = excluded.name, \
                                category_code = excluded.category_code, \
                                quantity_thousandths = excluded.quantity_thousandths, \
                                synced_at = excluded.synced_at, deactivated_at = NULL";
        let items: Vec<ItemJson<'_>> = self
            .items
            .iter()
            .map(|item| ItemJson {
                sku: &item.sku,
                name: &item.name,
                category_code: item.category_code.as_deref(),
                quantity_thousandths: item.quantity.thousandths(),
            })
            .collect();
        let json = serde_json::to_string(&items).map_err(|error| Error::corrupt("items", error))?;
        let (tenant_id, now) = (self.store.tenant_id, now.micros());
        match tx.conn() {
            Engine::Sqlite(conn) => {
                sqlx::query(SQLITE)
                    .bind(tenant_id)
                    .bind(now)
                    .bind(json)
                    .execute(conn)
                    .await?;
            }
            Engine::Postgres(conn) => {
                sqlx::query(POSTGRES)
                    .bind(tenant_id)
                    .bind(now)
                    .bind(json)
                    .execute(conn)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Lists of one store are taken one after another; the store's row is their lock.
async fn lock_store(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<(), Error> {
    const LOCK: &str = "UPDATE tenants SET inventory_synced_at = $2 WHERE id = $1";
    on_engine!(tx.conn(), conn => {
        sqlx::query(LOCK).bind(tenant_id).bind(now.micros()).execute(conn).await.map(|_| ())
    })?;
    Ok(())
}

async fn count(tx: &mut Tx, tenant_id: i64) -> Result<i64, Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM products WHERE tenant_id = $1";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(COUNT).bind(tenant_id).fetch_one(conn).await
    })?)
}

/// Takes out what this list did not mention, which is what it has not just marked as synced. A clock that stood still
/// or went back is told apart by inequality.
async fn deactivate(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<i64, Error> {
    const DEACTIVATE: &str = "UPDATE products SET deactivated_at = $2 \
                              WHERE tenant_id = $1 AND synced_at <> $2 AND deactivated_at IS NULL";
    let changed = on_engine!(tx.conn(), conn => {
        sqlx::query(DEACTIVATE)
            .bind(tenant_id)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(i64::try_from(changed).unwrap_or(i64::MAX))
}
