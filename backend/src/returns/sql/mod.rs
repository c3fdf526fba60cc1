//! The statements of a return.

mod given;

pub(super) use given::{given, referral_rewards};

use domain::returns::{ReturnPlan, ReturnTotals, ReturnedSale};
use domain::sale::KeptPurchase;
use domain::{Money, Timestamp};

use super::{ReturnGoods, ReturnRecord};
use crate::Error;
use crate::db::{Tx, on_engine};
use crate::external_id::{ExternalKey, Known};
use crate::session::Caller;

#[derive(sqlx::FromRow)]
struct SaleRow {
    id: i64,
    total_dirams: i64,
    gross_dirams: i64,
    paid_dirams: i64,
    accrued_dirams: i64,
    redeemed_dirams: i64,
    redemption_id: Option<i64>,
}

impl SaleRow {
    fn into_sale(self) -> FoundSale {
        FoundSale {
            id: self.id,
            redemption_id: self.redemption_id.unwrap_or(self.id),
            sale: ReturnedSale {
                total: Money::from_dirams(self.total_dirams),
                gross: Money::from_dirams(self.gross_dirams),
                paid: Money::from_dirams(self.paid_dirams),
                accrued: Money::from_dirams(self.accrued_dirams),
                redeemed: Money::from_dirams(self.redeemed_dirams),
                ..ReturnedSale::default()
            },
        }
    }
}

/// The check that goods come back from.
pub(super) struct FoundSale {
    pub(super) id: i64,
    /// The check whose entries took its bonuses: itself, or a redemption of the same check before it.
    pub(super) redemption_id: i64,
    pub(super) sale: ReturnedSale,
}

macro_rules! sale_columns {
    () => {
        "SELECT id, total_dirams, gross_dirams, paid_dirams, accrued_dirams, redeemed_dirams, redemption_id \
         FROM sales WHERE tenant_id = $1 AND client_id = $2 "
    };
}

/// The client's check of this external id: this till's first, then the newest of any till; a sale before a
/// redemption alone. One statement where this till or the id of a UUID knows it, two elsewhere.
pub(super) async fn sale(
    tx: &mut Tx,
    caller: &Caller,
    client_id: i64,
    external_id: &str,
    now: Timestamp,
) -> Result<Option<FoundSale>, Error> {
    const BY_KEY: &str = concat!(
        sale_columns!(),
        "AND external_key IN ($3, $4) ORDER BY CASE WHEN created_at > $5 THEN 0 ELSE 1 END, kind DESC LIMIT 1"
    );
    const BY_CLIENT: &str = concat!(
        sale_columns!(),
        "AND external_sale_id = $3 ORDER BY CASE WHEN cashier_node_id = $4 THEN 0 ELSE 1 END, kind DESC, \
         created_at DESC, id DESC LIMIT 1"
    );
    let sale = ExternalKey::of(caller, external_id);
    let redemption = ExternalKey::of_redemption(caller, external_id);
    let mut row: Option<SaleRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(BY_KEY)
            .bind(caller.tenant_id)
            .bind(client_id)
            .bind(sale.as_str())
            .bind(redemption.as_str())
            .bind(sale.free_again_if_recorded_at(now).micros())
            .fetch_optional(conn)
            .await
    })?;
    if row.is_none() {
        row = on_engine!(tx.conn(), conn => {
            sqlx::query_as(BY_CLIENT)
                .bind(caller.tenant_id)
                .bind(client_id)
                .bind(external_id)
                .bind(caller.node_id)
                .fetch_optional(conn)
                .await
        })?;
    }
    Ok(row.map(SaleRow::into_sale))
}

#[derive(sqlx::FromRow)]
struct TotalsRow {
    count: i64,
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
    const TOTALS: &str = "SELECT COUNT(*) AS count, \
                          CAST(COALESCE(SUM(counted_dirams), 0) AS BIGINT) AS returned, \
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
        count: row.count,
        returned: Money::from_dirams(row.returned),
        refunded: Money::from_dirams(row.refunded),
        revoked: Money::from_dirams(row.revoked),
        restored: Money::from_dirams(row.restored),
        settled: Money::from_dirams(row.settled),
        spent_back: Money::from_dirams(row.spent_back),
    })
}

/// Notes that a return has taken a reward back.
pub(super) async fn mark_taken_back(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lot_seq: i64,
    return_id: i64,
) -> Result<(), Error> {
    const MARK: &str = "UPDATE lots SET taken_back_by = $4 \
                        WHERE tenant_id = $1 AND client_id = $2 AND seq = $3 AND taken_back_by IS NULL";
    let marked = on_engine!(tx.conn(), conn => {
        sqlx::query(MARK)
            .bind(tenant_id)
            .bind(client_id)
            .bind(lot_seq)
            .bind(return_id)
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    if marked == 1 {
        Ok(())
    } else {
        Err(Error::corrupt("lots.taken_back_by", lot_seq))
    }
}

/// The client's purchases without those that have wholly come back, the oldest first. Reads every sale of the client.
pub(super) async fn kept_purchases(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<Vec<KeptPurchase>, Error> {
    const KEPT: &str = "SELECT id, created_at FROM sales \
                        WHERE tenant_id = $1 AND client_id = $2 AND kind = 'sale' \
                        AND NOT EXISTS (SELECT 1 FROM returns \
                        WHERE returns.tenant_id = sales.tenant_id AND returns.sale_id = sales.id \
                        GROUP BY returns.sale_id HAVING SUM(counted_dirams) >= sales.total_dirams) \
                        ORDER BY created_at, id";
    let rows: Vec<(i64, i64)> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(KEPT)
            .bind(tenant_id)
            .bind(client_id)
            .fetch_all(conn)
            .await
    })?;
    let kept = |(sale_id, created_at)| KeptPurchase {
        sale_id,
        at: Timestamp::from_micros(created_at),
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// Records the return; `None` if the store has its external key already.
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
                          new_balance_dirams, created_at, happened_at, counted_dirams, \
                          external_key) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16) \
                          ON CONFLICT (tenant_id, external_key) DO NOTHING RETURNING id";
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
            .bind(plan.counted.dirams())
            .bind(goods.external_key().as_ref().map(ExternalKey::as_str))
            .fetch_optional(conn)
            .await
    })?)
}

#[derive(sqlx::FromRow)]
struct ReturnRow {
    id: i64,
    client_id: i64,
    return_dirams: i64,
    cash_refund_dirams: i64,
    revoked_dirams: i64,
    restored_dirams: i64,
    shortage_dirams: i64,
    settled_dirams: i64,
    new_balance_dirams: i64,
    created_at: i64,
    original_id: Option<String>,
}

impl ReturnRow {
    /// Whether it is the return that `client_id` sends again: of the same client, check and sum.
    fn is_repeated_by(&self, goods: &ReturnGoods<'_>, client_id: i64) -> bool {
        let key = |id: &Option<String>| {
            let id = id.as_ref()?;
            Some(ExternalKey::of(goods.caller, id))
        };
        let asked = goods.request.return_amount.map(Money::dirams);
        self.client_id == client_id
            && key(&self.original_id) == key(&goods.original_external_sale_id)
            && asked.is_none_or(|asked| asked == self.return_dirams)
    }
}

/// What the store has under the key of a return, as its till was answered.
pub(super) async fn known(
    tx: &mut Tx,
    goods: &ReturnGoods<'_>,
    client_id: i64,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Known<ReturnRecord>, Error> {
    const RETURN: &str = "SELECT id, client_id, return_dirams, cash_refund_dirams, revoked_dirams, \
                          restored_dirams, shortage_dirams, settled_dirams, new_balance_dirams, created_at, \
                          (SELECT external_sale_id FROM sales WHERE sales.tenant_id = $1 \
                          AND sales.id = returns.sale_id) AS original_id \
                          FROM returns WHERE tenant_id = $1 AND external_key = $2";
    let row: Option<ReturnRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(RETURN)
            .bind(goods.caller.tenant_id)
            .bind(key.as_str())
            .fetch_optional(conn)
            .await
    })?;
    let Some(row) = row else {
        return Ok(Known::Free(None));
    };
    if key.is_free_again(Timestamp::from_micros(row.created_at), now) {
        return Ok(Known::Free(Some(row.id)));
    }
    if !row.is_repeated_by(goods, client_id) {
        return Ok(Known::Other);
    }
    Ok(Known::Same(ReturnRecord {
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
