//! The statements that read documents for a replay, and those of looks.

mod clients;
mod looks;

pub(super) use clients::*;
pub(super) use looks::*;

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

/// The most seconds by which the day of a document may come before its commit (contract, "Dates").
/// The index is by day, the replay by commit.
const DAY_BEFORE_COMMIT: i64 = 72 * 3_600;

const COUNT_SALES: &str = r"
    SELECT COUNT(*)
    FROM (
        SELECT 1 AS one
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND created_at >= $3
            AND voided_by IS NULL
        LIMIT $4
    ) AS found
";

/// Counts the sales and redemptions since a moment, at most `limit`.
pub(super) async fn count_sales(
    db: &Db,
    tenant_id: i64,
    from: Timestamp,
    limit: i64,
) -> Result<i64, Error> {
    let day = from.plus_seconds(-DAY_BEFORE_COMMIT);
    let params = (tenant_id, day.micros(), from.micros(), limit);
    let (count,) = db.reads().fetch_one(COUNT_SALES, params).await?;
    Ok(count)
}

const REGISTERED: &str = r"
    SELECT COUNT(*)
    FROM clients
    WHERE tenant_id = $1
        AND created_at >= $2
        AND NOT EXISTS (
            SELECT 1
            FROM lots
            WHERE lots.tenant_id = $1
                AND lots.client_id = clients.id
                AND lots.kind <> 'purchase'
                AND lots.kind = 'opening'
        )
";

/// Counts the clients registered since a moment, without imported ones.
pub(super) async fn registered(tx: &mut Tx, tenant_id: i64, from: Timestamp) -> Result<i64, Error> {
    let (count,) = tx.fetch_one(REGISTERED, (tenant_id, from.micros())).await?;
    Ok(count)
}

const BUYERS: &str = r"
    SELECT DISTINCT client_id
    FROM sales
    WHERE tenant_id = $1
        AND happened_at >= $2
        AND created_at >= $3
        AND voided_by IS NULL
    ORDER BY client_id
";

/// Returns the clients who have bought since a moment.
pub(super) async fn buyers(
    tx: &mut Tx,
    tenant_id: i64,
    from: Timestamp,
) -> Result<Vec<i64>, Error> {
    let day = from.plus_seconds(-DAY_BEFORE_COMMIT);
    let params = (tenant_id, day.micros(), from.micros());
    let rows: Vec<(i64,)> = tx.fetch_all(BUYERS, params).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A return.
#[derive(sqlx::FromRow)]
pub(super) struct ReturnRow {
    pub(super) client_id: i64,
    pub(super) sale_id: Option<i64>,
    pub(super) counted_dirams: i64,
    pub(super) spent_back_dirams: i64,
    pub(super) created_at: i64,
    pub(super) completes: bool,
}

const RETURNS: &str = r"
    SELECT
        client_id,
        sale_id,
        counted_dirams,
        spent_back_dirams,
        created_at,
        COALESCE((
            SELECT SUM(earlier.counted_dirams)
            FROM returns AS earlier
            WHERE earlier.tenant_id = $1
                AND earlier.sale_id = returns.sale_id
                AND earlier.id <= returns.id
        ) >= (
            SELECT total_dirams
            FROM sales
            WHERE sales.tenant_id = $1
                AND sales.id = returns.sale_id
        ), FALSE) AS completes
    FROM returns
    WHERE tenant_id = $1
        AND happened_at >= $2
        AND created_at >= $3
        AND is_void = 0
    ORDER BY client_id, created_at, id
";

/// Returns the returns since a moment, by client, in the order in which they were recorded.
pub(super) async fn returns(
    tx: &mut Tx,
    tenant_id: i64,
    from: Timestamp,
) -> Result<Vec<ReturnRow>, Error> {
    let day = from.plus_seconds(-DAY_BEFORE_COMMIT);
    let params = (tenant_id, day.micros(), from.micros());
    tx.fetch_all(RETURNS, params).await
}
