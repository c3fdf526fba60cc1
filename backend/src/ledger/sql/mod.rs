//! The ledger's statements for the client's row and for the sums over the lots.

mod lots;
mod save;

pub(super) use lots::{lots_by_seq, lots_in_order, taken_by};
pub(super) use save::{insert_allocations, insert_entries, put_lots};

use domain::{Identifier, Timestamp};
use sqlx::{PgExecutor, SqliteExecutor};

use super::client::Client;
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
        last_redemption_at"
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

/// A client with the sums over the lots.
#[derive(sqlx::FromRow)]
struct ClientAndHoldings {
    #[sqlx(flatten)]
    client: ClientRow,
    #[sqlx(flatten)]
    holdings: HoldingsRow,
}

impl ClientAndHoldings {
    fn into_client(self, tenant_id: i64) -> Result<Client, Error> {
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

/// Finds the client and the account as one statement sees them, unlocked and without lots.
pub(crate) async fn find(
    db: &Db,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    find_on(db.reads(), tenant_id, identifier, now).await
}

/// Finds a client as [`find`] does, within a transaction.
pub(crate) async fn find_in(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    find_on(tx.conn(), tenant_id, identifier, now).await
}

async fn find_on<'c>(
    on: Engine<impl SqliteExecutor<'c>, impl PgExecutor<'c>>,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    let statement = match identifier {
        Identifier::Phone(_) => FIND_BY_PHONE,
        Identifier::Card(_) => FIND_BY_CARD,
        Identifier::Ean13(_) => FIND_BY_EAN13,
    };
    let params = (tenant_id, value_of(identifier), now.micros());
    let found: Option<ClientAndHoldings> = on.fetch_optional(statement, params).await?;
    found.map(|found| found.into_client(tenant_id)).transpose()
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
