//! What a bot knows of a person: the updates it has received, the store that they want to join, and
//! the stores in which they are a client.

use super::sql;
use crate::{Backend, Error};

/// The days for which an update is remembered.
const KEPT_DAYS: i64 = 1;

/// Notes an update of a bot. Returns `false` if it was received before. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn note_update(backend: &Backend, bot: &str, update_id: i64) -> Result<bool, Error> {
    let now = backend.clock.now();
    sql::bot::forget_updates(&backend.db, bot, now.plus_days(-KEPT_DAYS)).await?;
    sql::bot::note_update(&backend.db, bot, update_id, now).await
}

/// Forgets an update that could not be served, so that its repetition is. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn forget_update(backend: &Backend, bot: &str, update_id: i64) -> Result<(), Error> {
    sql::bot::forget_update(&backend.db, bot, update_id).await
}

/// The store that a person wants to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialogue {
    /// The store.
    pub tenant_id: i64,
    /// The code of the friend who has sent the person.
    pub referral: Option<String>,
}

/// Notes which store a person wants to join. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn begin_dialogue(
    backend: &Backend,
    bot: &str,
    telegram_id: i64,
    dialogue: &Dialogue,
) -> Result<(), Error> {
    let now = backend.clock.now();
    let with = (dialogue.tenant_id, dialogue.referral.as_deref());
    sql::bot::put_dialogue(&backend.db, bot, telegram_id, with, now).await
}

/// Returns the store that a person wants to join. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn dialogue(
    backend: &Backend,
    bot: &str,
    telegram_id: i64,
) -> Result<Option<Dialogue>, Error> {
    let found = sql::bot::dialogue(&backend.db, bot, telegram_id).await?;
    Ok(found.map(|(tenant_id, referral)| Dialogue {
        tenant_id,
        referral,
    }))
}

/// A store in which a person is a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotStore {
    /// The store.
    pub tenant_id: i64,
    /// Its name.
    pub name: String,
    /// The client's number there.
    pub client_id: i64,
}

/// Returns the stores of a bot in which a person is a client: `own` is the store of the bot, `None`
/// for the platform's bot, which has all stores without a bot of their own. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn stores_of(
    backend: &Backend,
    own: Option<i64>,
    telegram_id: i64,
) -> Result<Vec<BotStore>, Error> {
    let rows = sql::bot::stores_of(&backend.db, own, telegram_id).await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(tenant_id, name, client_id)| BotStore {
            tenant_id,
            name,
            client_id,
        })
        .collect())
}

/// Notes in a store that a person has blocked the bot, or has unblocked it. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn set_blocked(backend: &Backend, store: &BotStore, blocks: bool) -> Result<(), Error> {
    let at = blocks.then(|| backend.clock.now().micros());
    let mut tx = backend.db.begin().await?;
    sql::bot::set_blocked(&mut tx, store.tenant_id, store.client_id, at).await?;
    crate::notifications::note_reach(&mut tx, store.tenant_id, store.client_id).await?;
    tx.commit().await
}

/// Switches all messages of a store to a client off. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn switch_all_off(backend: &Backend, store: &BotStore) -> Result<(), Error> {
    let now = backend.clock.now();
    sql::bot::switch_all_off(&backend.db, store.tenant_id, store.client_id, now).await
}

/// Switches receipts and reminders on again that [`switch_all_off`] has switched off. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn switch_on_again(backend: &Backend, store: &BotStore) -> Result<(), Error> {
    sql::bot::switch_on_again(&backend.db, store.tenant_id, store.client_id).await
}
