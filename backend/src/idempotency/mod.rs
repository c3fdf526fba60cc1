//! `Idempotency-Key`: the transaction of a request also stores its answer, and a repeated request
//! gets the stored answer (the pattern of "Zero to Production in Rust", chapter 11; header as in
//! the IETF draft).

mod sql;

use domain::Timestamp;

use crate::command::Attempts;
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The time that an answer is kept, in days.
const KEPT_DAYS: i64 = 7;

/// The number of answers that one statement deletes. It is limited because SQLite's tills wait for
/// it.
const FORGOTTEN_AT_ONCE: i64 = 2_000;

/// An idempotency key as one till sent it with one request.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The store.
    pub tenant_id: i64,
    /// The sender within the store: `cashier:3`, or `store`.
    pub scope: String,
    /// The value of the header.
    pub key: String,
    /// A hash of method, path and body: the same key with another request is an error.
    pub request_hash: [u8; 32],
}

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its JSON.
    pub body: String,
}

/// An answer and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    /// The answer to this request.
    Fresh(Answer),
    /// The answer to an earlier request with the same key.
    Replayed(Answer),
    /// No answer, because the key was used for another request.
    KeyReused,
}

/// Runs `command`, at most once for `key` if there is a key. A document that was recorded before,
/// with this key or without it, is answered again. A refusal records nothing, so a repeated request
/// runs the command again. A key costs one statement before the command and one after it.
///
/// # Errors
/// The errors for which `answer` returns `None`.
pub async fn run_once<C: Command>(
    backend: &Backend,
    key: Option<&IdempotencyKey>,
    command: &C,
    answer: impl Fn(Result<C::Outcome, &Error>) -> Option<Answer> + Send + Sync,
) -> Result<Once, Error> {
    let mut attempts = Attempts::default();
    loop {
        let ended = match key {
            Some(key) => attempt_with_key(backend, key, command, &answer).await,
            None => attempt(backend, command, &answer).await.map(Once::Fresh),
        };
        match ended {
            Err(error) if attempts.again(&backend.db, &error) => {}
            ended => return ended,
        }
    }
}

async fn attempt<C: Command>(
    backend: &Backend,
    command: &C,
    answer: &(impl Fn(Result<C::Outcome, &Error>) -> Option<Answer> + Send + Sync),
) -> Result<Answer, Error> {
    match backend.attempt(command).await {
        Ok(outcome) => answer(Ok(outcome)).ok_or_else(no_answer),
        Err(error) => answer(Err(&error)).ok_or(error),
    }
}

async fn attempt_with_key<C: Command>(
    backend: &Backend,
    key: &IdempotencyKey,
    command: &C,
    answer: &(impl Fn(Result<C::Outcome, &Error>) -> Option<Answer> + Send + Sync),
) -> Result<Once, Error> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    // Another request with the same key waits here until this transaction ends.
    if !sql::claim(&mut tx, key, now).await? {
        return replay(&mut tx, key).await;
    }
    match command.execute(&mut tx, now).await {
        Ok(outcome) => {
            let answer = answer(Ok(outcome)).ok_or_else(no_answer)?;
            sql::store(&mut tx, key, &answer).await?;
            tx.commit().await?;
            Ok(Once::Fresh(answer))
        }
        // The transaction is dropped, which also releases the key.
        Err(error) => {
            let refusal = answer(Err(&error)).ok_or(error)?;
            Ok(Once::Fresh(refusal))
        }
    }
}

fn no_answer() -> Error {
    Error::corrupt("answer", "missing for an outcome")
}

async fn replay(tx: &mut Tx, key: &IdempotencyKey) -> Result<Once, Error> {
    let (request_hash, answer) = sql::stored(tx, key).await?;
    if request_hash != hex::encode(key.request_hash) {
        return Ok(Once::KeyReused);
    }
    Ok(Once::Replayed(answer))
}

/// Deletes some of a store's answers that are too old to be asked for again. Returns `false` if
/// there are no more.
pub(crate) async fn forget_some(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let before = now.plus_days(-KEPT_DAYS);
    let forgotten = sql::forget(tx, tenant_id, before, FORGOTTEN_AT_ONCE).await?;
    Ok(i64::try_from(forgotten).is_ok_and(|forgotten| forgotten == FORGOTTEN_AT_ONCE))
}
