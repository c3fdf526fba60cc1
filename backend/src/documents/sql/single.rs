//! The statements that read one document.

use crate::Error;
use crate::db::{Db, Dialect, Tx};

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct SaleRow {
    pub(in crate::documents) kind: String,
    pub(in crate::documents) happened_at: i64,
    pub(in crate::documents) external_sale_id: Option<String>,
    pub(in crate::documents) receipt_number: Option<String>,
    pub(in crate::documents) cashier_node_id: i64,
    pub(in crate::documents) till: String,
    pub(in crate::documents) branch_id: i64,
    pub(in crate::documents) branch: String,
    pub(in crate::documents) client_id: i64,
    pub(in crate::documents) full_name: Option<String>,
    pub(in crate::documents) phone: String,
    pub(in crate::documents) cashier_id: Option<String>,
    pub(in crate::documents) total_dirams: i64,
    pub(in crate::documents) gross_dirams: i64,
    pub(in crate::documents) paid_dirams: i64,
    pub(in crate::documents) redeemed_dirams: i64,
    pub(in crate::documents) accrued_dirams: i64,
    pub(in crate::documents) new_balance_dirams: i64,
    pub(in crate::documents) redemption_id: Option<i64>,
    pub(in crate::documents) voided_by: Option<i64>,
}

const SALE: &str = r"
    SELECT
        kind,
        happened_at,
        external_sale_id,
        receipt_number,
        cashier_node_id,
        cashier_nodes.name AS till,
        branch_id,
        branches.name AS branch,
        client_id,
        full_name,
        phone,
        cashier_id,
        total_dirams,
        gross_dirams,
        paid_dirams,
        redeemed_dirams,
        accrued_dirams,
        new_balance_dirams,
        redemption_id,
        voided_by
    FROM sales
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    WHERE sales.tenant_id = $1
        AND sales.id = $2
        AND COALESCE(voided_by, 1) <> 0
";

pub(in crate::documents) async fn sale(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<Option<SaleRow>, Error> {
    tx.fetch_optional(SALE, (tenant_id, id)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct LineRow {
    pub(in crate::documents) sku: Option<String>,
    pub(in crate::documents) name: String,
    pub(in crate::documents) quantity_thousandths: i64,
    pub(in crate::documents) unit_price_dirams: i64,
    pub(in crate::documents) line_dirams: i64,
}

const LINES: &str = r"
    SELECT
        sku,
        name,
        quantity_thousandths,
        unit_price_dirams,
        line_dirams
    FROM sale_lines
    WHERE tenant_id = $1
        AND sale_id = $2
    ORDER BY line_no
";

/// Returns the lines of a sale, at most a thousand, as many as are stored.
pub(in crate::documents) async fn lines(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
) -> Result<Vec<LineRow>, Error> {
    tx.fetch_all(LINES, (tenant_id, sale_id)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct ReturnRow {
    pub(in crate::documents) id: i64,
    pub(in crate::documents) happened_at: i64,
    pub(in crate::documents) external_return_id: Option<String>,
    pub(in crate::documents) sale_id: Option<i64>,
    pub(in crate::documents) cashier_node_id: i64,
    pub(in crate::documents) till: String,
    pub(in crate::documents) branch_id: i64,
    pub(in crate::documents) branch: String,
    pub(in crate::documents) client_id: i64,
    pub(in crate::documents) full_name: Option<String>,
    pub(in crate::documents) phone: String,
    pub(in crate::documents) return_dirams: i64,
    pub(in crate::documents) counted_dirams: i64,
    pub(in crate::documents) cash_refund_dirams: i64,
    pub(in crate::documents) restored_dirams: i64,
    pub(in crate::documents) revoked_dirams: i64,
    pub(in crate::documents) settled_dirams: i64,
    pub(in crate::documents) spent_back_dirams: i64,
}

/// The returns that pass `$condition`.
macro_rules! returns {
    ($condition:literal) => {
        concat!(
            r"
    SELECT
        returns.id,
        happened_at,
        external_return_id,
        sale_id,
        cashier_node_id,
        cashier_nodes.name AS till,
        branch_id,
        branches.name AS branch,
        client_id,
        full_name,
        phone,
        return_dirams,
        counted_dirams,
        cash_refund_dirams,
        restored_dirams,
        revoked_dirams,
        settled_dirams,
        spent_back_dirams
    FROM returns
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    WHERE returns.tenant_id = $1
        AND ",
            $condition,
            r"
    ORDER BY returns.created_at, returns.id
"
        )
    };
}

const RETURNS_OF_SALE: &str = returns!("is_void = 0 AND returns.sale_id = $2");
const RETURN: &str = returns!("is_void = 0 AND returns.id = $2");

/// Returns the returns of a sale, the oldest first.
pub(in crate::documents) async fn returns_of(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
) -> Result<Vec<ReturnRow>, Error> {
    let params = (tenant_id, sale_id);
    tx.fetch_all(RETURNS_OF_SALE, params).await
}

pub(in crate::documents) async fn single_return(
    db: &Db,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ReturnRow>, Error> {
    db.reads().fetch_optional(RETURN, (tenant_id, id)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct LotRow {
    pub(in crate::documents) kind: String,
    pub(in crate::documents) amount_dirams: i64,
    pub(in crate::documents) remaining_dirams: i64,
    pub(in crate::documents) available_at: i64,
    pub(in crate::documents) expires_at: Option<i64>,
}

/// The lots of a sale. `$hint` is SQLite's, which would scan all lots of the client.
macro_rules! given_lots {
    ($hint:literal) => {
        concat!(
            r"
    SELECT
        kind,
        amount_dirams,
        remaining_dirams,
        available_at,
        expires_at
    FROM lots",
            $hint,
            r"
    WHERE tenant_id = $1
        AND client_id = $2
        AND sale_id = $3
    ORDER BY seq
"
        )
    };
}

const GIVEN_SQLITE: &str = given_lots!(" INDEXED BY lots_by_sale");
const GIVEN_POSTGRES: &str = given_lots!("");

/// Returns the bonuses that a sale gave its client.
pub(in crate::documents) async fn given(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Vec<LotRow>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => GIVEN_SQLITE,
        Dialect::Postgres => GIVEN_POSTGRES,
    };
    let params = (tenant_id, client_id, sale_id);
    tx.fetch_all(statement, params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct AllocationRow {
    pub(in crate::documents) kind: String,
    pub(in crate::documents) given_at: i64,
    pub(in crate::documents) sale_id: Option<i64>,
    pub(in crate::documents) amount_dirams: i64,
}

// CROSS JOIN, because SQLite keeps the order of its tables.
const TAKEN: &str = r"
    SELECT
        lots.kind,
        origin.created_at AS given_at,
        lots.sale_id,
        allocations.amount_dirams
    FROM entries
    CROSS JOIN allocations
    CROSS JOIN lots
    CROSS JOIN entries AS origin
    WHERE entries.tenant_id = $1
        AND entries.client_id = $2
        AND entries.sale_id = $3
        AND entries.kind = 'redeem'
        AND allocations.tenant_id = $1
        AND allocations.client_id = $2
        AND allocations.entry_seq = entries.seq
        AND lots.tenant_id = $1
        AND lots.client_id = $2
        AND lots.seq = allocations.lot_seq
        AND origin.tenant_id = $1
        AND origin.client_id = $2
        AND origin.seq = allocations.lot_seq
    ORDER BY allocations.lot_seq
    LIMIT $4
";

/// Returns the lots that paid a sale, at most `limit`.
pub(in crate::documents) async fn taken(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    redemption_id: i64,
    limit: usize,
) -> Result<Vec<AllocationRow>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let params = (tenant_id, client_id, redemption_id, limit);
    tx.fetch_all(TAKEN, params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct ReceiptRow {
    pub(in crate::documents) happened_at: i64,
    pub(in crate::documents) external_receipt_id: Option<String>,
    pub(in crate::documents) cashier_node_id: i64,
    pub(in crate::documents) till: String,
    pub(in crate::documents) branch_id: i64,
    pub(in crate::documents) branch: String,
    pub(in crate::documents) total_dirams: i64,
    pub(in crate::documents) voided_at: Option<i64>,
}

const RECEIPT: &str = r"
    SELECT
        happened_at,
        external_receipt_id,
        cashier_node_id,
        cashier_nodes.name AS till,
        branch_id,
        branches.name AS branch,
        total_dirams,
        voided_at
    FROM receipts
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    WHERE receipts.tenant_id = $1
        AND receipts.id = $2
";

pub(in crate::documents) async fn receipt(
    db: &Db,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ReceiptRow>, Error> {
    db.reads().fetch_optional(RECEIPT, (tenant_id, id)).await
}
