//! Lists reserved cards.

use domain::{CardNumber, Timestamp};

use super::sql;
use crate::{Backend, Error};

/// The most batches that are listed.
const MAX_BATCHES: i64 = 100;

/// Cards that were reserved together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// The number of cards.
    pub cards: i64,
    /// The number of cards that nobody has.
    pub free: i64,
    /// What they are for; may be empty.
    pub note: String,
    /// The name of the person who reserved them, at that time.
    pub who: String,
    /// The moment when they were reserved.
    pub created_at: Timestamp,
}

impl From<sql::BatchRow> for Batch {
    fn from(row: sql::BatchRow) -> Self {
        Self {
            id: row.id,
            cards: row.cards,
            free: row.free,
            note: row.note,
            who: row.who,
            created_at: Timestamp::from_micros(row.created_at),
        }
    }
}

/// Returns the batches of a store, the newest first, at most a hundred. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn batches(backend: &Backend, tenant_id: i64) -> Result<Vec<Batch>, Error> {
    let rows = sql::batches(&backend.db, tenant_id, MAX_BATCHES).await?;
    Ok(rows.into_iter().map(Batch::from).collect())
}

/// Finds a batch. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn batch(backend: &Backend, tenant_id: i64, id: i64) -> Result<Option<Batch>, Error> {
    let row = sql::batch(&backend.db, tenant_id, id).await?;
    Ok(row.map(Batch::from))
}

/// Returns the cards of a batch in the order of their numbers. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn cards_of_batch(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
) -> Result<Vec<CardNumber>, Error> {
    let rows = sql::cards_of_batch(&backend.db, tenant_id, id, "").await?;
    rows.iter().map(|(number, _)| parsed(number)).collect()
}

/// Returns at most `most` cards of a batch that nobody has, in the order of their numbers, after
/// the card `after`; an empty text is before all of them. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn free_of_batch(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
    after: &str,
    most: usize,
) -> Result<Vec<CardNumber>, Error> {
    // A batch is small enough to be read as a whole.
    let rows = sql::cards_of_batch(&backend.db, tenant_id, id, after).await?;
    let free = rows.iter().filter(|(_, is_free)| *is_free);
    free.take(most).map(|(number, _)| parsed(number)).collect()
}

fn parsed(number: &str) -> Result<CardNumber, Error> {
    CardNumber::parse(number).ok_or_else(|| Error::corrupt("cards.card_number", number))
}

/// Returns the name or phone of a client, and their card. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn of_client(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
) -> Result<Option<(String, CardNumber)>, Error> {
    let Some((number, name)) = sql::of_client(&backend.db, tenant_id, client_id).await? else {
        return Ok(None);
    };
    Ok(Some((name, parsed(&number)?)))
}

/// Counts the reserved cards of a store that nobody has. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn free_cards(backend: &Backend, tenant_id: i64) -> Result<i64, Error> {
    sql::free(&backend.db, tenant_id).await
}
