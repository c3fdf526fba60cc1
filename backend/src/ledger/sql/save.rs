//! Statements that store what an account's operations have added: one for all rows of a kind, however many.

use domain::{Entry, Lot};
use serde::Serialize;

use crate::Error;
use crate::db::{Tx, on_engine};

/// Rows of one statement, so that a request whose time is over stops between two of them.
const ROWS_PER_STATEMENT: usize = 10_000;

#[derive(Serialize)]
struct EntryJson<'a> {
    seq: i64,
    kind: &'a str,
    amount: i64,
    debt_change: i64,
    sale_id: Option<i64>,
    return_id: Option<i64>,
    at: i64,
}

pub(in crate::ledger) async fn insert_entries(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    entries: &[Entry],
) -> Result<(), Error> {
    const SQLITE: &str = "INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, \
                          debt_change_dirams, sale_id, return_id, created_at) \
                          SELECT $1, $2, value ->> 'seq', value ->> 'kind', value ->> 'amount', \
                          value ->> 'debt_change', value ->> 'sale_id', value ->> 'return_id', \
                          value ->> 'at' FROM json_each($3)";
    const POSTGRES: &str = "INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, \
                            debt_change_dirams, sale_id, return_id, created_at) \
                            SELECT $1, $2, seq, kind, amount, debt_change, sale_id, return_id, at \
                            FROM json_to_recordset(CAST($3 AS json)) AS entry (seq BIGINT, kind TEXT, \
                            amount BIGINT, debt_change BIGINT, sale_id BIGINT, return_id BIGINT, at BIGINT)";
    let rows = entries.iter().map(|entry| EntryJson {
        seq: entry.seq,
        kind: entry.kind.as_str(),
        amount: entry.amount.dirams(),
        debt_change: entry.debt_change.dirams(),
        sale_id: entry.source.sale_id,
        return_id: entry.source.return_id,
        at: entry.at.micros(),
    });
    let rows = rows.collect();
    for_each_chunk(tx, [SQLITE, POSTGRES], tenant_id, client_id, rows).await
}

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

/// Stores new lots, and what remains of those that are there.
pub(in crate::ledger) async fn put_lots<'a>(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lots: impl Iterator<Item = &'a Lot>,
) -> Result<(), Error> {
    const SQLITE: &str = "INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, \
                          remaining_dirams, available_at, expires_at, sale_id) \
                          SELECT $1, $2, value ->> 'seq', value ->> 'kind', value ->> 'amount', \
                          value ->> 'remaining', value ->> 'available_at', value ->> 'expires_at', \
                          value ->> 'sale_id' FROM json_each($3) WHERE true \
                          ON CONFLICT (tenant_id, client_id, seq) \
                          DO UPDATE SET remaining_dirams = excluded.remaining_dirams";
    const POSTGRES: &str = "INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, \
                            remaining_dirams, available_at, expires_at, sale_id) \
                            SELECT $1, $2, seq, kind, amount, remaining, available_at, expires_at, sale_id \
                            FROM json_to_recordset(CAST($3 AS json)) AS lot (seq BIGINT, kind TEXT, \
                            amount BIGINT, remaining BIGINT, available_at BIGINT, expires_at BIGINT, \
                            sale_id BIGINT) ON CONFLICT (tenant_id, client_id, seq) \
                            DO UPDATE SET remaining_dirams = excluded.remaining_dirams";
    let rows = lots.map(|lot| LotJson {
        seq: lot.seq,
        kind: lot.kind.as_str(),
        amount: lot.amount.dirams(),
        remaining: lot.remaining.dirams(),
        available_at: lot.available_at.micros(),
        expires_at: lot.expires_at.map(domain::Timestamp::micros),
        sale_id: lot.sale_id,
    });
    let rows = rows.collect();
    for_each_chunk(tx, [SQLITE, POSTGRES], tenant_id, client_id, rows).await
}

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
    const SQLITE: &str = "INSERT INTO allocations (tenant_id, client_id, entry_seq, lot_seq, amount_dirams) \
                          SELECT $1, $2, value ->> 'entry', value ->> 'lot', value ->> 'amount' \
                          FROM json_each($3)";
    const POSTGRES: &str = "INSERT INTO allocations (tenant_id, client_id, entry_seq, lot_seq, amount_dirams) \
                            SELECT $1, $2, entry, lot, amount FROM json_to_recordset(CAST($3 AS json)) \
                            AS allocation (entry BIGINT, lot BIGINT, amount BIGINT)";
    let rows = entries.iter().flat_map(|entry| {
        entry.allocations.iter().map(|allocation| AllocationJson {
            entry: entry.seq,
            lot: allocation.lot_seq,
            amount: allocation.amount.dirams(),
        })
    });
    let rows = rows.collect();
    for_each_chunk(tx, [SQLITE, POSTGRES], tenant_id, client_id, rows).await
}

/// Runs the statement (SQLite's, PostgreSQL's) with the rows as one JSON list; not at all where there are none.
async fn for_each_chunk(
    tx: &mut Tx,
    [sqlite, postgres]: [&'static str; 2],
    tenant_id: i64,
    client_id: i64,
    rows: Vec<impl Serialize>,
) -> Result<(), Error> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let json = serde_json::to_string(chunk).map_err(|error| Error::corrupt("rows", error))?;
        let statement = tx.text(sqlite, postgres);
        on_engine!(tx.conn(), conn => {
            let query = sqlx::query(statement).bind(tenant_id).bind(client_id);
            query.bind(&json).execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}
