//! The statements that read lots.

use domain::{Lot, Timestamp};

use crate::Error;
use crate::db::{Dialect, Numbers, Tx};
use crate::ledger::LotRow;

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

/// The unexpired lots of a client that have something left, in spending order: `limit` of them after the first `skip`.
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

// SQLite keeps the order of a CROSS JOIN.
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

/// The numbers of the lots that a sale's redemption took from, each with how much. The lots themselves are read by their
/// numbers: PostgreSQL, if it takes this client for one of few lots, would compare each with each in a join.
pub(in crate::ledger) async fn taken_by(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    tx.fetch_all(TAKEN, (tenant_id, client_id, sale_id)).await
}

// SQLite keeps the order of a CROSS JOIN: it must not walk the client's lots for each number. PostgreSQL would, in any
// join, if it takes this client for one of few lots.
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

/// The lots of these numbers, exhausted or not. One statement.
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
