//! The statements of a return: recording it, and finding one recorded before.

mod given;
mod original;
mod void;

pub(crate) use given::{GivenReward, referral_rewards};
pub(super) use given::{given, referrers};
pub(super) use original::{FoundSale, kept_purchases, sale, totals};
pub(crate) use void::forget_unseen;
pub(super) use void::{KeyedSale, by_key, insert_unseen, mark_voided, voided};

use domain::rewards::Reward;
use domain::{Money, Timestamp};

use super::{Kind, Planned, ReturnGoods, ReturnRecord};
use crate::Error;
use crate::db::Tx;
use crate::external_id::{ExternalKey, Known};
use crate::ledger::{Family, is_in_family};

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
        external_key,
        is_void
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16, $17)
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
        i64::from(planned.kind == Kind::Void),
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const MARK_TAKEN_BACK: &str = concat!(
    "
    UPDATE lots
    SET taken_back_by = $5
    WHERE tenant_id = $1
        AND ",
    is_in_family!(),
    "
        AND kind <> 'purchase'
        AND kind = $3
        AND sale_id = $4
        AND taken_back_by IS NULL
"
);

/// Marks a reward of a client as taken back by a return; 0 is a merge. The reward is one lot, and
/// more if merges have moved parts of it.
pub(crate) async fn mark_taken_back(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    reward: &Reward,
    return_id: i64,
) -> Result<(), Error> {
    let (kind, sale_id) = (reward.kind.as_str(), reward.sale_id);
    let params = (tenant_id, client_id, kind, sale_id, return_id);
    let marked = tx.execute(MARK_TAKEN_BACK, params).await?;
    if marked.rows() == 0 {
        return marked.exactly(1);
    }
    marked.any();
    Ok(())
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
    /// Returns whether `goods`, sent by `client`, repeats this return: it has the same client, sale
    /// and sum.
    fn is_repeated_by(&self, goods: &ReturnGoods<'_>, client: &Family) -> bool {
        let key = |id: &Option<String>| {
            let id = id.as_ref()?;
            Some(ExternalKey::of(goods.till, id))
        };
        let asked = goods.request.return_amount.map(Money::dirams);
        client.has(self.client_id)
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
    client: &Family,
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
    if !row.is_repeated_by(goods, client) {
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
