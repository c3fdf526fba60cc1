//! The statements of the goods that people read, and of lists that switched off too many of them.

use domain::{Timestamp, stock};

use crate::Error;
use crate::db::{Db, Tx};
use crate::inventory::filter::Filter;

// CROSS JOIN, because SQLite keeps the order of its tables.
const PACES: &str = r"
    SELECT
        sku,
        CAST(SUM(quantity_thousandths) AS BIGINT),
        MIN(happened_at),
        MAX(happened_at)
    FROM sales
    CROSS JOIN sale_lines
    WHERE sales.tenant_id = $1
        AND happened_at >= $2
        AND voided_by IS NULL
        AND sale_lines.tenant_id = $1
        AND sale_lines.sale_id = sales.id
        AND sku IS NOT NULL
    GROUP BY sku
";

/// Returns what was sold of each article since a moment, and its first and last sale.
pub(in crate::inventory) async fn paces(
    tx: &mut Tx,
    tenant_id: i64,
    since: Timestamp,
) -> Result<Vec<(String, i64, i64, i64)>, Error> {
    tx.fetch_all(PACES, (tenant_id, since.micros())).await
}

#[derive(sqlx::FromRow)]
pub(in crate::inventory) struct GoodsRow {
    pub(in crate::inventory) sku: String,
    pub(in crate::inventory) name: String,
    pub(in crate::inventory) category_code: Option<String>,
    pub(in crate::inventory) quantity_thousandths: i64,
    pub(in crate::inventory) stock_days: Option<i64>,
    pub(in crate::inventory) last_sold_at: Option<i64>,
    pub(in crate::inventory) deactivated_at: Option<i64>,
    pub(in crate::inventory) synced_at: i64,
}

const LIST: &str = r"
    SELECT
        sku,
        name,
        category_code,
        quantity_thousandths,
        stock_days,
        last_sold_at,
        deactivated_at,
        synced_at
    FROM products
    WHERE tenant_id = $1
        AND (name, sku) > ($2, $3)
        AND ($4 = '' OR search LIKE $4 ESCAPE '!')
        AND ($5 = '' OR category_code = $5)
        AND CASE $6
            WHEN 'off' THEN deactivated_at IS NOT NULL
            WHEN 'none' THEN deactivated_at IS NULL AND quantity_thousandths <= 0
            WHEN 'slow' THEN deactivated_at IS NULL
                AND quantity_thousandths > 0
                AND (stock_days IS NULL OR stock_days > $7)
            ELSE deactivated_at IS NULL
        END
    ORDER BY name, sku
    LIMIT $8
";

/// Returns the goods that pass the filter by name, at most `limit`.
pub(in crate::inventory) async fn list(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<GoodsRow>, Error> {
    let (name, sku) = filter.after.unwrap_or_default();
    let params = (
        tenant_id,
        name,
        sku,
        pattern(filter.search),
        filter.category,
        filter.show.as_str(),
        stock::WINDOW_DAYS,
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    db.reads().fetch_all(LIST, params).await
}

/// Returns the pattern that finds a text in any letters; empty for an empty text.
fn pattern(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

const COUNTS: &str = r"
    SELECT
        COUNT(*) - COUNT(deactivated_at),
        CAST(COALESCE(SUM(CASE
            WHEN deactivated_at IS NULL
                AND quantity_thousandths > 0
                AND (stock_days IS NULL OR stock_days > $2)
            THEN 1 ELSE 0
        END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE
            WHEN deactivated_at IS NULL AND quantity_thousandths <= 0 THEN 1 ELSE 0
        END), 0) AS BIGINT),
        COUNT(deactivated_at),
        MAX(synced_at)
    FROM products
    WHERE tenant_id = $1
";

/// Returns the numbers of goods: active, slow, sold out, off; and the last list.
pub(in crate::inventory) async fn counts(
    db: &Db,
    tenant_id: i64,
) -> Result<(i64, i64, i64, i64, Option<i64>), Error> {
    let params = (tenant_id, stock::WINDOW_DAYS);
    db.reads().fetch_one(COUNTS, params).await
}

// A till that sends no lines is known by its last checks: all checks of a month would be read of
// each such till.
const COVERAGE: &str = r"
    SELECT
        COUNT(*),
        CAST(COALESCE(SUM(CASE
            WHEN EXISTS (
                SELECT 1
                FROM (
                    SELECT id
                    FROM sales
                    WHERE tenant_id = $1
                        AND cashier_node_id = cashier_nodes.id
                        AND happened_at >= $2
                        AND voided_by IS NULL
                    ORDER BY happened_at DESC
                    LIMIT $3
                ) AS last_sales
                CROSS JOIN sale_lines
                WHERE sale_lines.tenant_id = $1
                    AND sale_lines.sale_id = last_sales.id
            ) THEN 1 ELSE 0
        END), 0) AS BIGINT)
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND disabled_at IS NULL
";

/// Returns the number of tills, and of those that have sent lines with one of their last `checks`
/// sales since a moment.
pub(in crate::inventory) async fn coverage(
    db: &Db,
    tenant_id: i64,
    since: Timestamp,
    checks: i64,
) -> Result<(i64, i64), Error> {
    let params = (tenant_id, since.micros(), checks);
    db.reads().fetch_one(COVERAGE, params).await
}

const NOTE_SWITCH_OFF: &str = r"
    INSERT INTO stock_switch_offs (
        tenant_id,
        switched_at,
        goods_before,
        goods_off
    )
    VALUES ($1, $2, $3, $4)
";

/// Keeps that a list has switched off many goods.
pub(in crate::inventory) async fn note_switch_off(
    tx: &mut Tx,
    tenant_id: i64,
    before: i64,
    off: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, now.micros(), before, off);
    tx.execute(NOTE_SWITCH_OFF, params).await?.exactly(1)
}

const SWITCH_OFF: &str = r"
    SELECT
        switched_at,
        goods_before,
        COUNT(*)
    FROM stock_switch_offs
    JOIN products
        ON products.tenant_id = $1
        AND products.deactivated_at = switched_at
    WHERE stock_switch_offs.tenant_id = $1
        AND ended_at IS NULL
    GROUP BY switched_at, goods_before
    ORDER BY switched_at DESC
    LIMIT 1
";

/// Returns the last open list that switched off many goods: its moment, the goods before, and those
/// that are still off.
pub(in crate::inventory) async fn switch_off(
    db: &Db,
    tenant_id: i64,
) -> Result<Option<(i64, i64, i64)>, Error> {
    db.reads().fetch_optional(SWITCH_OFF, (tenant_id,)).await
}

const END_SWITCH_OFF: &str = r"
    UPDATE stock_switch_offs
    SET ended_at = $3
    WHERE tenant_id = $1
        AND switched_at = $2
        AND ended_at IS NULL
    RETURNING goods_off
";

/// Ends the question about a list. Returns the goods that it switched off; `None` if there is no
/// open question.
pub(in crate::inventory) async fn end_switch_off(
    tx: &mut Tx,
    tenant_id: i64,
    at: Timestamp,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (tenant_id, at.micros(), now.micros());
    let ended: Option<(i64,)> = tx.fetch_optional(END_SWITCH_OFF, params).await?;
    Ok(ended.map(|(off,)| off))
}

const RESTORE: &str = r"
    UPDATE products
    SET deactivated_at = NULL
    WHERE tenant_id = $1
        AND deactivated_at = $2
";

/// Switches the goods of a list on again. Returns how many.
pub(in crate::inventory) async fn restore(
    tx: &mut Tx,
    tenant_id: i64,
    at: Timestamp,
) -> Result<i64, Error> {
    let restored = tx.execute(RESTORE, (tenant_id, at.micros())).await?;
    Ok(i64::try_from(restored.rows()).unwrap_or(i64::MAX))
}
