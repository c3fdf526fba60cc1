//! The statements that read lots.

use domain::{Lot, Timestamp};

use crate::Error;
use crate::db::{Dialect, Numbers, Tx};
use crate::ledger::rows::LotRow;

/// The columns of [`LotRow`].
macro_rules! lot_columns {
    () => {
        r"
        seq,
        kind,
        amount_dirams,
        remaining_dirams,
        available_at,
        expires_at,
        sale_id"
    };
}

const IN_ORDER: &str = concat!(
    "
    SELECT",
    lot_columns!(),
    "
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND remaining_dirams > 0
        AND COALESCE(expires_at, 9223372036854775807) > $3
    ORDER BY COALESCE(expires_at, 9223372036854775807), seq
    LIMIT $4 OFFSET $5
"
);

/// Returns the unexpired lots of a client that are not exhausted, in spending order: `limit` of
/// them after the first `skip`.
pub(in crate::ledger) async fn lots_in_order(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
    limit: usize,
    skip: usize,
) -> Result<Vec<Lot>, Error> {
    let params = (
        tenant_id,
        client_id,
        now.micros(),
        i64::try_from(limit).unwrap_or(i64::MAX),
        i64::try_from(skip).unwrap_or(i64::MAX),
    );
    let rows: Vec<LotRow> = tx.fetch_all(IN_ORDER, params).await?;
    rows.into_iter().map(LotRow::into_lot).collect()
}

// CROSS JOIN, because SQLite keeps the order of its tables.
const TAKEN: &str = r"
    SELECT
        lot_seq,
        allocations.amount_dirams
    FROM entries
    CROSS JOIN allocations
    WHERE allocations.tenant_id = entries.tenant_id
        AND allocations.client_id = entries.client_id
        AND allocations.entry_seq = entries.seq
        AND entries.tenant_id = $1
        AND entries.client_id = $2
        AND entries.sale_id = $3
        AND entries.kind = 'redeem'
";

/// Returns the numbers of the lots that a sale's redemption took from, and how much it took from
/// each. It does not join the lots: if PostgreSQL assumes that the client has few lots, it compares
/// each row with each lot. They are read by their numbers instead.
pub(in crate::ledger) async fn taken_by(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    tx.fetch_all(TAKEN, (tenant_id, client_id, sale_id)).await
}

// CROSS JOIN, because SQLite keeps the order of its tables and so does not scan the client's lots
// for each number. PostgreSQL would scan them in any join if it assumes that the client has few
// lots.
const BY_SEQ_SQLITE: &str = concat!(
    "
    SELECT",
    lot_columns!(),
    "
    FROM json_each($3) AS wanted
    CROSS JOIN lots
        ON lots.tenant_id = $1
        AND lots.client_id = $2
        AND lots.seq = wanted.value
"
);

const BY_SEQ_POSTGRES: &str = concat!(
    "
    SELECT",
    lot_columns!(),
    "
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND seq = ANY($3)
"
);

/// Reads the lots with these numbers, exhausted ones too. One statement.
pub(in crate::ledger) async fn lots_by_seq(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    seqs: &[i64],
) -> Result<Vec<Lot>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => BY_SEQ_SQLITE,
        Dialect::Postgres => BY_SEQ_POSTGRES,
    };
    let params = (tenant_id, client_id, Numbers(seqs));
    let rows: Vec<LotRow> = tx.fetch_all(statement, params).await?;
    rows.into_iter().map(LotRow::into_lot).collect()
}
