//! Issues card numbers.
//!
//! The order of a store's numbers depends on a key of its own, which is sealed by the key of the
//! installation but not derived from it. If it cannot be opened any more, the store gets another
//! one: a number that is taken already is left out, so that registration goes on.

use std::collections::HashSet;

use domain::{CardNumber, FieldError, Round, Timestamp};
use sha2::{Digest, Sha256};

use super::sql;
use crate::Error;
use crate::db::Tx;
use crate::secrets::{SecretKey, random_token};

/// The purpose that a store's key is sealed for.
const SEALED_AS: &str = "card numbers";

/// The most times that numbers which turn out to be taken are replaced. One time is rare.
const MAX_TURNS: usize = 100;

/// Locks the store's row, so that registrations, imports and gifts of cards of one store run one
/// after another. One statement.
pub(crate) async fn lock_store(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    sql::take(tx, tenant_id, 0).await.map(drop)
}

/// Takes the store's next `count` free card numbers and locks the store's row. `avoided` are left
/// out. Two statements, and one more for a store that has no key yet.
pub(crate) async fn free_numbers(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    count: usize,
    avoided: &HashSet<CardNumber>,
) -> Result<Vec<CardNumber>, Error> {
    let mut free = Vec::with_capacity(count);
    for _ in 0..MAX_TURNS {
        let missing = count - free.len();
        if missing == 0 {
            return Ok(free);
        }
        let mut cards = next(tx, secrets, tenant_id, missing).await?;
        cards.retain(|card| !avoided.contains(card));
        let taken = sql::occupied(tx, tenant_id, &cards).await?;
        cards.retain(|card| !taken.contains(&card.to_string()));
        free.extend(cards);
    }
    Err(Error::corrupt("cards", "no free number"))
}

/// Takes the next numbers of the store's counter, taken or not.
async fn next(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    count: usize,
) -> Result<Vec<CardNumber>, Error> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let (last, in_order, sealed) = sql::take(tx, tenant_id, count).await?;
    let key = match opened(secrets, sealed.as_deref()) {
        Some(key) => key,
        None => new_key(tx, secrets, tenant_id).await?,
    };
    let exhausted = || Error::corrupt("tenants.last_card_number", last);
    let in_order = u32::try_from(in_order).map_err(|_| exhausted())?;
    let card = |index: i64| {
        let index = u32::try_from(index).ok()?;
        CardNumber::issued(index, in_order, |round| keyed(&key, round))
    };
    let cards = (last - count + 1..=last).map(card).collect::<Option<_>>();
    cards.ok_or_else(exhausted)
}

fn opened(secrets: &SecretKey, sealed: Option<&str>) -> Option<String> {
    match secrets.open(SEALED_AS, sealed?) {
        Ok(key) => Some(key),
        Err(error) => {
            tracing::warn!(%error, "the store gets a new key for its card numbers");
            None
        }
    }
}

async fn new_key(tx: &mut Tx, secrets: &SecretKey, tenant_id: i64) -> Result<String, Error> {
    let key = random_token()?;
    sql::set_key(tx, tenant_id, &secrets.seal(SEALED_AS, &key)?).await?;
    Ok(key)
}

/// The pseudorandom function of a store: the beginning of a digest of its key, which has a fixed
/// length, and of the question.
fn keyed(key: &str, question: Round) -> u32 {
    let digest = Sha256::new()
        .chain_update(key)
        .chain_update(question.series.to_be_bytes())
        .chain_update([question.round])
        .chain_update(question.half.to_be_bytes())
        .finalize();
    digest
        .first_chunk()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

/// Gives a reserved card, which nobody has, to a client. One statement, or two if it is refused.
///
/// # Errors
/// [`FieldError::CardTaken`] if somebody has or had it, [`FieldError::UnknownCard`] if it was never
/// reserved, as the inner result.
pub(crate) async fn claim(
    tx: &mut Tx,
    tenant_id: i64,
    card: CardNumber,
    client_id: i64,
    now: Timestamp,
) -> Result<Result<(), FieldError>, Error> {
    if sql::claim(tx, tenant_id, card, client_id, now).await? {
        return Ok(Ok(()));
    }
    let is_known = sql::is_known(tx, tenant_id, card, client_id).await?;
    Ok(Err(if is_known {
        FieldError::CardTaken
    } else {
        FieldError::UnknownCard
    }))
}
