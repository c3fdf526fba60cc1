//! Sweeping lots whose time has come (seed, "Сгорание бонусов"). They could not be spent before it either.

use std::collections::BTreeMap;

use domain::expiry::is_too_much;
use domain::{Money, Timestamp};
use serde::Serialize;

use super::chunks::Chunks;
use super::sql;
use crate::db::{Db, Tx};
use crate::{Backend, Command, Error, idempotency, ledger, stores};

/// Lots swept by one transaction where every till waits for it.
const LOTS_OF_ONE_WRITER: i64 = 500;
/// And where it locks their clients, as many as there are lots at worst, and asks the database six times for each: a
/// sale waits for its client no longer than five seconds.
const LOTS_OF_MANY_WRITERS: i64 = 50;

/// What was swept, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Expired {
    /// Whose lots.
    pub clients: i64,
    /// How many.
    pub lots: i64,
    /// How much, in dirams.
    pub dirams: i64,
    /// Stores that would lose too much at once to do it unasked.
    pub put_off: Vec<PutOff>,
}

/// A store that was not swept: so much at once is rather a wrong clock or programme. What has expired counts for nothing
/// meanwhile all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PutOff {
    /// Which.
    pub tenant_id: i64,
    /// What would end, in dirams.
    pub dirams: i64,
    /// Of how much.
    pub held: i64,
}

/// How far a sweep goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep<'a> {
    /// It only counts.
    Count,
    /// It puts off stores that would lose more than a fifth of their bonuses, but for those whose numbers it is given.
    ButFor(&'a [i64]),
}

/// Ends every lot that has expired by `now` (the clock's, where not given), and forgets answers too old to be asked for
/// again. Run twice it does nothing more.
///
/// # Errors
/// [`Error::Storage`]; what was swept before it stays swept.
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
        let due = sql::due(&backend.db, tenant_id, now).await?;
        let put_off = match sweep {
            Sweep::ButFor(asked) if asked.contains(&tenant_id) => None,
            _ => too_much(&backend.db, tenant_id, due.dirams).await?,
        };
        if sweep != Sweep::Count {
            while chunks.run(&ForgetSome { tenant_id }).await? {}
        }
        let unswept = put_off.is_some() && sweep != Sweep::Count;
        swept.put_off.extend(put_off);
        if unswept {
            continue;
        }
        swept.clients += due.clients;
        swept.lots += due.lots;
        swept.dirams += due.dirams;
        if sweep != Sweep::Count && due.lots > 0 {
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

/// Sweeps some lots; false where there are no more.
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
        // Youngest first: the order in which everybody locks clients.
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

/// Forgets some answers; false where there are no more.
struct ForgetSome {
    tenant_id: i64,
}

impl Command for ForgetSome {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        idempotency::forget_some(tx, self.tenant_id, now).await
    }
}

/// The store, if `dirams` is more of its bonuses than may end unasked.
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

/// Lots to sweep next, by client.
async fn some_due(tx: &mut Tx, some: &SweepSome) -> Result<BTreeMap<i64, Vec<i64>>, Error> {
    let lots = sql::due_lots(tx, some.tenant_id, some.now, some.most).await?;
    let mut by_client: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (client_id, seq) in lots {
        by_client.entry(client_id).or_default().push(seq);
    }
    Ok(by_client)
}
