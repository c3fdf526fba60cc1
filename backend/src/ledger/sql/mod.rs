//! The ledger's statements for the client's row and for the sums over the lots.

mod lots;
mod save;

pub(super) use lots::{lots_by_seq, lots_in_order, taken_by};
pub(super) use save::{insert_allocations, insert_entries, put_lots, update_balances};

use domain::{Identifier, Phone, Timestamp};
use sqlx::{PgExecutor, SqliteExecutor};

use super::client::{Client, Family};
use super::rows::{ClientRow, HoldingsRow};
use crate::Error;
use crate::db::{Db, Engine, Tx};

/// The columns of [`ClientRow`].
macro_rules! client_columns {
    () => {
        r"
        id,
        phone,
        full_name,
        card_number,
        balance_dirams,
        debt_dirams,
        last_seq,
        total_spent_dirams,
        purchase_count,
        first_purchase_at,
        last_purchase_at,
        second_purchase_rewarded,
        referred_by,
        blocked_at,
        last_redemption_at,
        phone_changed_at,
        merged_into,
        absorbed,
        erased_at"
    };
}

/// The columns of [`HoldingsRow`] at moment `$3`, for a client of store `$1`. Each sum reads only
/// the lots that it counts, by an index of its own. The bonuses that are not held, expired or
/// welcome bonuses are the rest of the balance.
macro_rules! holdings_columns {
    () => {
        r"
        (
            SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND COALESCE(expires_at, 9223372036854775807) <= $3
        ) AS expired,
        (
            SELECT CAST(COALESCE(SUM(
                CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams END
            ), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND available_at > $3
        ) AS held,
        (
            SELECT CAST(COALESCE(SUM(
                CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams END
            ), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND kind = 'welcome'
                AND kind <> 'purchase'
        ) AS welcome,
        (
            SELECT CAST(COALESCE(SUM(
                CASE WHEN expires_at <= $3 OR available_at <= $3 THEN 0 ELSE remaining_dirams END
            ), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND kind = 'welcome'
                AND kind <> 'purchase'
        ) AS held_welcome"
    };
}

/// The condition that a row is of client `$2` of store `$1`, or of one merged into this client.
macro_rules! is_in_family {
    () => {
        r"client_id IN (
            SELECT CAST($2 AS BIGINT)
            UNION ALL
            SELECT merged.id
            FROM clients AS merged
            WHERE merged.tenant_id = $1
                AND merged.merged_into = $2
        )"
    };
}

pub(crate) use {client_columns, holdings_columns, is_in_family};

/// A client with the sums over the lots.
#[derive(sqlx::FromRow)]
pub(crate) struct ClientAndHoldings {
    #[sqlx(flatten)]
    pub(crate) client: ClientRow,
    #[sqlx(flatten)]
    holdings: HoldingsRow,
}

impl ClientAndHoldings {
    pub(crate) fn into_client(self, tenant_id: i64) -> Result<Client, Error> {
        let account = self.client.unread_account(&self.holdings);
        self.client.into_client(tenant_id, account)
    }
}

/// The statement that finds a client by `$column`, with the sums over the lots.
macro_rules! find_by {
    ($column:literal) => {
        concat!(
            "
    SELECT",
            client_columns!(),
            ",",
            holdings_columns!(),
            "
    FROM clients
    WHERE clients.tenant_id = $1
        AND ",
            $column,
            " = $2
"
        )
    };
}

const FIND_BY_PHONE: &str = find_by!("phone");
const FIND_BY_CARD: &str = find_by!("card_number");
const FIND_BY_EAN13: &str = find_by!("ean13");
const FIND_BY_ID: &str = find_by!("id");

/// Finds the client and the account as one statement sees them, unlocked and without lots. One more
/// statement if the identifier is that of a merged client: it finds the other one.
pub(crate) async fn find(
    db: &Db,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let mut found = find_on(db.reads(), tenant_id, identifier, now).await?;
    while let Some(id) = merged_into(found.as_ref()) {
        found = find_id_on(db.reads(), tenant_id, id, now).await?;
    }
    living(found, tenant_id)
}

/// Finds a client as [`find`] does, within a transaction. One more statement if others were merged
/// into the client.
pub(crate) async fn find_in(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let mut found = find_on(tx.conn(), tenant_id, identifier, now).await?;
    while let Some(id) = merged_into(found.as_ref()) {
        found = find_id_on(tx.conn(), tenant_id, id, now).await?;
    }
    let has_absorbed = found
        .as_ref()
        .is_some_and(|found| found.client.absorbed > 0);
    let mut client = living(found, tenant_id)?;
    if let Some(client) = client.as_mut().filter(|_| has_absorbed) {
        client.family = family(tx, tenant_id, client.id).await?;
    }
    Ok(client)
}

/// Finds a client by number, also a merged or erased one, unlocked and without lots.
pub(crate) async fn find_id(
    db: &Db,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let found = find_id_on(db.reads(), tenant_id, id, now).await?;
    found.map(|found| found.into_client(tenant_id)).transpose()
}

fn merged_into(found: Option<&ClientAndHoldings>) -> Option<i64> {
    found.and_then(|found| found.client.merged_into)
}

/// Makes the client, unless the name and phone were erased: then nobody is found any more.
fn living(found: Option<ClientAndHoldings>, tenant_id: i64) -> Result<Option<Client>, Error> {
    let found = found.filter(|found| found.client.erased_at.is_none());
    found.map(|found| found.into_client(tenant_id)).transpose()
}

const FAMILY: &str = r"
    SELECT id
    FROM clients
    WHERE tenant_id = $1
        AND merged_into = $2
    ORDER BY id
";

/// Returns the numbers of a client and of those merged into this one. One statement.
pub(super) async fn family(tx: &mut Tx, tenant_id: i64, id: i64) -> Result<Family, Error> {
    let rows: Vec<(i64,)> = tx.fetch_all(FAMILY, (tenant_id, id)).await?;
    Ok(Family::new(id, rows.into_iter().map(|(id,)| id).collect()))
}

async fn find_id_on<'c>(
    on: Engine<impl SqliteExecutor<'c>, impl PgExecutor<'c>>,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<Option<ClientAndHoldings>, Error> {
    on.fetch_optional(FIND_BY_ID, (tenant_id, id, now.micros()))
        .await
}

async fn find_on<'c>(
    on: Engine<impl SqliteExecutor<'c>, impl PgExecutor<'c>>,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<ClientAndHoldings>, Error> {
    let statement = match identifier {
        Identifier::Phone(_) => FIND_BY_PHONE,
        Identifier::Card(_) => FIND_BY_CARD,
        Identifier::Ean13(_) => FIND_BY_EAN13,
    };
    let params = (tenant_id, value_of(identifier), now.micros());
    on.fetch_optional(statement, params).await
}

/// Returns the value in the identifier's column.
fn value_of(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Phone(phone) => phone.to_string(),
        Identifier::Card(card) => card.to_string(),
        Identifier::Ean13(ean) => ean.to_string(),
    }
}

/// The statement that locks a client's row by `$column`. On both engines an UPDATE locks the row,
/// even if it changes no value.
macro_rules! lock_by {
    ($column:literal) => {
        concat!(
            "
    UPDATE clients
    SET last_seq = last_seq
    WHERE tenant_id = $1
        AND ",
            $column,
            " = $2
    RETURNING",
            client_columns!(),
            "
"
        )
    };
}

const LOCK_BY_PHONE: &str = lock_by!("phone");
const LOCK_BY_CARD: &str = lock_by!("card_number");
const LOCK_BY_EAN13: &str = lock_by!("ean13");
const LOCK_BY_ID: &str = lock_by!("id");

/// Locks a client's row.
pub(super) async fn lock(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Option<ClientRow>, Error> {
    let statement = match identifier {
        Identifier::Phone(_) => LOCK_BY_PHONE,
        Identifier::Card(_) => LOCK_BY_CARD,
        Identifier::Ean13(_) => LOCK_BY_EAN13,
    };
    tx.fetch_optional(statement, (tenant_id, value_of(identifier)))
        .await
}

/// Locks a client's row as [`lock`] does, by the client's number.
pub(super) async fn lock_id(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ClientRow>, Error> {
    tx.fetch_optional(LOCK_BY_ID, (tenant_id, id)).await
}

const EARLIER_OWNER: &str = r"
    SELECT client_id
    FROM phone_changes
    WHERE tenant_id = $1
        AND old_phone = $2
    ORDER BY changed_at DESC
    LIMIT 1
";

/// Returns the number of the last client who had this phone before the store changed it.
pub(super) async fn earlier_owner(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &Phone,
) -> Result<Option<i64>, Error> {
    let row = tx
        .fetch_optional(EARLIER_OWNER, (tenant_id, phone.to_string()))
        .await?;
    Ok(row.map(|(id,)| id))
}

const HOLDINGS: &str = concat!(
    "
    SELECT",
    holdings_columns!(),
    "
    FROM clients
    WHERE clients.tenant_id = $1
        AND id = $2
"
);

/// Returns the sums over a client's lots. The client's row must be locked.
pub(super) async fn holdings(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<HoldingsRow, Error> {
    tx.fetch_one(HOLDINGS, (tenant_id, client_id, now.micros()))
        .await
}

const UPDATE_CLIENT: &str = r"
    UPDATE clients
    SET balance_dirams = $3,
        debt_dirams = $4,
        last_seq = $5,
        total_spent_dirams = $6,
        purchase_count = $7,
        first_purchase_at = $8,
        last_purchase_at = $9,
        second_purchase_rewarded = $10,
        last_redemption_at = $11
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn update_client(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    let params = (
        client.tenant_id,
        client.id,
        client.account.balance().dirams(),
        client.account.debt().dirams(),
        client.account.last_seq(),
        client.total_spent.dirams(),
        client.history.count,
        client.history.first_at.map(Timestamp::micros),
        client.history.last_at.map(Timestamp::micros),
        client.history.second_rewarded,
        client.last_redemption_at.map(Timestamp::micros),
    );
    tx.execute(UPDATE_CLIENT, params).await?.exactly(1)
}
