//! The statements of a return.

use domain::returns::{ReturnPlan, ReturnTotals, ReturnedSale};
use domain::sale::PurchaseHistory;
use domain::{Money, Timestamp};

use super::{ReturnGoods, ReturnRecord};
use crate::Error;
use crate::db::{Tx, on_engine};

/// The client's check of this external id, with its number.
pub(super) async fn sale(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    external_id: &str,
) -> Result<Option<(i64, ReturnedSale)>, Error> {
    const SALE: &str = "SELECT id, gross_dirams, paid_dirams, accrued_dirams, redeemed_dirams FROM sales \
                        WHERE tenant_id = $1 AND client_id = $2 AND external_sale_id = $3";
    let row: Option<(i64, i64, i64, i64, i64)> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(SALE)
            .bind(tenant_id)
            .bind(client_id)
            .bind(external_id)
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(|(id, gross, paid, accrued, redeemed)| {
        let sale = ReturnedSale {
            gross: Money::from_dirams(gross),
            paid: Money::from_dirams(paid),
            accrued: Money::from_dirams(accrued),
            redeemed: Money::from_dirams(redeemed),
            ..ReturnedSale::default()
        };
        (id, sale)
    }))
}

#[derive(sqlx::FromRow)]
struct TotalsRow {
    returned: i64,
    refunded: i64,
    revoked: i64,
    restored: i64,
    settled: i64,
    spent_back: i64,
}

/// What the earlier returns of a sale did.
pub(super) async fn totals(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
) -> Result<ReturnTotals, Error> {
    const TOTALS: &str = "SELECT CAST(COALESCE(SUM(return_dirams), 0) AS BIGINT) AS returned, \
                          CAST(COALESCE(SUM(cash_refund_dirams), 0) AS BIGINT) AS refunded, \
                          CAST(COALESCE(SUM(revoked_dirams), 0) AS BIGINT) AS revoked, \
                          CAST(COALESCE(SUM(restored_dirams), 0) AS BIGINT) AS restored, \
                          CAST(COALESCE(SUM(settled_dirams), 0) AS BIGINT) AS settled, \
                          CAST(COALESCE(SUM(spent_back_dirams), 0) AS BIGINT) AS spent_back \
                          FROM returns WHERE tenant_id = $1 AND sale_id = $2";
    let row: TotalsRow = on_engine!(tx.conn(), conn => {
        sqlx::query_as(TOTALS).bind(tenant_id).bind(sale_id).fetch_one(conn).await
    })?;
    Ok(ReturnTotals {
        returned: Money::from_dirams(row.returned),
        refunded: Money::from_dirams(row.refunded),
        revoked: Money::from_dirams(row.revoked),
        restored: Money::from_dirams(row.restored),
        settled: Money::from_dirams(row.settled),
        spent_back: Money::from_dirams(row.spent_back),
    })
}

/// The reactivation and second-purchase bonuses that a sale gave its client.
pub(super) async fn extras(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Money, Error> {
    const EXTRAS: &str = "SELECT CAST(COALESCE(SUM(amount_dirams), 0) AS BIGINT) FROM lots \
                          WHERE tenant_id = $1 AND client_id = $2 AND sale_id = $3 \
                          AND kind IN ('reactivation', 'second_purchase')";
    let dirams: i64 = on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(EXTRAS)
            .bind(tenant_id)
            .bind(client_id)
            .bind(sale_id)
            .fetch_one(conn)
            .await
    })?;
    Ok(Money::from_dirams(dirams))
}

/// The referral bonus that a sale gave the one who invited its client.
pub(super) async fn referral_bonus(
    tx: &mut Tx,
    tenant_id: i64,
    referrer: i64,
    sale_id: Option<i64>,
) -> Result<Money, Error> {
    const BONUS: &str = "SELECT CAST(COALESCE(SUM(amount_dirams), 0) AS BIGINT) FROM lots \
                         WHERE tenant_id = $1 AND client_id = $2 AND sale_id = $3 AND kind = 'referral'";
    let dirams: i64 = on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(BONUS)
            .bind(tenant_id)
            .bind(referrer)
            .bind(sale_id)
            .fetch_one(conn)
            .await
    })?;
    Ok(Money::from_dirams(dirams))
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    purchases: i64,
    first_at: Option<i64>,
    last_at: Option<i64>,
    rewarded: i64,
}

/// The client's purchases without those that have wholly come back. Reads every sale of the client.
pub(super) async fn kept_purchases(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<PurchaseHistory, Error> {
    const KEPT: &str = "SELECT COUNT(*) AS purchases, MIN(created_at) AS first_at, \
                        MAX(created_at) AS last_at, \
                        CAST(COALESCE(SUM(CASE WHEN id IN (SELECT sale_id FROM lots \
                        WHERE tenant_id = $1 AND client_id = $2 AND kind = 'second_purchase') \
                        THEN 1 ELSE 0 END), 0) AS BIGINT) AS rewarded FROM sales \
                        WHERE tenant_id = $1 AND client_id = $2 AND NOT EXISTS (SELECT 1 FROM returns \
                        WHERE returns.tenant_id = sales.tenant_id AND returns.sale_id = sales.id \
                        GROUP BY returns.sale_id HAVING SUM(return_dirams) >= sales.gross_dirams)";
    let row: KeptRow = on_engine!(tx.conn(), conn => {
        sqlx::query_as(KEPT).bind(tenant_id).bind(client_id).fetch_one(conn).await
    })?;
    Ok(PurchaseHistory {
        count: row.purchases,
        first_at: row.first_at.map(Timestamp::from_micros),
        last_at: row.last_at.map(Timestamp::from_micros),
        second_rewarded: row.rewarded > 0,
    })
}

/// Records the return; `None` where the store has its external id already.
pub(super) async fn insert(
    tx: &mut Tx,
    goods: &ReturnGoods<'_>,
    client_id: i64,
    sale_id: Option<i64>,
    plan: &ReturnPlan,
    record: &ReturnRecord,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    const INSERT: &str = "INSERT INTO returns (tenant_id, client_id, cashier_node_id, sale_id, \
                          external_return_id, return_dirams, cash_refund_dirams, revoked_dirams, \
                          restored_dirams, shortage_dirams, settled_dirams, spent_back_dirams, \
                          new_balance_dirams, created_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
                          ON CONFLICT (tenant_id, external_return_id) DO NOTHING RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(goods.caller.tenant_id)
            .bind(client_id)
            .bind(goods.caller.node_id)
            .bind(sale_id)
            .bind(&goods.external_return_id)
            .bind(record.return_amount.dirams())
            .bind(record.cash_refund_amount.dirams())
            .bind(record.bonus_revoked.dirams())
            .bind(record.bonus_restored.dirams())
            .bind(record.bonus_shortage.dirams())
            .bind(record.bonus_shortage_settled.dirams())
            .bind(plan.spent_back.dirams())
            .bind(record.new_balance.dirams())
            .bind(now.micros())
            .fetch_optional(conn)
            .await
    })?)
}

#[derive(sqlx::FromRow)]
struct ReturnRow {
    id: i64,
    return_dirams: i64,
    cash_refund_dirams: i64,
    revoked_dirams: i64,
    restored_dirams: i64,
    shortage_dirams: i64,
    settled_dirams: i64,
    new_balance_dirams: i64,
}

/// The return of this external id as its till was answered.
pub(super) async fn by_external_id(
    tx: &mut Tx,
    tenant_id: i64,
    external_id: &str,
) -> Result<Option<ReturnRecord>, Error> {
    const RETURN: &str = "SELECT id, return_dirams, cash_refund_dirams, revoked_dirams, restored_dirams, \
                          shortage_dirams, settled_dirams, new_balance_dirams FROM returns \
                          WHERE tenant_id = $1 AND external_return_id = $2";
    let row: Option<ReturnRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(RETURN).bind(tenant_id).bind(external_id).fetch_optional(conn).await
    })?;
    Ok(row.map(|row| ReturnRecord {
        id: row.id,
        return_amount: Money::from_dirams(row.return_dirams),
        cash_refund_amount: Money::from_dirams(row.cash_refund_dirams),
        bonus_revoked: Money::from_dirams(row.revoked_dirams),
        bonus_restored: Money::from_dirams(row.restored_dirams),
        bonus_shortage: Money::from_dirams(row.shortage_dirams),
        bonus_shortage_settled: Money::from_dirams(row.settled_dirams),
        new_balance: Money::from_dirams(row.new_balance_dirams),
    }))
}
