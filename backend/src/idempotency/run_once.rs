//! Runs a command and stores its answer in the same transaction.

use super::{Answer, IdempotencyKey, Once, sql};
use crate::command::Attempts;
use crate::db::Tx;
use crate::{Backend, Command, Error};

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
