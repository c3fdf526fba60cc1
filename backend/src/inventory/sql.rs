//! The statements of the stock.

use domain::Timestamp;
use serde::Serialize;

use super::Item;
use crate::Error;
use crate::db::{Tx, on_engine};

/// An item as both engines unpack it from one JSON parameter.
#[derive(Serialize)]
struct ItemJson<'a> {
    sku: &'a str,
    name: &'a str,
    category_code: Option<&'a str>,
    quantity_thousandths: i64,
}

/// Adds or renews articles with one statement.
pub(super) async fn upsert(
    tx: &mut Tx,
    tenant_id: i64,
    items: &[Item],
    now: Timestamp,
) -> Result<(), Error> {
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
    let items: Vec<ItemJson<'_>> = items
        .iter()
        .map(|item| ItemJson {
            sku: &item.sku,
            name: &item.name,
            category_code: item.category_code.as_deref(),
            quantity_thousandths: item.quantity.thousandths(),
        })
        .collect();
    let json = serde_json::to_string(&items).map_err(|error| Error::corrupt("items", error))?;
    let statement = tx.text(SQLITE, POSTGRES);
    on_engine!(tx.conn(), conn => {
        sqlx::query(statement)
            .bind(tenant_id)
            .bind(now.micros())
            .bind(json)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

/// Lists of one store are taken one after another; the store's row is their lock.
pub(super) async fn lock_store(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<(), Error> {
    const LOCK: &str = "UPDATE tenants SET inventory_synced_at = $2 WHERE id = $1";
    on_engine!(tx.conn(), conn => {
        sqlx::query(LOCK).bind(tenant_id).bind(now.micros()).execute(conn).await.map(|_| ())
    })?;
    Ok(())
}

pub(super) async fn count(tx: &mut Tx, tenant_id: i64) -> Result<i64, Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM products WHERE tenant_id = $1";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(COUNT).bind(tenant_id).fetch_one(conn).await
    })?)
}

/// Takes out what this list did not mention, which is what it has not just marked as synced. A clock that stood still
/// or went back is told apart by inequality.
pub(super) async fn deactivate(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<i64, Error> {
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

/// Marks known articles as synced without changing them.
pub(super) async fn keep(
    tx: &mut Tx,
    tenant_id: i64,
    skus: &[String],
    now: Timestamp,
) -> Result<(), Error> {
    const SQLITE: &str = "UPDATE products SET synced_at = $2 \
                          WHERE tenant_id = $1 AND sku IN (SELECT value FROM json_each($3))";
    const POSTGRES: &str = "UPDATE products SET synced_at = $2 WHERE tenant_id = $1 \
                            AND sku IN (SELECT json_array_elements_text(CAST($3 AS json)))";
    let json = serde_json::to_string(skus).map_err(|error| Error::corrupt("skus", error))?;
    let statement = tx.text(SQLITE, POSTGRES);
    on_engine!(tx.conn(), conn => {
        sqlx::query(statement)
            .bind(tenant_id)
            .bind(now.micros())
            .bind(json)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

/// Forgets articles that were taken out before this list; tells how many.
pub(super) async fn forget_deactivated(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<i64, Error> {
    const FORGET: &str = "DELETE FROM products WHERE tenant_id = $1 AND deactivated_at < $2";
    let forgotten = on_engine!(tx.conn(), conn => {
        sqlx::query(FORGET)
            .bind(tenant_id)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(i64::try_from(forgotten).unwrap_or(i64::MAX))
}
