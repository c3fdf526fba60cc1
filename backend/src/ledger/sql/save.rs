//! The statements that store what the operations of accounts have added: one for all rows of a
//! kind, which may belong to several clients.

use domain::{Account, Entry, Lot, Timestamp};
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
        value ->> 'client_id',
        value ->> 'seq',
        value ->> 'kind',
        value ->> 'amount',
        value ->> 'debt_change',
        value ->> 'sale_id',
        value ->> 'return_id',
        value ->> 'act_id',
        value ->> 'at'
    FROM json_each($2)
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
        client_id,
        seq,
        kind,
        amount,
        debt_change,
        sale_id,
        return_id,
        act_id,
        at
    FROM json_to_recordset(CAST($2 AS json)) AS entry (
        client_id BIGINT,
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
    client_id: i64,
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
    entries: &[(i64, &Entry)],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_ENTRIES_SQLITE,
        Dialect::Postgres => INSERT_ENTRIES_POSTGRES,
    };
    let rows = entries.iter().map(|(client_id, entry)| EntryJson {
        client_id: *client_id,
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
    execute_in_chunks(tx, statement, tenant_id, rows).await
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
        value ->> 'client_id',
        value ->> 'seq',
        value ->> 'kind',
        value ->> 'amount',
        value ->> 'remaining',
        value ->> 'available_at',
        value ->> 'expires_at',
        value ->> 'sale_id'
    FROM json_each($2)
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
        client_id,
        seq,
        kind,
        amount,
        remaining,
        available_at,
        expires_at,
        sale_id
    FROM json_to_recordset(CAST($2 AS json)) AS lot (
        client_id BIGINT,
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
    client_id: i64,
    seq: i64,
    kind: &'a str,
    amount: i64,
    remaining: i64,
    available_at: i64,
    expires_at: Option<i64>,
    sale_id: Option<i64>,
}

/// Stores new lots, and the remaining amounts of existing ones.
pub(in crate::ledger) async fn put_lots(
    tx: &mut Tx,
    tenant_id: i64,
    lots: &[(i64, &Lot)],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => PUT_LOTS_SQLITE,
        Dialect::Postgres => PUT_LOTS_POSTGRES,
    };
    let rows = lots.iter().map(|(client_id, lot)| LotJson {
        client_id: *client_id,
        seq: lot.seq,
        kind: lot.kind.as_str(),
        amount: lot.amount.dirams(),
        remaining: lot.remaining.dirams(),
        available_at: lot.available_at.micros(),
        expires_at: lot.expires_at.map(Timestamp::micros),
        sale_id: lot.sale_id,
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, rows).await
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
        value ->> 'client_id',
        value ->> 'entry',
        value ->> 'lot',
        value ->> 'amount'
    FROM json_each($2)
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
        client_id,
        entry,
        lot,
        amount
    FROM json_to_recordset(CAST($2 AS json)) AS allocation (
        client_id BIGINT,
        entry BIGINT,
        lot BIGINT,
        amount BIGINT
    )
"
);

#[derive(Serialize)]
struct AllocationJson {
    client_id: i64,
    entry: i64,
    lot: i64,
    amount: i64,
}

pub(in crate::ledger) async fn insert_allocations(
    tx: &mut Tx,
    tenant_id: i64,
    entries: &[(i64, &Entry)],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_ALLOCATIONS_SQLITE,
        Dialect::Postgres => INSERT_ALLOCATIONS_POSTGRES,
    };
    let rows = entries.iter().flat_map(|(client_id, entry)| {
        let allocations = entry.allocations.iter();
        allocations.map(|allocation| AllocationJson {
            client_id: *client_id,
            entry: entry.seq,
            lot: allocation.lot_seq,
            amount: allocation.amount.dirams(),
        })
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, rows).await
}

const UPDATE_BALANCES_SQLITE: &str = r"
    UPDATE clients
    SET balance_dirams = known.value ->> 'balance',
        debt_dirams = known.value ->> 'debt',
        last_seq = known.value ->> 'last_seq'
    FROM json_each($2) AS known
    WHERE tenant_id = $1
        AND clients.id = known.value ->> 'client_id'
";

const UPDATE_BALANCES_POSTGRES: &str = r"
    UPDATE clients
    SET balance_dirams = known.balance,
        debt_dirams = known.debt,
        last_seq = known.last_seq
    FROM json_to_recordset(CAST($2 AS json)) AS known (
        client_id BIGINT,
        balance BIGINT,
        debt BIGINT,
        last_seq BIGINT
    )
    WHERE tenant_id = $1
        AND clients.id = known.client_id
";

#[derive(Serialize)]
struct BalanceJson {
    client_id: i64,
    balance: i64,
    debt: i64,
    last_seq: i64,
}

/// Stores the balances of clients whose rows are locked.
pub(in crate::ledger) async fn update_balances(
    tx: &mut Tx,
    tenant_id: i64,
    accounts: &[(i64, &Account)],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => UPDATE_BALANCES_SQLITE,
        Dialect::Postgres => UPDATE_BALANCES_POSTGRES,
    };
    let rows = accounts.iter().map(|(client_id, account)| BalanceJson {
        client_id: *client_id,
        balance: account.balance().dirams(),
        debt: account.debt().dirams(),
        last_seq: account.last_seq(),
    });
    let rows = rows.collect();
    execute_in_chunks(tx, statement, tenant_id, rows).await
}

/// Runs the statement once for each chunk of rows, which it gets as one JSON list. Without rows it
/// runs nothing.
async fn execute_in_chunks(
    tx: &mut Tx,
    statement: &'static str,
    tenant_id: i64,
    rows: Vec<impl Serialize>,
) -> Result<(), Error> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let json = serde_json::to_string(chunk).map_err(|error| Error::corrupt("rows", error))?;
        let stored = tx.execute(statement, (tenant_id, json)).await?;
        stored.exactly(chunk.len())?;
    }
    Ok(())
}
