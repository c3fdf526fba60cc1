//! Sweeps expired lots (seed, "Сгорание бонусов"). An expired lot cannot be spent even before the
//! sweep.

use std::collections::BTreeMap;

use domain::expiry::is_too_much;
use domain::{Money, Timestamp};
use serde::Serialize;

use super::chunks::Chunks;
use super::sql;
use crate::db::{Db, Tx};
use crate::reports::SumUpDays;
use crate::{Backend, Command, Error, activity, idempotency, imports, ledger, returns, stores};

/// The number of lots that one transaction sweeps on SQLite, where every till waits for it.
const LOTS_OF_ONE_WRITER: i64 = 500;
/// The number of lots that one transaction sweeps on PostgreSQL. The transaction locks the clients
/// of these lots, at worst one client for each lot, and runs six statements for each client. A sale
/// waits for its client no longer than five seconds.
const LOTS_OF_MANY_WRITERS: i64 = 50;

/// The result of a sweep, or of a count of what a sweep would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Expired {
    /// The number of clients whose lots have expired.
    pub clients: i64,
    /// The number of lots.
    pub lots: i64,
    /// Their bonuses, in dirams.
    pub dirams: i64,
    /// Stores that were not swept because they would lose too many bonuses at once. They are swept
    /// only if they are named.
    pub put_off: Vec<PutOff>,
}

/// A store that was not swept, because so large a loss at once more likely means a wrong clock or a
/// wrong programme. Its expired bonuses still cannot be spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PutOff {
    /// The store.
    pub tenant_id: i64,
    /// The bonuses that would end, in dirams.
    pub dirams: i64,
    /// All bonuses of the store, expired ones included, in dirams.
    pub held: i64,
}

/// The extent of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep<'a> {
    /// Only counts.
    Count,
    /// Sweeps every store, but puts off those that would lose more than a fifth of their bonuses,
    /// except the stores with the given numbers.
    ButFor(&'a [i64]),
}

/// Ends every lot that has expired by `now` (by the clock if `None`), deletes stored answers that
/// are too old to be asked for again, files that were not applied and old activity of tills, and
/// sums up days for reports. A second run does nothing more.
///
/// # Errors
/// [`Error::Storage`]. What was swept before the error stays swept.
pub async fn expire_bonuses(
    backend: &Backend,
    now: Option<Timestamp>,
    sweep: Sweep<'_>,
) -> Result<Expired, Error> {
    let now = now.unwrap_or_else(|| backend.clock.now());
    let mut swept = Expired::default();
    let mut chunks = Chunks::new(backend);
    let most = if backend.db.has_one_writer() {
        LOTS_OF_ONE_WRITER
    } else {
        LOTS_OF_MANY_WRITERS
    };
    for tenant_id in stores::all(&backend.db).await? {
        let (clients, lots, dirams) = sql::due(&backend.db, tenant_id, now).await?;
        let put_off = match sweep {
            Sweep::ButFor(asked) if asked.contains(&tenant_id) => None,
            _ => too_much(&backend.db, tenant_id, dirams).await?,
        };
        if sweep != Sweep::Count {
            while chunks.run(&ForgetSome { tenant_id }).await? {}
            while chunks.run(&SumUpDays { tenant_id }).await? {}
        }
        let unswept = put_off.is_some() && sweep != Sweep::Count;
        swept.put_off.extend(put_off);
        if unswept {
            continue;
        }
        swept.clients += clients;
        swept.lots += lots;
        swept.dirams += dirams;
        if sweep != Sweep::Count && lots > 0 {
            let some = SweepSome {
                tenant_id,
                now,
                most,
            };
            while chunks.run(&some).await? {}
        }
    }
    Ok(swept)
}

/// A command that sweeps some lots. Its outcome is `false` if there are no more.
struct SweepSome {
    tenant_id: i64,
    now: Timestamp,
    most: i64,
}

impl Command for SweepSome {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, _now: Timestamp) -> Result<bool, Error> {
        let due = some_due(tx, self).await?;
        let lots: usize = due.values().map(Vec::len).sum();
        // The youngest client first: every transaction locks clients in this order.
        for (client_id, seqs) in due.iter().rev() {
            let mut client = ledger::lock_with_lots(tx, self.tenant_id, *client_id, seqs).await?;
            let dirams = client.account.expire(self.now).dirams();
            ledger::save(tx, &client).await?;
            tracing::info!(
                tenant_id = self.tenant_id,
                client_id,
                dirams,
                "bonuses expired"
            );
        }
        Ok(i64::try_from(lots).is_ok_and(|lots| lots == self.most))
    }
}

/// The days for which an id is kept that a till has voided before anything was recorded under it:
/// after that a till's own number may come again.
const UNSEEN_DAYS: i64 = 30;

/// A command that deletes some stored answers. Its outcome is `false` if there are no more.
struct ForgetSome {
    tenant_id: i64,
}

impl Command for ForgetSome {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let month_ago = now.plus_days(-UNSEEN_DAYS);
        returns::forget_unseen(tx, self.tenant_id, month_ago).await?;
        imports::forget(tx, self.tenant_id, now).await?;
        activity::forget_old(tx, self.tenant_id, now).await?;
        idempotency::forget_some(tx, self.tenant_id, now).await
    }
}

/// Returns the store as put off if `dirams` is too many of its bonuses to end at once.
async fn too_much(db: &Db, tenant_id: i64, dirams: i64) -> Result<Option<PutOff>, Error> {
    if dirams == 0 {
        return Ok(None);
    }
    let held = sql::held(db, tenant_id).await?;
    let too_much = is_too_much(Money::from_dirams(dirams), Money::from_dirams(held));
    Ok(too_much.then_some(PutOff {
        tenant_id,
        dirams,
        held,
    }))
}

/// Returns the lots to sweep next, by client.
async fn some_due(tx: &mut Tx, some: &SweepSome) -> Result<BTreeMap<i64, Vec<i64>>, Error> {
    let lots = sql::due_lots(tx, some.tenant_id, some.now, some.most).await?;
    let mut by_client: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (client_id, seq) in lots {
        by_client.entry(client_id).or_default().push(seq);
    }
    Ok(by_client)
}
