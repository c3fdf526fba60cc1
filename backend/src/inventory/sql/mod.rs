//! The statements of the stock.

mod goods;

pub(super) use goods::{
    GoodsRow, counts, coverage, end_switch_off, list, note_switch_off, paces, restore, switch_off,
};

use domain::{Quantity, Timestamp, stock};
use serde::Serialize;

use super::Item;
use super::pace::Paces;
use crate::Error;
use crate::db::{Dialect, Tx};

macro_rules! product_columns {
    () => {
        r"
        tenant_id,
        sku,
        name,
        category_code,
        quantity_thousandths,
        search,
        stock_days,
        last_sold_at,
        synced_at"
    };
}

/// The end of both engines' statement that adds or updates articles.
macro_rules! renew_known_products {
    () => {
        r"
    ON CONFLICT (tenant_id, sku) DO UPDATE SET
        name = excluded.name,
        category_code = excluded.category_code,
        quantity_thousandths = excluded.quantity_thousandths,
        search = excluded.search,
        stock_days = excluded.stock_days,
        last_sold_at = COALESCE(excluded.last_sold_at, products.last_sold_at),
        synced_at = excluded.synced_at,
        deactivated_at = NULL
"
    };
}

const UPSERT_SQLITE: &str = concat!(
    "
    INSERT INTO products (",
    product_columns!(),
    "
    )
    SELECT
        $1,
        value ->> 'sku',
        value ->> 'name',
        value ->> 'category_code',
        value ->> 'quantity_thousandths',
        value ->> 'search',
        value ->> 'stock_days',
        value ->> 'last_sold_at',
        $2
    FROM json_each($3)
    WHERE true",
    renew_known_products!(),
);

const UPSERT_POSTGRES: &str = concat!(
    "
    INSERT INTO products (",
    product_columns!(),
    "
    )
    SELECT
        $1,
        sku,
        name,
        category_code,
        quantity_thousandths,
        search,
        stock_days,
        last_sold_at,
        $2
    FROM json_to_recordset(CAST($3 AS json)) AS item (
        sku TEXT,
        name TEXT,
        category_code TEXT,
        quantity_thousandths BIGINT,
        search TEXT,
        stock_days BIGINT,
        last_sold_at BIGINT
    )",
    renew_known_products!(),
);

/// An item of the JSON parameter that both engines unpack.
#[derive(Serialize)]
struct ItemJson<'a> {
    sku: &'a str,
    name: &'a str,
    category_code: Option<&'a str>,
    quantity_thousandths: i64,
    search: String,
    stock_days: Option<i64>,
    last_sold_at: Option<i64>,
}

/// Adds or updates articles with one statement.
pub(super) async fn upsert(
    tx: &mut Tx,
    tenant_id: i64,
    items: &[Item],
    paces: &Paces,
    now: Timestamp,
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => UPSERT_SQLITE,
        Dialect::Postgres => UPSERT_POSTGRES,
    };
    let items: Vec<ItemJson<'_>> = items
        .iter()
        .map(|item| {
            let pace = paces.get(&item.sku);
            ItemJson {
                sku: &item.sku,
                name: &item.name,
                category_code: item.category_code.as_deref(),
                quantity_thousandths: item.quantity.thousandths(),
                search: format!("{} {}", item.name, item.sku).to_lowercase(),
                stock_days: pace.map_or_else(
                    || stock::stock_days(item.quantity, Quantity::default(), 0),
                    |pace| pace.stock_days(item.quantity, now),
                ),
                last_sold_at: pace.map(|pace| pace.last_sold_at.micros()),
            }
        })
        .collect();
    let json = serde_json::to_string(&items).map_err(|error| Error::corrupt("items", error))?;
    let params = (tenant_id, now.micros(), json);
    tx.execute(statement, params).await?.exactly(items.len())
}

const LOCK_STORE: &str = r"
    UPDATE tenants
    SET inventory_synced_at = $2
    WHERE id = $1
";

/// Locks the store's row, so that lists of one store are stored one after another.
pub(super) async fn lock_store(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<(), Error> {
    let locked = tx.execute(LOCK_STORE, (tenant_id, now.micros())).await?;
    locked.exactly(1)
}

const COUNT: &str = r"
    SELECT
        COUNT(*),
        COUNT(*) - COUNT(deactivated_at)
    FROM products
    WHERE tenant_id = $1
";

/// Returns the number of articles, and of those that are not deactivated.
pub(super) async fn count(tx: &mut Tx, tenant_id: i64) -> Result<(i64, i64), Error> {
    tx.fetch_one(COUNT, (tenant_id,)).await
}

// Compares with `<>` rather than `<`, because the clock may have gone back since the last list.
const DEACTIVATE: &str = r"
    UPDATE products
    SET deactivated_at = $2
    WHERE tenant_id = $1
        AND synced_at <> $2
        AND deactivated_at IS NULL
";

/// Deactivates the articles that this list has not just marked as synced. Returns how many.
pub(super) async fn deactivate(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<i64, Error> {
    let changed = tx.execute(DEACTIVATE, (tenant_id, now.micros())).await?;
    Ok(i64::try_from(changed.rows()).unwrap_or(i64::MAX))
}

const KEEP_SQLITE: &str = r"
    UPDATE products
    SET synced_at = $2
    WHERE tenant_id = $1
        AND sku IN (SELECT value FROM json_each($3))
";

const KEEP_POSTGRES: &str = r"
    UPDATE products
    SET synced_at = $2
    WHERE tenant_id = $1
        AND sku IN (SELECT json_array_elements_text(CAST($3 AS json)))
";

/// Marks known articles as synced without changing them.
pub(super) async fn keep(
    tx: &mut Tx,
    tenant_id: i64,
    skus: &[String],
    now: Timestamp,
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => KEEP_SQLITE,
        Dialect::Postgres => KEEP_POSTGRES,
    };
    let json = serde_json::to_string(skus).map_err(|error| Error::corrupt("skus", error))?;
    let params = (tenant_id, now.micros(), json);
    // Some may be new to the store.
    tx.execute(statement, params).await?.any();
    Ok(())
}

const FORGET: &str = r"
    DELETE FROM products
    WHERE tenant_id = $1
        AND deactivated_at < $2
";

/// Deletes articles that were deactivated before this list. Returns how many.
pub(super) async fn forget_deactivated(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<i64, Error> {
    let forgotten = tx.execute(FORGET, (tenant_id, now.micros())).await?;
    Ok(i64::try_from(forgotten.rows()).unwrap_or(i64::MAX))
}
