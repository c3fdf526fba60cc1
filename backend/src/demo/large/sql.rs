//! The statements that store thousands of documents at once. Each takes a list of rows as JSON.

use serde::Serialize;

use crate::Error;
use crate::db::{Dialect, Tx};

/// The number of rows that one statement stores.
pub(super) const CHUNK: usize = 2_000;

const LAST_SALE: &str = "SELECT COALESCE(MAX(id), 0) FROM sales";
const LAST_RETURN: &str = "SELECT COALESCE(MAX(id), 0) FROM returns";
const NEXT_SALES: &str = r"
    SELECT nextval(pg_get_serial_sequence('sales', 'id'))
    FROM generate_series(1, $1)
";
const NEXT_RETURNS: &str = r"
    SELECT nextval(pg_get_serial_sequence('returns', 'id'))
    FROM generate_series(1, $1)
";

/// Reserves public numbers for sales. On SQLite nobody else can take the numbers that follow the
/// last one, because the transaction holds the only writer.
pub(super) async fn reserve_sales(tx: &mut Tx, count: usize) -> Result<Vec<i64>, Error> {
    reserve(tx, LAST_SALE, NEXT_SALES, count).await
}

/// Reserves public numbers for returns, as [`reserve_sales`] does.
pub(super) async fn reserve_returns(tx: &mut Tx, count: usize) -> Result<Vec<i64>, Error> {
    reserve(tx, LAST_RETURN, NEXT_RETURNS, count).await
}

async fn reserve(
    tx: &mut Tx,
    last: &'static str,
    next: &'static str,
    count: usize,
) -> Result<Vec<i64>, Error> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    match tx.dialect() {
        Dialect::Sqlite => {
            let (last,): (i64,) = tx.fetch_one(last, ()).await?;
            Ok((last + 1..=last + count).collect())
        }
        Dialect::Postgres => {
            let ids: Vec<(i64,)> = tx.fetch_all(next, (count,)).await?;
            Ok(ids.into_iter().map(|(id,)| id).collect())
        }
    }
}

/// Declares the row of a table, and its inserts on both engines. Each field is a column.
macro_rules! rows {
    (
        $(#[$doc:meta])*
        $row:ident into $table:literal as $insert:ident, $sqlite:ident, $postgres:ident {
            $($column:ident: $rust:ty = $sql:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Serialize)]
        pub(super) struct $row {
            $(pub(super) $column: $rust,)*
        }

        const $sqlite: &str = concat!(
            "INSERT INTO ", $table, " (", $(stringify!($column), ", ",)* "tenant_id) SELECT ",
            $("value ->> '", stringify!($column), "', ",)* "$1 FROM json_each($2)"
        );

        const $postgres: &str = concat!(
            "INSERT INTO ", $table, " (", $(stringify!($column), ", ",)* "tenant_id) SELECT ",
            $("item.", stringify!($column), ", ",)* "$1 FROM json_to_recordset(CAST($2 AS json)) AS item (",
            rows!(@types $($column $sql)*), ")"
        );

        pub(super) async fn $insert(tx: &mut Tx, tenant_id: i64, rows: &[$row]) -> Result<(), Error> {
            insert(tx, [$sqlite, $postgres], tenant_id, rows).await
        }
    };
    (@types $first:ident $first_sql:literal $($column:ident $sql:literal)*) => {
        concat!(stringify!($first), " ", $first_sql, $(", ", stringify!($column), " ", $sql,)*)
    };
}

rows! {
    /// A row of `sales`.
    SaleRow into "sales" as insert_sales, SALES_SQLITE, SALES_POSTGRES {
        id: i64 = "BIGINT",
        client_id: i64 = "BIGINT",
        cashier_node_id: i64 = "BIGINT",
        kind: &'static str = "TEXT",
        external_key: String = "TEXT",
        external_sale_id: String = "TEXT",
        receipt_number: String = "TEXT",
        redeem_mode: &'static str = "TEXT",
        total_dirams: i64 = "BIGINT",
        gross_dirams: i64 = "BIGINT",
        paid_dirams: i64 = "BIGINT",
        redeemed_dirams: i64 = "BIGINT",
        accrued_dirams: i64 = "BIGINT",
        new_balance_dirams: i64 = "BIGINT",
        payment_method: &'static str = "TEXT",
        cashier_id: String = "TEXT",
        sale_date: i64 = "BIGINT",
        happened_at: i64 = "BIGINT",
        created_at: i64 = "BIGINT",
    }
}

rows! {
    /// A row of `sale_lines`.
    LineRow into "sale_lines" as insert_lines, LINES_SQLITE, LINES_POSTGRES {
        sale_id: i64 = "BIGINT",
        line_no: i64 = "BIGINT",
        sku: String = "TEXT",
        category_code: &'static str = "TEXT",
        name: String = "TEXT",
        quantity_thousandths: i64 = "BIGINT",
        unit_price_dirams: i64 = "BIGINT",
        line_dirams: i64 = "BIGINT",
    }
}

rows! {
    /// A row of `returns`.
    ReturnRow into "returns" as insert_returns, RETURNS_SQLITE, RETURNS_POSTGRES {
        id: i64 = "BIGINT",
        client_id: i64 = "BIGINT",
        cashier_node_id: i64 = "BIGINT",
        sale_id: i64 = "BIGINT",
        external_key: String = "TEXT",
        external_return_id: String = "TEXT",
        return_dirams: i64 = "BIGINT",
        counted_dirams: i64 = "BIGINT",
        cash_refund_dirams: i64 = "BIGINT",
        revoked_dirams: i64 = "BIGINT",
        restored_dirams: i64 = "BIGINT",
        shortage_dirams: i64 = "BIGINT",
        settled_dirams: i64 = "BIGINT",
        spent_back_dirams: i64 = "BIGINT",
        new_balance_dirams: i64 = "BIGINT",
        happened_at: i64 = "BIGINT",
        created_at: i64 = "BIGINT",
    }
}

rows! {
    /// A row of `receipts`.
    ReceiptRow into "receipts" as insert_receipts, RECEIPTS_SQLITE, RECEIPTS_POSTGRES {
        cashier_node_id: i64 = "BIGINT",
        external_key: String = "TEXT",
        external_receipt_id: String = "TEXT",
        total_dirams: i64 = "BIGINT",
        receipt_date: i64 = "BIGINT",
        happened_at: i64 = "BIGINT",
        created_at: i64 = "BIGINT",
    }
}

rows! {
    /// A row of `outbox`, sent already.
    MessageRow into "outbox" as insert_messages, MESSAGES_SQLITE, MESSAGES_POSTGRES {
        subject: String = "TEXT",
        client_id: i64 = "BIGINT",
        payload: String = "TEXT",
        created_at: i64 = "BIGINT",
        sent_at: i64 = "BIGINT",
    }
}

async fn insert(
    tx: &mut Tx,
    [sqlite, postgres]: [&'static str; 2],
    tenant_id: i64,
    rows: &[impl Serialize],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => sqlite,
        Dialect::Postgres => postgres,
    };
    for chunk in rows.chunks(CHUNK) {
        let json = serde_json::to_string(chunk).map_err(|error| Error::corrupt("rows", error))?;
        let stored = tx.execute(statement, (tenant_id, json)).await?;
        stored.exactly(chunk.len())?;
    }
    Ok(())
}

const ANALYSE: &str = "ANALYZE clients, sales, entries, lots";

/// Tells PostgreSQL how large the tables have become. Without it the checks of foreign keys keep
/// the plans that they made for empty tables, and each row costs more than the one before.
pub(super) async fn analyse(tx: &mut Tx) -> Result<(), Error> {
    if tx.dialect() == Dialect::Postgres {
        tx.execute(ANALYSE, ()).await?.any();
    }
    Ok(())
}

const ALLOW_PAUSES: &str = "SET LOCAL idle_in_transaction_session_timeout = 0";

/// Lets PostgreSQL wait while the purchases are computed, which takes longer than a transaction may
/// be idle otherwise.
pub(super) async fn allow_pauses(tx: &mut Tx) -> Result<(), Error> {
    if tx.dialect() == Dialect::Postgres {
        tx.execute(ALLOW_PAUSES, ()).await?.any();
    }
    Ok(())
}

const VACUUM: &str = "VACUUM (ANALYZE)";

/// Brings PostgreSQL's tables into the state in which autovacuum would leave them. SQLite needs
/// nothing.
pub(super) async fn settle(db: &crate::db::Db) -> Result<(), Error> {
    if !db.has_one_writer() {
        db.writes().execute(VACUUM, ()).await?.any();
    }
    Ok(())
}
