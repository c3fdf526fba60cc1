//! Suspends a store and lets it work again, and what else admins change about it. Its owner reads
//! each act in the store's journal.

use domain::Timestamp;

use super::sql::{self, admin as statements};
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject, Subject};
use crate::db::Tx;
use crate::{Command, Error};

/// What paid tills without a limit are in the journal, which has no language.
const NOT_LIMITED: &str = "∞";

/// The outcome of a change of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreChange {
    /// It is changed.
    Done,
    /// It was so already.
    Before,
    /// Somebody else has changed it since the admin has seen it.
    ByAnother,
    /// There is no such store.
    NoStore,
}

/// Suspends a store: its tills are refused with `store_suspended`.
#[derive(Clone, Debug)]
pub struct SuspendStore<'a> {
    /// The admin who suspends it.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// The reason, which its owner reads.
    pub reason: &'a str,
}

impl Command for SuspendStore<'_> {
    type Outcome = StoreChange;

    fn has_changed(outcome: &StoreChange) -> bool {
        *outcome == StoreChange::Done
    }

    /// Three statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<StoreChange, Error> {
        let by = (self.admin.name.as_str(), self.reason);
        let Some(name) = statements::suspend(tx, self.tenant_id, by, now).await? else {
            return unchanged(tx, self.tenant_id).await;
        };
        let details = Details {
            name,
            reason: Some(self.reason.to_owned()),
            ..Details::default()
        };
        let store = (self.admin, self.tenant_id);
        record(tx, store, Action::StoreSuspended, &details, now).await?;
        Ok(StoreChange::Done)
    }
}

/// Ends the suspension of a store.
#[derive(Clone, Debug)]
pub struct ResumeStore<'a> {
    /// The admin who ends it.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// The reason, which its owner reads.
    pub reason: &'a str,
}

impl Command for ResumeStore<'_> {
    type Outcome = StoreChange;

    fn has_changed(outcome: &StoreChange) -> bool {
        *outcome == StoreChange::Done
    }

    /// Three statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<StoreChange, Error> {
        let Some(name) = statements::resume(tx, self.tenant_id).await? else {
            return unchanged(tx, self.tenant_id).await;
        };
        let details = Details {
            name,
            reason: Some(self.reason.to_owned()),
            ..Details::default()
        };
        let store = (self.admin, self.tenant_id);
        record(tx, store, Action::StoreResumed, &details, now).await?;
        Ok(StoreChange::Done)
    }
}

async fn unchanged(tx: &mut Tx, tenant_id: i64) -> Result<StoreChange, Error> {
    Ok(match sql::name_in(tx, tenant_id).await? {
        Some(_) => StoreChange::Before,
        None => StoreChange::NoStore,
    })
}

/// Gives a store another name, and another number of paid tills.
#[derive(Clone, Debug)]
pub struct ChangeStore<'a> {
    /// The admin who changes it.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// Its name.
    pub name: &'a str,
    /// The most tills that may be switched on; `None` if it is not limited. Running tills go on,
    /// even if they are more.
    pub paid_tills: Option<i64>,
    /// The name and the number that the admin has seen and changed; `None` if whatever is stored
    /// may be replaced.
    pub seen: Option<(&'a str, Option<i64>)>,
}

impl Command for ChangeStore<'_> {
    type Outcome = StoreChange;

    fn has_changed(outcome: &StoreChange) -> bool {
        *outcome == StoreChange::Done
    }

    /// Four statements, seven if both are changed.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<StoreChange, Error> {
        let store = (self.admin, self.tenant_id);
        let Some((name, paid)) = statements::locked(tx, self.tenant_id).await? else {
            return Ok(StoreChange::NoStore);
        };
        let stored = (name.as_str(), paid);
        if stored != (self.name, self.paid_tills) && self.seen.is_some_and(|seen| seen != stored) {
            return Ok(StoreChange::ByAnother);
        }
        let mut outcome = StoreChange::Before;
        if name != self.name {
            statements::rename(tx, self.tenant_id, self.name).await?;
            let details = Details {
                name: self.name.to_owned(),
                before: Some(name),
                after: Some(self.name.to_owned()),
                ..Details::default()
            };
            record(tx, store, Action::SettingsSaved, &details, now).await?;
            outcome = StoreChange::Done;
        }
        if paid != self.paid_tills {
            statements::set_paid(tx, self.tenant_id, self.paid_tills).await?;
            let words = |paid: Option<i64>| {
                Some(paid.map_or_else(|| NOT_LIMITED.to_owned(), |paid| paid.to_string()))
            };
            let details = Details {
                name: self.name.to_owned(),
                before: words(paid),
                after: words(self.paid_tills),
                ..Details::default()
            };
            record(tx, store, Action::PaidTillsSet, &details, now).await?;
            outcome = StoreChange::Done;
        }
        Ok(outcome)
    }
}

/// Writes an act to the journals of the store and of the platform. Two statements.
async fn record(
    tx: &mut Tx,
    (admin, tenant_id): (&PlatformActor, i64),
    action: Action,
    details: &Details,
    now: Timestamp,
) -> Result<(), Error> {
    let actor = admin.in_store(tenant_id);
    audit::record(tx, &actor, action, Subject::Store, details, now).await?;
    let subject = PlatformSubject::Store(tenant_id);
    audit::record_on_platform(tx, admin, action, subject, details, now).await
}
