//! The statements of reserved cards.

use domain::{CardNumber, Timestamp};
use serde::Serialize;

use super::json;
use crate::Error;
use crate::db::{Db, Dialect, Tx};

const INSERT_BATCH: &str = r"
    INSERT INTO card_batches (
        tenant_id,
        cards,
        note,
        who,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5)
    RETURNING id
";

pub(in crate::cards) async fn insert_batch(
    tx: &mut Tx,
    tenant_id: i64,
    cards: i64,
    note: &str,
    who: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (tenant_id, cards, note, who, now.micros());
    let (id,) = tx.fetch_one(INSERT_BATCH, params).await?;
    Ok(id)
}

const INSERT_CARDS_SQLITE: &str = r"
    INSERT INTO cards (
        tenant_id,
        card_number,
        ean13,
        batch_id
    )
    SELECT
        $1,
        value ->> 'card',
        value ->> 'ean13',
        $2
    FROM json_each($3)
";

const INSERT_CARDS_POSTGRES: &str = r"
    INSERT INTO cards (
        tenant_id,
        card_number,
        ean13,
        batch_id
    )
    SELECT
        $1,
        card,
        ean13,
        $2
    FROM json_to_recordset(CAST($3 AS json)) AS reserved (
        card TEXT,
        ean13 TEXT
    )
";

#[derive(Serialize)]
struct CardJson {
    card: String,
    ean13: String,
}

/// Stores the cards of a batch. One statement.
pub(in crate::cards) async fn insert_cards(
    tx: &mut Tx,
    tenant_id: i64,
    batch_id: i64,
    cards: &[CardNumber],
) -> Result<(), Error> {
    let statement = match tx.dialect() {
        Dialect::Sqlite => INSERT_CARDS_SQLITE,
        Dialect::Postgres => INSERT_CARDS_POSTGRES,
    };
    let rows: Vec<CardJson> = cards
        .iter()
        .map(|card| CardJson {
            card: card.to_string(),
            ean13: card.ean13().to_string(),
        })
        .collect();
    let params = (tenant_id, batch_id, json(&rows)?);
    tx.execute(statement, params).await?.exactly(cards.len())
}

#[derive(sqlx::FromRow)]
pub(in crate::cards) struct BatchRow {
    pub(in crate::cards) id: i64,
    pub(in crate::cards) cards: i64,
    pub(in crate::cards) free: i64,
    pub(in crate::cards) note: String,
    pub(in crate::cards) who: String,
    pub(in crate::cards) created_at: i64,
}

/// The columns of [`BatchRow`].
macro_rules! batch_columns {
    () => {
        r"
    SELECT
        id,
        cards,
        (
            SELECT COUNT(*)
            FROM cards AS free_cards
            WHERE free_cards.tenant_id = $1
                AND free_cards.batch_id = card_batches.id
                AND free_cards.given_at IS NULL
        ) AS free,
        note,
        who,
        created_at
    FROM card_batches
    WHERE tenant_id = $1"
    };
}

const BATCHES: &str = concat!(
    batch_columns!(),
    "
    ORDER BY id DESC
    LIMIT $2
"
);

pub(in crate::cards) async fn batches(
    db: &Db,
    tenant_id: i64,
    most: i64,
) -> Result<Vec<BatchRow>, Error> {
    db.reads().fetch_all(BATCHES, (tenant_id, most)).await
}

const BATCH: &str = concat!(
    batch_columns!(),
    "
        AND id = $2
"
);

pub(in crate::cards) async fn batch(
    db: &Db,
    tenant_id: i64,
    id: i64,
) -> Result<Option<BatchRow>, Error> {
    db.reads().fetch_optional(BATCH, (tenant_id, id)).await
}

const CARDS_OF_BATCH: &str = r"
    SELECT
        card_number,
        given_at IS NULL
    FROM cards
    WHERE tenant_id = $1
        AND batch_id = $2
        AND card_number > $3
    ORDER BY card_number
";

/// Returns the cards of a batch after the card `after`, and whether each is free.
pub(in crate::cards) async fn cards_of_batch(
    db: &Db,
    tenant_id: i64,
    batch_id: i64,
    after: &str,
) -> Result<Vec<(String, bool)>, Error> {
    let params = (tenant_id, batch_id, after);
    db.reads().fetch_all(CARDS_OF_BATCH, params).await
}

const OF_CLIENT: &str = r"
    SELECT
        card_number,
        COALESCE(full_name, phone)
    FROM clients
    WHERE tenant_id = $1
        AND id = $2
";

/// Returns the card of a client, and their name or phone.
pub(in crate::cards) async fn of_client(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
) -> Result<Option<(String, String)>, Error> {
    db.reads()
        .fetch_optional(OF_CLIENT, (tenant_id, client_id))
        .await
}

const FREE: &str = r"
    SELECT COUNT(*)
    FROM cards
    WHERE tenant_id = $1
        AND given_at IS NULL
";

/// Counts the reserved cards that nobody has.
pub(in crate::cards) async fn free(db: &Db, tenant_id: i64) -> Result<i64, Error> {
    let (count,) = db.reads().fetch_one(FREE, (tenant_id,)).await?;
    Ok(count)
}

/// Counts as [`free`] does, within a transaction.
pub(in crate::cards) async fn free_in(tx: &mut Tx, tenant_id: i64) -> Result<i64, Error> {
    let (count,) = tx.fetch_one(FREE, (tenant_id,)).await?;
    Ok(count)
}
