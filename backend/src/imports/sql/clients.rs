//! The statements that compare a file with the clients, and that store clients.

use std::collections::{HashMap, HashSet};

use domain::imports::Line;
use domain::{CardNumber, Money, Timestamp};
use serde::Serialize;

use crate::db::{Dialect, Tx};
use crate::imports::Table;
use crate::{Error, cards};

/// The number of rows that one statement stores. Between two statements a request that has run out
/// of time stops.
const ROWS_PER_STATEMENT: usize = 10_000;

/// A client whose phone, or the phone of a client merged into them, stands in the file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::imports) struct KnownRow {
    pub(in crate::imports) id: i64,
    phone: String,
    pub(in crate::imports) has_name: bool,
    pub(in crate::imports) has_opening: bool,
    pub(in crate::imports) card_number: String,
    pub(in crate::imports) balance_dirams: i64,
    pub(in crate::imports) debt_dirams: i64,
    pub(in crate::imports) last_seq: i64,
}

/// The columns of [`KnownRow`]. Opening lots are found by the index of all lots but purchases.
macro_rules! known_columns {
    () => {
        r"
    SELECT
        clients.id,
        named.phone,
        clients.full_name IS NOT NULL AS has_name,
        EXISTS (
            SELECT 1
            FROM lots
            WHERE lots.tenant_id = $1
                AND lots.client_id = clients.id
                AND lots.kind = 'opening'
                AND lots.kind <> 'purchase'
        ) AS has_opening,
        clients.card_number,
        clients.balance_dirams,
        clients.debt_dirams,
        clients.last_seq"
    };
}

// CROSS JOIN, because SQLite keeps the order of its tables.
const KNOWN_SQLITE: &str = concat!(
    known_columns!(),
    "
    FROM json_each($2) AS wanted
    CROSS JOIN clients AS named
        ON named.tenant_id = $1
        AND named.phone = wanted.value
    CROSS JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = COALESCE(named.merged_into, named.id)
"
);

const KNOWN_POSTGRES: &str = concat!(
    known_columns!(),
    "
    FROM clients AS named
    INNER JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = COALESCE(named.merged_into, named.id)
    WHERE named.tenant_id = $1
        AND named.phone IN (SELECT json_array_elements_text(CAST($2 AS json)))
"
);

// The youngest client first: every transaction locks clients in this order.
const LOCKED_POSTGRES: &str = concat!(
    known_columns!(),
    "
    FROM clients AS named
    INNER JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = COALESCE(named.merged_into, named.id)
    WHERE named.tenant_id = $1
        AND named.phone IN (SELECT json_array_elements_text(CAST($2 AS json)))
    ORDER BY clients.id DESC
    FOR UPDATE OF clients
"
);

/// Returns the clients of the file by phone, and its cards that are taken. With `is_locking` the
/// clients are locked; SQLite has only one writer anyway. Two statements.
pub(in crate::imports) async fn store_state(
    tx: &mut Tx,
    tenant_id: i64,
    table: &Table,
    is_locking: bool,
) -> Result<(HashMap<String, KnownRow>, HashSet<String>), Error> {
    let lines = || {
        table
            .lines
            .iter()
            .filter_map(|line| line.line.as_ref().ok())
    };
    let phones: Vec<&str> = lines().map(|line| line.phone.as_str()).collect();
    let statement = match tx.dialect() {
        Dialect::Sqlite => KNOWN_SQLITE,
        Dialect::Postgres if is_locking => LOCKED_POSTGRES,
        Dialect::Postgres => KNOWN_POSTGRES,
    };
    let rows: Vec<KnownRow> = tx.fetch_all(statement, (tenant_id, json(&phones)?)).await?;
    let known = rows.into_iter().map(|row| (row.phone.clone(), row));
    let known = known.collect();
    let wanted: Vec<CardNumber> = lines().filter_map(|line| line.card).collect();
    let taken = cards::taken(tx, tenant_id, &wanted).await?;
    Ok((known, taken))
}

fn json(rows: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(rows).map_err(|error| Error::corrupt("import", error))
}

/// A client to add.
pub(in crate::imports) struct NewClient<'a> {
    pub(in crate::imports) line: &'a Line,
    pub(in crate::imports) card: CardNumber,
    pub(in crate::imports) balance: Money,
    pub(in crate::imports) last_seq: i64,
}

macro_rules! client_columns {
    () => {
        r"
        tenant_id,
        created_at,
        phone,
        full_name,
        card_number,
        ean13,
        total_spent_dirams,
        balance_dirams,
        last_seq"
    };
}

const ADD_SQLITE: &str = concat!(
    "
    INSERT INTO clients (",
    client_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        value ->> 'phone',
        value ->> 'name',
        value ->> 'card',
        value ->> 'ean13',
        value ->> 'spent',
        value ->> 'balance',
        value ->> 'last_seq'
    FROM json_each($3)
    RETURNING
        phone,
        id
"
);

const ADD_POSTGRES: &str = concat!(
    "
    INSERT INTO clients (",
    client_columns!(),
    "
    )
    SELECT
        $1,
        $2,
        phone,
        name,
        card,
        ean13,
        spent,
        balance,
        last_seq
    FROM json_to_recordset(CAST($3 AS json)) AS client (
        phone TEXT,
        name TEXT,
        card TEXT,
        ean13 TEXT,
        spent BIGINT,
        balance BIGINT,
        last_seq BIGINT
    )
    RETURNING
        phone,
        id
"
);

#[derive(Serialize)]
struct ClientJson<'a> {
    phone: &'a str,
    name: Option<&'a str>,
    card: String,
    ean13: String,
    spent: i64,
    balance: i64,
    last_seq: i64,
}

/// Adds clients. Returns their numbers by phone. One statement for each 10,000.
pub(in crate::imports) async fn add_clients(
    tx: &mut Tx,
    tenant_id: i64,
    clients: &[NewClient<'_>],
    now: Timestamp,
) -> Result<HashMap<String, i64>, Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => ADD_SQLITE,
        Dialect::Postgres => ADD_POSTGRES,
    };
    let mut ids = HashMap::with_capacity(clients.len());
    for chunk in clients.chunks(ROWS_PER_STATEMENT) {
        let rows: Vec<ClientJson<'_>> = chunk
            .iter()
            .map(|client| ClientJson {
                phone: client.line.phone.as_str(),
                name: client.line.name.as_deref(),
                card: client.card.to_string(),
                ean13: client.card.ean13().to_string(),
                spent: client.line.spent.dirams(),
                balance: client.balance.dirams(),
                last_seq: client.last_seq,
            })
            .collect();
        let params = (tenant_id, now.micros(), json(&rows)?);
        let added: Vec<(String, i64)> = tx.fetch_all(statement, params).await?;
        ids.extend(added);
    }
    Ok(ids)
}

const NAME_SQLITE: &str = r"
    UPDATE clients
    SET full_name = COALESCE(full_name, named.value ->> 'name')
    FROM json_each($2) AS named
    WHERE tenant_id = $1
        AND clients.id = named.value ->> 'id'
";

const NAME_POSTGRES: &str = r"
    UPDATE clients
    SET full_name = COALESCE(full_name, named.name)
    FROM json_to_recordset(CAST($2 AS json)) AS named (
        id BIGINT,
        name TEXT
    )
    WHERE tenant_id = $1
        AND clients.id = named.id
";

#[derive(Serialize)]
struct NameJson<'a> {
    id: i64,
    name: &'a str,
}

/// Stores the names of clients who have none. One statement for each 10,000.
pub(in crate::imports) async fn name(
    tx: &mut Tx,
    tenant_id: i64,
    names: &[(i64, &str)],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => NAME_SQLITE,
        Dialect::Postgres => NAME_POSTGRES,
    };
    for chunk in names.chunks(ROWS_PER_STATEMENT) {
        let rows = chunk.iter();
        let rows: Vec<NameJson<'_>> = rows.map(|(id, name)| NameJson { id: *id, name }).collect();
        let stored = tx.execute(statement, (tenant_id, json(&rows)?)).await?;
        stored.exactly(chunk.len())?;
    }
    Ok(())
}
