//! The replay itself.

use std::time::Duration;

use domain::replay::{Replay, Sums};
use domain::{Programme, Timestamp};
use tokio::sync::Semaphore;

use super::feed::Feed;
use super::{begins_at, sql};
use crate::{Backend, Error};

/// The most sales that a request replays. More are replayed beside the requests.
pub const MOST_AT_ONCE: i64 = 100_000;

/// The replays that a server runs at once for requests, and beside them: each reads many rows.
static REQUESTS: Semaphore = Semaphore::const_new(2);
pub(super) static LOOKS: Semaphore = Semaphore::const_new(1);

/// The time after which a replay that waits for its turn gives a sign of life.
const PATIENCE: Duration = Duration::from_secs(10);

/// The effect of a programme on the sales of the last months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The first moment of the sales.
    pub from: Timestamp,
    /// The last moment.
    pub until: Timestamp,
    /// The sums under the programme that applies.
    pub before: Sums,
    /// The sums under the other programme.
    pub after: Sums,
}

/// Returns whether a store has more sales in the last months than a request replays. One statement,
/// which reads no more than so many rows of an index.
///
/// # Errors
/// [`Error::Storage`].
pub async fn is_too_long(backend: &Backend, tenant_id: i64) -> Result<bool, Error> {
    let from = begins_at(backend.clock.now());
    let sales = sql::count_sales(&backend.db, tenant_id, from, MOST_AT_ONCE + 1).await?;
    Ok(sales > MOST_AT_ONCE)
}

/// Replays the sales of the last months under two programmes. Three statements, and four for each
/// thousand clients who have bought.
///
/// # Errors
/// [`Error::Storage`].
pub async fn effect(
    backend: &Backend,
    tenant_id: i64,
    saved: &Programme,
    proposed: &Programme,
) -> Result<Effect, Error> {
    let effect = watched(backend, tenant_id, (saved, proposed), &REQUESTS, Unwatched).await?;
    effect.ok_or_else(|| Error::corrupt("a replay of store", tenant_id))
}

/// The one who is told how a replay goes on.
pub(super) trait Watch: Send {
    /// Is told how many clients are counted, of how many. Returns whether the replay is to go on.
    fn go_on(
        &mut self,
        done: usize,
        all: usize,
    ) -> impl Future<Output = Result<bool, Error>> + Send;
}

struct Unwatched;

impl Watch for Unwatched {
    async fn go_on(&mut self, _done: usize, _all: usize) -> Result<bool, Error> {
        Ok(true)
    }
}

/// Replays as [`effect`] does, when one of `turns` is free. Tells `watch` how it goes on after each
/// thousand clients, and while it waits. Returns `None` if `watch` has stopped it.
pub(super) async fn watched(
    backend: &Backend,
    tenant_id: i64,
    (saved, proposed): (&Programme, &Programme),
    turns: &Semaphore,
    mut watch: impl Watch,
) -> Result<Option<Effect>, Error> {
    let _turn = loop {
        match tokio::time::timeout(PATIENCE, turns.acquire()).await {
            Ok(Ok(turn)) => break turn,
            Ok(Err(error)) => return Err(Error::corrupt("the turns of replays", error)),
            Err(_) if watch.go_on(0, 0).await? => {}
            Err(_) => return Ok(None),
        }
    };
    let until = backend.clock.now();
    let from = begins_at(until);
    let (mut before, mut after) = (Replay::new(saved), Replay::new(proposed));
    let mut feed = Feed::open(backend, tenant_id, from).await?;
    before.register(feed.registered);
    after.register(feed.registered);
    while let Some(clients) = feed.next().await? {
        for (opening, documents) in clients {
            before.client(&opening, documents.iter().copied());
            after.client(&opening, documents);
        }
        if !watch.go_on(feed.done(), feed.all()).await? {
            return Ok(None);
        }
    }
    Ok(Some(Effect {
        from,
        until,
        before: before.sums(),
        after: after.sums(),
    }))
}
