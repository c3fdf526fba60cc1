//! The statements that sum up documents, one by one.

use domain::Timestamp;

use super::Scope;
use crate::Error;
use crate::db::Tx;

/// The sums of the documents of one till in one slot of time.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct SlotRow {
    pub(in crate::reports) till_id: i64,
    /// The number of the slot, from the beginning of the span.
    pub(in crate::reports) slot: i64,
    #[sqlx(flatten)]
    pub(in crate::reports) sums: SumsRow,
}

/// The sums of documents.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct SumsRow {
    pub(in crate::reports) sales: i64,
    pub(in crate::reports) sold_to_clients: i64,
    pub(in crate::reports) accrued: i64,
    pub(in crate::reports) redeemed: i64,
    pub(in crate::reports) receipts: i64,
    pub(in crate::reports) sold_to_others: i64,
    pub(in crate::reports) returns: i64,
    pub(in crate::reports) returned: i64,
    pub(in crate::reports) redemptions: i64,
    pub(in crate::reports) redeemed_alone: i64,
}

/// The documents of a span, of one branch if `$5` is not 0.
macro_rules! in_span {
    () => {
        "
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND ($5 = 0 OR cashier_node_id IN (
                SELECT id
                FROM cashier_nodes
                WHERE tenant_id = $1
                    AND branch_id = $5
            ))"
    };
}

/// The sums of documents by till and slot of `$4` microseconds. Each kind is grouped before the
/// union, which reads no row twice. A sale that has taken an earlier redemption as its own does not
/// count the bonuses again.
macro_rules! sums_of_documents {
    () => {
        concat!(
            "
    SELECT
        till_id,
        slot,
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(sold_to_clients) AS BIGINT) AS sold_to_clients,
        CAST(SUM(accrued) AS BIGINT) AS accrued,
        CAST(SUM(redeemed) AS BIGINT) AS redeemed,
        CAST(SUM(receipts) AS BIGINT) AS receipts,
        CAST(SUM(sold_to_others) AS BIGINT) AS sold_to_others,
        CAST(SUM(returns) AS BIGINT) AS returns,
        CAST(SUM(returned) AS BIGINT) AS returned,
        CAST(SUM(redemptions) AS BIGINT) AS redemptions,
        CAST(SUM(redeemed_alone) AS BIGINT) AS redeemed_alone
    FROM (
        SELECT
            cashier_node_id AS till_id,
            (happened_at - $2) / $4 AS slot,
            SUM(CASE WHEN kind = 'sale' THEN 1 ELSE 0 END) AS sales,
            SUM(CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END) AS sold_to_clients,
            SUM(accrued_dirams) AS accrued,
            SUM(CASE WHEN redemption_id IS NULL THEN redeemed_dirams ELSE 0 END) AS redeemed,
            0 AS receipts,
            0 AS sold_to_others,
            0 AS returns,
            0 AS returned,
            SUM(CASE WHEN kind = 'redemption' THEN 1 ELSE 0 END) AS redemptions,
            SUM(CASE WHEN kind = 'redemption' THEN redeemed_dirams ELSE 0 END) AS redeemed_alone
        FROM sales",
            in_span!(),
            "
            AND voided_by IS NULL
        GROUP BY 1, 2
        UNION ALL
        SELECT
            cashier_node_id,
            (happened_at - $2) / $4,
            0,
            0,
            0,
            0,
            COUNT(*),
            SUM(total_dirams),
            0,
            0,
            0,
            0
        FROM receipts",
            in_span!(),
            "
            AND voided_at IS NULL
        GROUP BY 1, 2
        UNION ALL
        SELECT
            cashier_node_id,
            (happened_at - $2) / $4,
            0,
            0,
            0,
            0,
            0,
            0,
            COUNT(*),
            SUM(return_dirams),
            0,
            0
        FROM returns",
            in_span!(),
            "
            AND is_void = 0
        GROUP BY 1, 2
    ) AS documents
    GROUP BY till_id, slot"
        )
    };
}

pub(super) use {in_span, sums_of_documents};

const BY_TILL_AND_SLOT: &str = sums_of_documents!();

/// Returns the sums of each till in each slot of `micros` of a span that has documents.
pub(in crate::reports) async fn by_till_and_slot(
    tx: &mut Tx,
    scope: Scope,
    (from, until): (Timestamp, Timestamp),
    micros: i64,
) -> Result<Vec<SlotRow>, Error> {
    let params = (
        scope.tenant_id,
        from.micros(),
        until.micros(),
        micros,
        scope.branch_id.unwrap_or_default(),
    );
    tx.fetch_all(BY_TILL_AND_SLOT, params).await
}
