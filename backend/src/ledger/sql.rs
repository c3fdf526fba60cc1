//! The ledger's statements.

use domain::{Allocation, Entry, Identifier, Lot, Money, RestoredPart};

use super::{Client, ClientRow, LotRow};
use crate::Error;
use crate::db::{Db, Tx, on_engine};

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

/// A client beside one of the lots that have something left, or beside none.
#[derive(sqlx::FromRow)]
struct ClientAndLot {
    #[sqlx(flatten)]
    client: ClientRow,
    seq: Option<i64>,
    kind: Option<String>,
    amount_dirams: Option<i64>,
    remaining_dirams: Option<i64>,
    available_at: Option<i64>,
    expires_at: Option<i64>,
    sale_id: Option<i64>,
}

impl ClientAndLot {
    fn split(self) -> (ClientRow, Option<LotRow>) {
        let lot = match (
            self.seq,
            self.kind,
            self.amount_dirams,
            self.remaining_dirams,
            self.available_at,
        ) {
            (
                Some(seq),
                Some(kind),
                Some(amount_dirams),
                Some(remaining_dirams),
                Some(available_at),
            ) => Some(LotRow {
                seq,
                kind,
                amount_dirams,
                remaining_dirams,
                available_at,
                expires_at: self.expires_at,
                sale_id: self.sale_id,
            }),
            _ => None,
        };
        (self.client, lot)
    }
}

macro_rules! find_statement {
    ($identifier:expr) => {
        by_identifier!(
            $identifier,
            "SELECT id, phone, full_name, card_number, balance_dirams, debt_dirams, last_seq, \
             total_spent_dirams, purchase_count, first_purchase_at, last_purchase_at, \
             second_purchase_rewarded, referred_by, blocked_at, last_redemption_at, seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, sale_id \
             FROM clients LEFT JOIN lots ON lots.tenant_id = clients.tenant_id \
             AND lots.client_id = clients.id AND lots.remaining_dirams > 0 \
             WHERE clients.tenant_id = $1 AND ",
            ""
        )
    };
}

/// The client and the account as one statement sees them, unlocked.
pub(crate) async fn find(
    db: &Db,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Option<Client>, Error> {
    let (statement, value) = find_statement!(identifier);
    let rows = on_engine!(db.reads(), conn => {
        sqlx::query_as::<_, ClientAndLot>(statement).bind(tenant_id).bind(value).fetch_all(conn).await
    })?;
    gather(tenant_id, rows)
}

/// As [`find`], within a transaction.
pub(crate) async fn find_in(
    tx: &mut Tx,
    tenant_id: i64,
    identifier: &Identifier,
) -> Result<Option<Client>, Error> {
    let (statement, value) = find_statement!(identifier);
    let rows = on_engine!(tx.conn(), conn => {
        sqlx::query_as::<_, ClientAndLot>(statement).bind(tenant_id).bind(value).fetch_all(conn).await
    })?;
    gather(tenant_id, rows)
}

fn gather(tenant_id: i64, rows: Vec<ClientAndLot>) -> Result<Option<Client>, Error> {
    let mut client = None;
    let mut lots = Vec::with_capacity(rows.len());
    for row in rows {
        let (client_row, lot) = row.split();
        client.get_or_insert(client_row);
        if let Some(lot) = lot {
            lots.push(lot.into_lot()?);
        }
    }
    client
        .map(|row| row.into_client(tenant_id, lots))
        .transpose()
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

/// Every lot of a client with something left, expired ones too.
pub(super) async fn live_lots(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<Vec<Lot>, Error> {
    const LIVE: &str = "SELECT seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, \
                        sale_id FROM lots \
                        WHERE tenant_id = $1 AND client_id = $2 AND remaining_dirams > 0";
    let rows: Vec<LotRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(LIVE).bind(tenant_id).bind(client_id).fetch_all(conn).await
    })?;
    rows.into_iter().map(LotRow::into_lot).collect()
}

/// The lots that a sale's redemption took from, with how much, in the order it took.
pub(crate) async fn lots_taken_by(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    sale_id: i64,
) -> Result<Vec<RestoredPart>, Error> {
    const TAKEN: &str = "SELECT lots.seq, allocations.amount_dirams FROM entries \
                         JOIN allocations ON allocations.tenant_id = entries.tenant_id \
                         AND allocations.client_id = entries.client_id \
                         AND allocations.entry_seq = entries.seq \
                         JOIN lots ON lots.tenant_id = entries.tenant_id \
                         AND lots.client_id = entries.client_id AND lots.seq = allocations.lot_seq \
                         WHERE entries.tenant_id = $1 AND entries.client_id = $2 \
                         AND entries.sale_id = $3 AND entries.kind = 'redeem' \
                         ORDER BY COALESCE(lots.expires_at, 9223372036854775807), lots.seq";
    let rows: Vec<(i64, i64)> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(TAKEN).bind(tenant_id).bind(client_id).bind(sale_id).fetch_all(conn).await
    })?;
    let part = |(lot_seq, dirams)| RestoredPart {
        lot_seq,
        amount: Money::from_dirams(dirams),
    };
    Ok(rows.into_iter().map(part).collect())
}

/// The lots of these numbers, exhausted or not. A statement for each.
pub(crate) async fn lots_by_seq(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    seqs: impl IntoIterator<Item = i64>,
) -> Result<Vec<Lot>, Error> {
    const LOT: &str = "SELECT seq, kind, amount_dirams, remaining_dirams, available_at, expires_at, \
                       sale_id FROM lots WHERE tenant_id = $1 AND client_id = $2 AND seq = $3";
    let mut lots = Vec::new();
    for seq in seqs {
        let row: LotRow = on_engine!(tx.conn(), conn => {
            sqlx::query_as(LOT).bind(tenant_id).bind(client_id).bind(seq).fetch_one(conn).await
        })?;
        lots.push(row.into_lot()?);
    }
    Ok(lots)
}

pub(super) async fn insert_entry(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    entry: &Entry,
) -> Result<(), Error> {
    const INSERT: &str = "INSERT INTO entries (tenant_id, client_id, seq, kind, amount_dirams, \
                          debt_change_dirams, sale_id, return_id, created_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx.conn(), conn => {
        sqlx::query(INSERT)
            .bind(tenant_id)
            .bind(client_id)
            .bind(entry.seq)
            .bind(entry.kind.as_str())
            .bind(entry.amount.dirams())
            .bind(entry.debt_change.dirams())
            .bind(entry.source.sale_id)
            .bind(entry.source.return_id)
            .bind(entry.at.micros())
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

pub(super) async fn insert_lot(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lot: &Lot,
) -> Result<(), Error> {
    const INSERT: &str = "INSERT INTO lots (tenant_id, client_id, seq, kind, amount_dirams, \
                          remaining_dirams, available_at, expires_at, sale_id) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx.conn(), conn => {
        sqlx::query(INSERT)
            .bind(tenant_id)
            .bind(client_id)
            .bind(lot.seq)
            .bind(lot.kind.as_str())
            .bind(lot.amount.dirams())
            .bind(lot.remaining.dirams())
            .bind(lot.available_at.micros())
            .bind(lot.expires_at.map(domain::Timestamp::micros))
            .bind(lot.sale_id)
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

pub(super) async fn update_remaining(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    lot: &Lot,
) -> Result<(), Error> {
    const UPDATE: &str = "UPDATE lots SET remaining_dirams = $4 \
                          WHERE tenant_id = $1 AND client_id = $2 AND seq = $3";
    let changed = on_engine!(tx.conn(), conn => {
        sqlx::query(UPDATE)
            .bind(tenant_id)
            .bind(client_id)
            .bind(lot.seq)
            .bind(lot.remaining.dirams())
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::corrupt("lots.seq", lot.seq))
    }
}

pub(super) async fn insert_allocation(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    entry_seq: i64,
    allocation: Allocation,
) -> Result<(), Error> {
    const INSERT: &str = "INSERT INTO allocations (tenant_id, client_id, entry_seq, lot_seq, \
                          amount_dirams) VALUES ($1, $2, $3, $4, $5)";
    on_engine!(tx.conn(), conn => {
        sqlx::query(INSERT)
            .bind(tenant_id)
            .bind(client_id)
            .bind(entry_seq)
            .bind(allocation.lot_seq)
            .bind(allocation.amount.dirams())
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
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
