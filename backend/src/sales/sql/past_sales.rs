//! The statement that lists a client's sales.

use domain::{Money, Timestamp};

use crate::Error;
use crate::db::Tx;
use crate::ledger::{Family, is_in_family};
use crate::sales::PastSale;

#[derive(sqlx::FromRow)]
struct PastSaleRow {
    id: i64,
    external_sale_id: Option<String>,
    sale_date: i64,
    total_dirams: i64,
    gross_dirams: i64,
    redeemed_dirams: i64,
    accrued_dirams: i64,
    returned_dirams: i64,
    till_name: String,
    branch_name: String,
}

/// The statement that lists a client's sales.
macro_rules! past_sales {
    ($is_client:expr) => {
        concat!(
            "
    SELECT
        sales.id,
        external_sale_id,
        sale_date,
        total_dirams,
        gross_dirams,
        redeemed_dirams,
        accrued_dirams,
        CAST(COALESCE((
            SELECT SUM(counted_dirams)
            FROM returns
            WHERE returns.tenant_id = $1
                AND returns.sale_id = sales.id
        ), 0) AS BIGINT) AS returned_dirams,
        cashier_nodes.name AS till_name,
        branches.name AS branch_name
    FROM sales
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = sales.cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = cashier_nodes.branch_id
    WHERE sales.tenant_id = $1
        AND sales.",
            $is_client,
            "
        AND sales.voided_by IS NULL
        AND (
            sales.kind = 'sale'
            OR NOT EXISTS (
                SELECT 1
                FROM sales AS taker
                WHERE taker.tenant_id = $1
                    AND taker.",
            $is_client,
            "
                    AND taker.redemption_id = sales.id
            )
        )
    ORDER BY sales.created_at DESC, sales.id DESC
    LIMIT $3
"
        )
    };
}

const PAST_SALES: &str = past_sales!("client_id = $2");
const PAST_SALES_OF_FAMILY: &str = past_sales!(is_in_family!());

/// Returns the client's sales that were recorded last, the newest first, at most `limit`. A
/// redemption followed by its sale is listed as that sale only.
pub(in crate::sales) async fn past_sales(
    tx: &mut Tx,
    tenant_id: i64,
    client: &Family,
    limit: usize,
) -> Result<Vec<PastSale>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let statement = if client.is_single() {
        PAST_SALES
    } else {
        PAST_SALES_OF_FAMILY
    };
    let rows: Vec<PastSaleRow> = tx
        .fetch_all(statement, (tenant_id, client.id(), limit))
        .await?;
    let sale = |row: PastSaleRow| PastSale {
        id: row.id,
        external_sale_id: row.external_sale_id,
        sale_date: Timestamp::from_micros(row.sale_date),
        total_amount: Money::from_dirams(row.total_dirams),
        gross_amount: Money::from_dirams(row.gross_dirams),
        bonus_redeemed: Money::from_dirams(row.redeemed_dirams),
        bonus_accrued: Money::from_dirams(row.accrued_dirams),
        returned_amount: Money::from_dirams(row.returned_dirams),
        till_name: row.till_name,
        branch_name: row.branch_name,
    };
    Ok(rows.into_iter().map(sale).collect())
}
