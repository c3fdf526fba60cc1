//! The statements that read the original sale of a return, and the client's other purchases.

use domain::returns::{ReturnTotals, ReturnedSale};
use domain::sales::KeptPurchase;
use domain::{Money, Timestamp};

use crate::Error;
use crate::db::Tx;
use crate::external_id::ExternalKey;
use crate::ledger::{Family, is_in_family};
use crate::tills::AuthenticatedTill;

#[derive(sqlx::FromRow)]
struct SaleRow {
    id: i64,
    total_dirams: i64,
    gross_dirams: i64,
    paid_dirams: i64,
    accrued_dirams: i64,
    redeemed_dirams: i64,
    redemption_id: Option<i64>,
    redeemer_id: i64,
    is_voided: bool,
}

impl SaleRow {
    fn into_sale(self) -> FoundSale {
        FoundSale {
            id: self.id,
            redemption_id: self.redemption_id.unwrap_or(self.id),
            redeemer_id: self.redeemer_id,
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

/// The sale that the goods were bought with.
pub(in crate::returns) struct FoundSale {
    pub(in crate::returns) id: i64,
    /// The number of the document whose entries took the sale's bonuses: the sale itself, or the
    /// redemption before it.
    pub(in crate::returns) redemption_id: i64,
    /// The client whose lots that document took from.
    pub(in crate::returns) redeemer_id: i64,
    pub(in crate::returns) sale: ReturnedSale,
}

/// The columns of [`SaleRow`].
macro_rules! sale_columns {
    () => {
        r"
        id,
        total_dirams,
        gross_dirams,
        paid_dirams,
        accrued_dirams,
        redeemed_dirams,
        redemption_id,
        COALESCE((
            SELECT redemptions.client_id
            FROM sales AS redemptions
            WHERE redemptions.tenant_id = $1
                AND redemptions.id = sales.redemption_id
        ), client_id) AS redeemer_id,
        voided_by IS NOT NULL AS is_voided"
    };
}

/// The statement that finds a sale by its key; the first parameter says whose it is.
macro_rules! by_key {
    ($is_client:expr) => {
        concat!(
            "
    SELECT",
            sale_columns!(),
            "
    FROM sales
    WHERE tenant_id = $1
        AND ",
            $is_client,
            "
        AND external_key IN ($3, $4)
    ORDER BY
        CASE WHEN created_at > $5 THEN 0 ELSE 1 END,
        kind DESC
    LIMIT 1
"
        )
    };
}

const BY_KEY: &str = by_key!("client_id = $2");
const BY_KEY_IN_FAMILY: &str = by_key!(is_in_family!());

/// The statement that finds a client's sale by its external id.
macro_rules! by_client {
    ($is_client:expr) => {
        concat!(
            "
    SELECT",
            sale_columns!(),
            "
    FROM sales
    WHERE tenant_id = $1
        AND ",
            $is_client,
            "
        AND external_sale_id = $3
        AND voided_by IS NULL
    ORDER BY
        CASE WHEN cashier_node_id = $4 THEN 0 ELSE 1 END,
        kind DESC,
        created_at DESC,
        id DESC
    LIMIT 1
"
        )
    };
}

const BY_CLIENT: &str = by_client!("client_id = $2");
const BY_CLIENT_IN_FAMILY: &str = by_client!(is_in_family!());

/// Finds the client's sale with this external id: first one with this till's key or the UUID, then
/// the newest of any till, this till's before others. A sale comes before a redemption without a
/// sale. One statement if the first search finds it, two if not.
///
/// # Errors
/// [`Error::SaleVoided`] if the till has undone it.
pub(in crate::returns) async fn sale(
    tx: &mut Tx,
    till: &AuthenticatedTill,
    client: &Family,
    external_id: &str,
    now: Timestamp,
) -> Result<Option<FoundSale>, Error> {
    let sale = ExternalKey::of(till, external_id);
    let redemption = ExternalKey::of_redemption(till, external_id);
    let (by_key, by_client) = if client.is_single() {
        (BY_KEY, BY_CLIENT)
    } else {
        (BY_KEY_IN_FAMILY, BY_CLIENT_IN_FAMILY)
    };
    let params = (
        till.tenant_id,
        client.id(),
        sale.as_str(),
        redemption.as_str(),
        sale.free_again_if_recorded_at(now).micros(),
    );
    let mut row: Option<SaleRow> = tx.fetch_optional(by_key, params).await?;
    if row.is_none() {
        let params = (till.tenant_id, client.id(), external_id, till.id);
        row = tx.fetch_optional(by_client, params).await?;
    }
    if row.as_ref().is_some_and(|row| row.is_voided) {
        return Err(Error::SaleVoided);
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

const TOTALS: &str = r"
    SELECT
        COUNT(*) AS count,
        CAST(COALESCE(SUM(counted_dirams), 0) AS BIGINT) AS returned,
        CAST(COALESCE(SUM(cash_refund_dirams), 0) AS BIGINT) AS refunded,
        CAST(COALESCE(SUM(revoked_dirams), 0) AS BIGINT) AS revoked,
        CAST(COALESCE(SUM(restored_dirams), 0) AS BIGINT) AS restored,
        CAST(COALESCE(SUM(settled_dirams), 0) AS BIGINT) AS settled,
        CAST(COALESCE(SUM(spent_back_dirams), 0) AS BIGINT) AS spent_back
    FROM returns
    WHERE tenant_id = $1
        AND sale_id = $2
";

/// Returns the totals of the earlier returns of a sale.
pub(in crate::returns) async fn totals(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
) -> Result<ReturnTotals, Error> {
    let row: TotalsRow = tx.fetch_one(TOTALS, (tenant_id, sale_id)).await?;
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

/// The statement that reads a client's kept purchases.
macro_rules! kept_purchases {
    ($is_client:expr) => {
        concat!(
            "
    SELECT
        id,
        created_at
    FROM sales
    WHERE tenant_id = $1
        AND ",
            $is_client,
            "
        AND kind = 'sale'
        AND voided_by IS NULL
        AND NOT EXISTS (
            SELECT 1
            FROM returns
            WHERE returns.tenant_id = sales.tenant_id
                AND returns.sale_id = sales.id
            GROUP BY returns.sale_id
            HAVING SUM(counted_dirams) >= sales.total_dirams
        )
    ORDER BY created_at, id
"
        )
    };
}

const KEPT_PURCHASES: &str = kept_purchases!("client_id = $2");
const KEPT_PURCHASES_OF_FAMILY: &str = kept_purchases!(is_in_family!());

/// Returns the client's purchases, the oldest first, without those that were wholly returned. Reads
/// every sale of the client.
pub(in crate::returns) async fn kept_purchases(
    tx: &mut Tx,
    tenant_id: i64,
    client: &Family,
) -> Result<Vec<KeptPurchase>, Error> {
    let statement = if client.is_single() {
        KEPT_PURCHASES
    } else {
        KEPT_PURCHASES_OF_FAMILY
    };
    let params = (tenant_id, client.id());
    let rows: Vec<(i64, i64)> = tx.fetch_all(statement, params).await?;
    let kept = |(sale_id, created_at)| KeptPurchase {
        sale_id,
        at: Timestamp::from_micros(created_at),
    };
    Ok(rows.into_iter().map(kept).collect())
}
