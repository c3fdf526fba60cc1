//! Lists a store's clients: groups with their numbers, a search, and pages.

use domain::{Identifier, Money, Timestamp, marks};

use super::folding::fold_all;
use super::listed::{Counts, Listed, Place};
use super::sql;
use crate::folded::folded;
use crate::{Backend, Error};

/// The clients of a page.
pub const PAGE: usize = 50;
/// The days without a purchase after which a client sleeps.
const SLEEPING_DAYS: i64 = 90;
/// The days in which bonuses count as expiring.
const EXPIRING_DAYS: i64 = 7;
/// The words of a search that are looked for.
const WORDS: usize = 3;

/// A group of clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// All clients.
    All,
    /// Clients with bonuses that expire soon, the soonest first.
    Expiring,
    /// Clients without a purchase for [`SLEEPING_DAYS`].
    Sleeping,
    /// Blocked clients.
    Blocked,
    /// Clients who have spent at least the first amount and less than the second.
    Tier(Money, Money),
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct List {
    /// The clients.
    pub clients: Vec<Listed>,
    /// The place after which the list continues; `None` on the last page.
    pub next: Option<Place>,
}

/// Returns the end of the week whose expiring bonuses are shown: the end of a local day.
fn expiring_until(now: Timestamp) -> Timestamp {
    now.local_midnight().plus_days(EXPIRING_DAYS + 1)
}

/// Returns a page of a group, or of the clients that `search` finds in the whole store if it is not
/// empty. Two statements, both of one store's rows by indexes; a search for a name has one more,
/// which looks for names not folded yet.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(
    backend: &Backend,
    tenant_id: i64,
    group: Group,
    search: &str,
    after: Option<Place>,
) -> Result<List, Error> {
    let now = backend.clock.now();
    let mut places = places(backend, tenant_id, group, search, after, PAGE + 1).await?;
    let has_more = places.len() > PAGE;
    places.truncate(PAGE);
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let mut clients = sql::rows(&backend.db, tenant_id, &ids, now, expiring_until(now)).await?;
    clients.sort_by_key(|client| ids.iter().position(|id| *id == client.id));
    Ok(List {
        clients,
        next: places.last().copied().filter(|_| has_more),
    })
}

/// Returns the places of at most `limit` clients of a list.
pub(super) async fn places(
    backend: &Backend,
    tenant_id: i64,
    group: Group,
    search: &str,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    if search.trim().is_empty() {
        in_group(backend, tenant_id, group, after, limit).await
    } else {
        found(backend, tenant_id, search, after, limit).await
    }
}

async fn in_group(
    backend: &Backend,
    tenant_id: i64,
    group: Group,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let (db, now) = (&backend.db, backend.clock.now());
    let before_id = after.map_or(i64::MAX, |place| place.id);
    let (spent, sleeping) = ((Money::ZERO, Money::from_dirams(i64::MAX)), Timestamp::MAX);
    match group {
        Group::Expiring => {
            let until = expiring_until(now);
            sql::expiring_ids(db, tenant_id, now, until, after, limit).await
        }
        Group::Blocked => sql::blocked_ids(db, tenant_id, before_id, limit).await,
        Group::All => sql::ids(db, tenant_id, before_id, sleeping, spent, limit).await,
        Group::Sleeping => {
            let since = now.plus_days(-SLEEPING_DAYS);
            sql::ids(db, tenant_id, before_id, since, spent, limit).await
        }
        Group::Tier(from, to) => {
            sql::ids(db, tenant_id, before_id, sleeping, (from, to), limit).await
        }
    }
}

/// Finds clients by a phone or card in any spelling, by a part of either, or by a name.
async fn found(
    backend: &Backend,
    tenant_id: i64,
    search: &str,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Place>, Error> {
    let db = &backend.db;
    let before_id = after.map_or(i64::MAX, |place| place.id);
    if let Ok(identifier) = Identifier::parse(search) {
        return sql::identified(db, tenant_id, &identifier, before_id).await;
    }
    let bare: String = search
        .chars()
        .filter(|&sign| !marks::is_filler(sign))
        .collect();
    let digits = bare.trim_start_matches('+');
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return sql::with_digits(db, tenant_id, digits, before_id, limit).await;
    }
    fold_all(db, tenant_id).await?;
    let folded = folded(search);
    let words: Vec<&str> = folded.split(' ').take(WORDS).collect();
    sql::with_words(db, tenant_id, &words, before_id, limit).await
}

/// Counts the clients of a store. `tiers` are the bounds of the tiers, as in [`Group::Tier`]. One
/// statement, which reads every client of the store (on SQLite in an index), and one for each tier.
///
/// # Errors
/// [`Error::Storage`].
pub async fn counts(
    backend: &Backend,
    tenant_id: i64,
    tiers: &[(Money, Money)],
) -> Result<Counts, Error> {
    let since = backend.clock.now().plus_days(-SLEEPING_DAYS);
    sql::counts(&backend.db, tenant_id, since, tiers).await
}

/// The bonuses of a store that expire within seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The sum.
    pub amount: Money,
    /// The number of clients who have them.
    pub clients: i64,
    /// The last local day that counts, as a moment of it.
    pub until: Timestamp,
}

/// Sums up the bonuses that expire soon. One statement, which reads only those lots, in an index.
///
/// # Errors
/// [`Error::Storage`].
pub async fn expiring(backend: &Backend, tenant_id: i64) -> Result<Expiring, Error> {
    let now = backend.clock.now();
    let until = expiring_until(now);
    let (amount, clients) = sql::expiring(&backend.db, tenant_id, now, until).await?;
    Ok(Expiring {
        amount,
        clients,
        until: now.local_midnight().plus_days(EXPIRING_DAYS),
    })
}
