//! The ledger's statements: those that read, and the client's row.

mod save;

pub(super) use save::{insert_allocations, insert_entries, put_lots};

use domain::{Identifier, Lot, Timestamp};
use sqlx::{PgExecutor, SqliteExecutor};

use super::{Client, ClientRow, HoldingsRow, LotRow};
use crate::Error;
use crate::db::{Db, Engine, Tx, on_engine};

macro_rules! client_columns {
    () => {
        "id, phone, full_name, card_number, balance_dirams, debt_dirams, last_seq, total_spent_dirams, \
         purchase_count, first_purchase_at, last_purchase_at, second_purchase_rewarded, referred_by, \
         blocked_at, last_redemption_at"
    };
}

/// The statement `$head … $tail` that finds a client by what `$identifier` is, and the value it looks for.
macro_rules! by_identifier {
    ($identifier:expr, $head:expr, $tail:expr) => {
        match $identifier {
            Identifier::Phone(phone) => (concat!($head, "phone = $2", $tail), phone.to_string()),
            Identifier::Card(card) => (concat!($head, "card_number = $2", $tail), card.to_string()),
            Identifier::Ean13(ean) => (concat!($head, "ean13 = $2", $tail), ean.to_string()),
        }
    };
}

/// What a client's lots hold at `$3`, beside what the client's row tells. Each sum reads only the lots that it counts, by
/// an index of their own; what is not held, expired or a welcome bonus is the rest of the balance.
macro_rules! holdings_of_client {
    () => {
        "(SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND \
          client_id = clients.id AND remaining_dirams > 0 AND COALESCE(expires_at, 9223372036854775807) <= \
         $3) AS expired, (SELECT CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 THEN 0 ELSE \
         remaining_dirams END), 0) AS BIGINT) FROM lots WHERE lots.tenant_id = $1 AND client_id = \
         clients.id AND remaining_dirams > 0 AND available_at > $3) AS held, (SELECT \
         CAST(COALESCE(SUM(CASE WHEN expires_at <= $3 THEN 0 ELSE remaining_dirams END), 0) AS BIGINT) FROM \
          lots WHERE lots.tenant_id = $1 AND client_id = clients.id AND remaining_dirams > 0 AND kind = \
         'welcome' AND kind <> 'purchase') AS welcome, (SELECT CAST(COALESCE(SUM(CASE WHEN \
         expires_at <= $3 OR available_at <= $3 THEN 0 ELSE remaining_dirams END), 0) AS BIGINT) FROM lots \
         WHERE lots.tenant_id = $1 AND client_id = clients.id AND remaining_dirams > 0 AND kind = 'welcome' \
          AND kind <> 'purchase') AS held_welcome FROM clients WHERE clients.tenant_id = $1 AND "
    };
}

/// A client beside what the lots hold.
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

/// The client and the account as one statement sees them, unlocked and without lots.
pub(crate) async fn find(
    db: &Db,
    tenant_id: i64,
    identifier: &Identifier,
    now: Timestamp,
) -> Result<Option<Client>, Error> {
    find_on(db.reads(), tenant_id, identifier, now).await
}

/// As [`find`], within a transaction.
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
    let (statement, value) = by_identifier!(
        identifier,
        concat!("SELECT ", client_columns!(), ", ", holdings_of_client!()),
        ""
    );
    let found: Option<ClientAndHoldings> = on_engine!(on, conn => {
        sqlx::query_as(statement)
            .bind(tenant_id)
            .bind(value)
            .bind(now.micros())
            .fetch_optional(conn)
            .await
    })?;
    found.map(|found| found.into_client(tenant_id)).transpose()
}

/// Locks a client's row: an UPDATE does on both engines, whatever it sets.
pub(super) async fn lock(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Option<ClientRow>, Error> {
    let (statement, value) = by_identifier!(
        identifier,
        "UPDATE clients SET last_seq = last_seq WHERE tenant_id = $1 AND ",
        concat!(" RETURNING ", client_columns!())
    );
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_as(statement).bind(tenant_id).bind(value).fetch_optional(conn).await
    })?)
}

/// As [`lock`], by the client's number.
pub(super) async fn lock_id(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
) -> Result<Option<ClientRow>, Error> {
    const LOCK: &str = concat!(
        "UPDATE clients SET last_seq = last_seq WHERE tenant_id = $1 AND id = $2 RETURNING ",
        client_columns!()
    );
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_as(LOCK).bind(tenant_id).bind(id).fetch_optional(conn).await
    })?)
}

/// What the lots of a client hold. The client's row must be locked.
pub(super) async fn holdings(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<HoldingsRow, Error> {
    const HOLDINGS: &str = concat!("SELECT ", holdings_of_client!(), "id = $2");
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_as(HOLDINGS)
            .bind(tenant_id)
            .bind(client_id)
            .bind(now.micros())
            .fetch_one(conn)
            .await
    })?)
}

macro_rules! lot_columns {
    () => {
        "seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, sale_id"
    };
}

/// The unexpired lots of a client that have something left, in spending order: `limit` of them after the first `skip`.
pub(super) async fn lots_in_order(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
    limit: usize,
    skip: usize,
) -> Result<Vec<Lot>, Error> {
    const IN_ORDER: &str = concat!(
        "SELECT ",
        lot_columns!(),
        " FROM lots WHERE tenant_id = $1 AND client_id = $2 AND remaining_dirams > 0 ",
        "AND COALESCE(expires_at, 9223372036854775807) > $3 ",
        "ORDER BY COALESCE(expires_at, 9223372036854775807), seq LIMIT $4 OFFSET $5"
    );
    let rows: Vec<LotRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(IN_ORDER)
            .bind(tenant_id)
            .bind(client_id)
            .bind(now.micros())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .bind(i64::try_from(skip).unwrap_or(i64::MAX))
            .fetch_all(conn)
            .await
    })?;
    rows.into_iter().map(LotRow::into_lot).collect()
}

/// The numbers of the lots that a sale's redemption took from, each with how much. The lots themselves are read by their
/// numbers: PostgreSQL, if it takes this client for one of few lots, would compare each with each in a join.
pub(super) async fn taken_by(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    // SQLite keeps the order of a CROSS JOIN.
    const TAKEN: &str = "SELECT lot_seq, allocations.amount_dirams FROM entries \
                         CROSS JOIN allocations WHERE allocations.tenant_id = entries.tenant_id \
                         AND allocations.client_id = entries.client_id \
                         AND allocations.entry_seq = entries.seq \
                         AND entries.tenant_id = $1 AND entries.client_id = $2 \
                         AND entries.sale_id = $3 AND entries.kind = 'redeem'";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_as(TAKEN).bind(tenant_id).bind(client_id).bind(sale_id).fetch_all(conn).await
    })?)
}

/// The lots of these numbers, exhausted or not. One statement.
pub(super) async fn lots_by_seq(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    seqs: &[i64],
) -> Result<Vec<Lot>, Error> {
    // SQLite keeps the order of a CROSS JOIN: it must not walk the client's lots for each number. PostgreSQL would, in any
    // join, if it takes this client for one of few lots.
    const SQLITE: &str = concat!(
        "SELECT ",
        lot_columns!(),
        " FROM json_each($3) AS wanted CROSS JOIN lots ON lots.tenant_id = $1 AND lots.client_id = $2 ",
        "AND lots.seq = wanted.value"
    );
    const POSTGRES: &str = concat!(
        "SELECT ",
        lot_columns!(),
        " FROM lots WHERE tenant_id = $1 AND client_id = $2 AND seq = ANY($3)"
    );
    let rows: Vec<LotRow> = match tx.conn() {
        Engine::Sqlite(conn) => {
            let wanted =
                serde_json::to_string(seqs).map_err(|error| Error::corrupt("lots.seq", error))?;
            let query = sqlx::query_as(SQLITE).bind(tenant_id).bind(client_id);
            query.bind(wanted).fetch_all(conn).await?
        }
        Engine::Postgres(conn) => {
            let query = sqlx::query_as(POSTGRES).bind(tenant_id).bind(client_id);
            query.bind(seqs).fetch_all(conn).await?
        }
    };
    rows.into_iter().map(LotRow::into_lot).collect()
}

pub(super) async fn update_client(tx: &mut Tx, client: &Client) -> Result<(), Error> {
    const UPDATE: &str = "UPDATE clients SET balance_dirams = $3, debt_dirams = $4, last_seq = $5, \
                          total_spent_dirams = $6, purchase_count = $7, first_purchase_at = $8, \
                          last_purchase_at = $9, second_purchase_rewarded = $10, \
                          last_redemption_at = $11 \
                          WHERE tenant_id = $1 AND id = $2";
    let changed = on_engine!(tx.conn(), conn => {
        sqlx::query(UPDATE)
            .bind(client.tenant_id)
            .bind(client.id)
            .bind(client.account.balance().dirams())
            .bind(client.account.debt().dirams())
            .bind(client.account.last_seq())
            .bind(client.total_spent.dirams())
            .bind(client.history.count)
            .bind(client.history.first_at.map(domain::Timestamp::micros))
            .bind(client.history.last_at.map(domain::Timestamp::micros))
            .bind(client.history.second_rewarded)
            .bind(client.last_redemption_at.map(domain::Timestamp::micros))
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::corrupt("clients.id", client.id))
    }
}
