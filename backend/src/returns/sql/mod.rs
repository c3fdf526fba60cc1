//! The statements of a return: recording it, and finding one recorded before.

mod given;
mod original;

pub(super) use given::{given, referral_rewards};
pub(super) use original::{FoundSale, kept_purchases, sale, totals};

use domain::{Money, Timestamp};

use super::{Planned, ReturnGoods, ReturnRecord};
use crate::Error;
use crate::db::Tx;
use crate::external_id::{ExternalKey, Known};

const INSERT: &str = r"
    INSERT INTO returns (
        tenant_id,
        client_id,
        cashier_node_id,
        sale_id,
        external_return_id,
        return_dirams,
        cash_refund_dirams,
        revoked_dirams,
        restored_dirams,
        shortage_dirams,
        settled_dirams,
        spent_back_dirams,
        new_balance_dirams,
        created_at,
        happened_at,
        counted_dirams,
        external_key
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)
    ON CONFLICT (tenant_id, external_key) DO NOTHING
    RETURNING id
";

/// Records the return. Returns `None` if the store has its external key already.
pub(super) async fn insert(
    tx: &mut Tx,
    goods: &ReturnGoods<'_>,
    client_id: i64,
    planned: &Planned,
    key: Option<&ExternalKey>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let (plan, record) = (&planned.plan, &planned.record);
    let params = (
        goods.till.tenant_id,
        client_id,
        goods.till.id,
        planned.sale_id,
        &goods.external_return_id,
        record.return_amount.dirams(),
        record.cash_refund_amount.dirams(),
        record.bonus_revoked.dirams(),
        record.bonus_restored.dirams(),
        record.bonus_shortage.dirams(),
        record.bonus_shortage_settled.dirams(),
        plan.spent_back.dirams(),
        record.new_balance.dirams(),
        now.micros(),
        plan.counted.dirams(),
        key.map(ExternalKey::as_str),
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const MARK_TAKEN_BACK: &str = r"
    UPDATE lots
    SET taken_back_by = $4
    WHERE tenant_id = $1
        AND client_id = $2
        AND seq = $3
        AND taken_back_by IS NULL
";

/// Marks a reward as taken back by a return.
pub(crate) async fn mark_taken_back(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lot_seq: i64,
    return_id: i64,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, lot_seq, return_id);
    tx.execute(MARK_TAKEN_BACK, params).await?.exactly(1)
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
    /// Returns whether `goods`, sent by `client_id`, repeats this return: it has the same client,
    /// sale and sum.
    fn is_repeated_by(&self, goods: &ReturnGoods<'_>, client_id: i64) -> bool {
        let key = |id: &Option<String>| {
            let id = id.as_ref()?;
            Some(ExternalKey::of(goods.till, id))
        };
        let asked = goods.request.return_amount.map(Money::dirams);
        self.client_id == client_id
            && key(&self.original_id) == key(&goods.original_external_sale_id)
            && asked.is_none_or(|asked| asked == self.return_dirams)
    }
}

const BY_KEY: &str = r"
    SELECT
        id,
        client_id,
        return_dirams,
        cash_refund_dirams,
        revoked_dirams,
        restored_dirams,
        shortage_dirams,
        settled_dirams,
        new_balance_dirams,
        created_at,
        (
            SELECT external_sale_id
            FROM sales
            WHERE sales.tenant_id = $1
                AND sales.id = returns.sale_id
        ) AS original_id
    FROM returns
    WHERE tenant_id = $1
        AND external_key = $2
";

/// Finds what is recorded under the key of a return. A repeated return gets the same record again.
pub(super) async fn known(
    tx: &mut Tx,
    goods: &ReturnGoods<'_>,
    client_id: i64,
    key: &ExternalKey,
    now: Timestamp,
) -> Result<Known<ReturnRecord>, Error> {
    let params = (goods.till.tenant_id, key.as_str());
    let row: Option<ReturnRow> = tx.fetch_optional(BY_KEY, params).await?;
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
