//! The statements that undo a sale.

use domain::{Money, Timestamp};

use super::super::{VoidRecord, VoidSale};
use crate::Error;
use crate::db::Tx;
use crate::external_id::ExternalKey;

/// A sale or redemption that is recorded under the id of a sale to be voided.
#[derive(sqlx::FromRow)]
pub(in crate::returns) struct KeyedSale {
    pub(in crate::returns) id: i64,
    pub(in crate::returns) client_id: i64,
    pub(in crate::returns) cashier_node_id: i64,
    pub(in crate::returns) redemption_id: Option<i64>,
    new_balance_dirams: i64,
    created_at: i64,
    voided_by: Option<i64>,
}

impl KeyedSale {
    pub(in crate::returns) fn recorded_at(&self) -> Timestamp {
        Timestamp::from_micros(self.created_at)
    }

    pub(in crate::returns) const fn is_voided(&self) -> bool {
        self.voided_by.is_some()
    }
}

const BY_KEY: &str = r"
    SELECT
        id,
        client_id,
        cashier_node_id,
        redemption_id,
        new_balance_dirams,
        created_at,
        voided_by
    FROM sales
    WHERE tenant_id = $1
        AND external_key = $2
";

/// Finds the sale or redemption with a key.
pub(in crate::returns) async fn by_key(
    tx: &mut Tx,
    tenant_id: i64,
    key: &ExternalKey,
) -> Result<Option<KeyedSale>, Error> {
    tx.fetch_optional(BY_KEY, (tenant_id, key.as_str())).await
}

const UNDONE: &str = r"
    SELECT
        revoked_dirams,
        restored_dirams,
        new_balance_dirams
    FROM returns
    WHERE tenant_id = $1
        AND id = $2
        AND is_void = 1
";

/// Returns what voiding the sale did; nothing for an id under which no sale was recorded.
pub(in crate::returns) async fn voided(
    tx: &mut Tx,
    tenant_id: i64,
    sale: &KeyedSale,
) -> Result<VoidRecord, Error> {
    let undone = match sale.voided_by {
        Some(id) if id > 0 => tx.fetch_optional(UNDONE, (tenant_id, id)).await?,
        _ => None,
    };
    let (revoked, restored, balance) = undone.unwrap_or((0, 0, sale.new_balance_dirams));
    Ok(VoidRecord {
        id: sale.voided_by.filter(|id| *id > 0).map(|_| sale.id),
        bonus_revoked: Money::from_dirams(revoked),
        bonus_restored: Money::from_dirams(restored),
        new_balance: Money::from_dirams(balance),
    })
}

const MARK_VOIDED: &str = r"
    UPDATE sales
    SET voided_by = $4
    WHERE tenant_id = $1
        AND id IN ($2, $3)
        AND voided_by IS NULL
";

/// Marks a sale, and the redemption that it has taken as its own, as undone by a row of `returns`.
pub(in crate::returns) async fn mark_voided(
    tx: &mut Tx,
    tenant_id: i64,
    sale: &KeyedSale,
    return_id: i64,
) -> Result<(), Error> {
    let redemption = sale.redemption_id.unwrap_or(sale.id);
    let params = (tenant_id, sale.id, redemption, return_id);
    let marked = tx.execute(MARK_VOIDED, params).await?;
    marked.exactly(1 + usize::from(sale.redemption_id.is_some()))
}

const INSERT_UNSEEN: &str = r"
    INSERT INTO sales (
        tenant_id,
        client_id,
        cashier_node_id,
        kind,
        external_key,
        external_sale_id,
        redeem_mode,
        total_dirams,
        gross_dirams,
        paid_dirams,
        redeemed_dirams,
        accrued_dirams,
        new_balance_dirams,
        sale_date,
        happened_at,
        created_at,
        voided_by
    )
    VALUES ($1, $2, $3, 'sale', $4, $5, 'payment_type', 0, 0, 0, 0, 0, $6, $7, $7, $7, 0)
    ON CONFLICT (tenant_id, external_key) DO NOTHING
";

/// Keeps an id under which no sale was recorded, so that none is recorded later. Returns `false` if
/// another request has recorded something under it just now.
pub(in crate::returns) async fn insert_unseen(
    tx: &mut Tx,
    void: &VoidSale<'_>,
    client_id: i64,
    key: &ExternalKey,
    balance: Money,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (
        void.till.tenant_id,
        client_id,
        void.till.id,
        key.as_str(),
        &void.external_sale_id,
        balance.dirams(),
        now.micros(),
    );
    tx.execute(INSERT_UNSEEN, params).await?.one_or_none()
}

const FORGET_UNSEEN: &str = r"
    DELETE FROM sales
    WHERE tenant_id = $1
        AND voided_by = 0
        AND created_at < $2
";

/// Forgets the ids that were voided before a moment and under which no sale was recorded.
pub(crate) async fn forget_unseen(
    tx: &mut Tx,
    tenant_id: i64,
    before: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, before.micros());
    tx.execute(FORGET_UNSEEN, params).await?.any();
    Ok(())
}
