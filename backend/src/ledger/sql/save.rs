//! The statements that store what an account's operations have added: one for all rows of a kind.

use domain::{Entry, Lot, Timestamp};
use serde::Serialize;

use crate::Error;
use crate::db::{Dialect, Tx};

/// The number of rows that one statement stores. Between two statements a request that has run out
/// of time stops.
const ROWS_PER_STATEMENT: usize = 10_000;

macro_rules! entry_columns {
    () => {
        r"
        tenant_id,
        client_id,
        seq,
        kind,
        amount_dirams,
        debt_change_dirams,
        sale_id,
        return_id,
        act_id,
        created_at"
    };
}

const INSERT_ENTRIES_SQLITE: &str = concat!(
    "
    INSERT INTO entries (",
    entry_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        value ->> 'seq',
        value ->> 'kind',
        value ->> 'amount',
        value ->> 'debt_change',
        value ->> 'sale_id',
        value ->> 'return_id',
        value ->> 'act_id',
        value ->> 'at'
    FROM json_each($3)
"
);

const INSERT_ENTRIES_POSTGRES: &str = concat!(
    "
    INSERT INTO entries (",
    entry_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        seq,
        kind,
        amount,
        debt_change,
        sale_id,
        return_id,
        act_id,
        at
    FROM json_to_recordset(CAST($3 AS json)) AS entry (
        seq BIGINT,
        kind TEXT,
        amount BIGINT,
        debt_change BIGINT,
        sale_id BIGINT,
        return_id BIGINT,
        act_id BIGINT,
        at BIGINT
    )
"
);

#[derive(Serialize)]
struct EntryJson<'a> {
    seq: i64,
    kind: &'a str,
    amount: i64,
    debt_change: i64,
    sale_id: Option<i64>,
    return_id: Option<i64>,
    act_id: Option<i64>,
    at: i64,
}

pub(in crate::ledger) async fn insert_entries(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    entries: &[Entry],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_ENTRIES_SQLITE,
        Dialect::Postgres => INSERT_ENTRIES_POSTGRES,
    };
    let rows = entries.iter().map(|entry| EntryJson {
        seq: entry.seq,
        kind: entry.kind.as_str(),
        amount: entry.amount.dirams(),
        debt_change: entry.debt_change.dirams(),
        sale_id: entry.source.sale_id,
        return_id: entry.source.return_id,
        act_id: entry.source.act_id,
        at: entry.at.micros(),
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, client_id, rows).await
}

macro_rules! lot_columns {
    () => {
        r"
        tenant_id,
        client_id,
        seq,
        kind,
        amount_dirams,
        remaining_dirams,
        available_at,
        expires_at,
        sale_id"
    };
}

const PUT_LOTS_SQLITE: &str = concat!(
    "
    INSERT INTO lots (",
    lot_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        value ->> 'seq',
        value ->> 'kind',
        value ->> 'amount',
        value ->> 'remaining',
        value ->> 'available_at',
        value ->> 'expires_at',
        value ->> 'sale_id'
    FROM json_each($3)
    WHERE true
    ON CONFLICT (tenant_id, client_id, seq) DO UPDATE SET
        remaining_dirams = excluded.remaining_dirams
"
);

const PUT_LOTS_POSTGRES: &str = concat!(
    "
    INSERT INTO lots (",
    lot_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        seq,
        kind,
        amount,
        remaining,
        available_at,
        expires_at,
        sale_id
    FROM json_to_recordset(CAST($3 AS json)) AS lot (
        seq BIGINT,
        kind TEXT,
        amount BIGINT,
        remaining BIGINT,
        available_at BIGINT,
        expires_at BIGINT,
        sale_id BIGINT
    )
    ON CONFLICT (tenant_id, client_id, seq) DO UPDATE SET
        remaining_dirams = excluded.remaining_dirams
"
);

#[derive(Serialize)]
struct LotJson<'a> {
    seq: i64,
    kind: &'a str,
    amount: i64,
    remaining: i64,
    available_at: i64,
    expires_at: Option<i64>,
    sale_id: Option<i64>,
}

/// Stores new lots, and the remaining amounts of existing ones.
pub(in crate::ledger) async fn put_lots<'a>(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lots: impl Iterator<Item = &'a Lot>,
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => PUT_LOTS_SQLITE,
        Dialect::Postgres => PUT_LOTS_POSTGRES,
    };
    let rows = lots.map(|lot| LotJson {
        seq: lot.seq,
        kind: lot.kind.as_str(),
        amount: lot.amount.dirams(),
        remaining: lot.remaining.dirams(),
        available_at: lot.available_at.micros(),
        expires_at: lot.expires_at.map(Timestamp::micros),
        sale_id: lot.sale_id,
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, client_id, rows).await
}

macro_rules! allocation_columns {
    () => {
        r"
        tenant_id,
        client_id,
        entry_seq,
        lot_seq,
        amount_dirams"
    };
}

const INSERT_ALLOCATIONS_SQLITE: &str = concat!(
    "
    INSERT INTO allocations (",
    allocation_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        value ->> 'entry',
        value ->> 'lot',
        value ->> 'amount'
    FROM json_each($3)
"
);

const INSERT_ALLOCATIONS_POSTGRES: &str = concat!(
    "
    INSERT INTO allocations (",
    allocation_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        entry,
        lot,
        amount
    FROM json_to_recordset(CAST($3 AS json)) AS allocation (
        entry BIGINT,
        lot BIGINT,
        amount BIGINT
    )
"
);

#[derive(Serialize)]
struct AllocationJson {
    entry: i64,
    lot: i64,
    amount: i64,
}

pub(in crate::ledger) async fn insert_allocations(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    entries: &[Entry],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_ALLOCATIONS_SQLITE,
        Dialect::Postgres => INSERT_ALLOCATIONS_POSTGRES,
    };
    let rows = entries.iter().flat_map(|entry| {
        entry.allocations.iter().map(|allocation| AllocationJson {
            entry: entry.seq,
            lot: allocation.lot_seq,
            amount: allocation.amount.dirams(),
        })
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, client_id, rows).await
}

/// Runs the statement once for each chunk of rows, which it gets as one JSON list. Without rows it
/// runs nothing.
async fn execute_in_chunks(
    tx: &mut Tx,
    statement: &'static str,
    tenant_id: i64,
    client_id: i64,
    rows: Vec<impl Serialize>,
) -> Result<(), Error> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let json = serde_json::to_string(chunk).map_err(|error| Error::corrupt("rows", error))?;
        let stored = tx.execute(statement, (tenant_id, client_id, json)).await?;
        stored.exactly(chunk.len())?;
    }
    Ok(())
}
