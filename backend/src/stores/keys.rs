//! The key of a store: shown to its owner, and replaced while the old one still works.

use domain::Timestamp;

use super::{SEALED_AS, open_token, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, ends, random_token, token_hash};
use crate::{Backend, Command, Error};

/// The days for which the old key of a store still works: it is typed at every till, and a small
/// shop's 1C is set up by somebody who comes once a month.
pub const OLD_KEY_DAYS: i64 = 30;

/// The key of a store as a page shows it.
#[derive(Clone, Debug)]
pub struct StoreKey {
    /// Its first and last four signs; `None` if it was sealed with another secret key and cannot be
    /// read.
    pub ends: Option<(String, String)>,
    /// The old key, if it still works.
    pub old: Option<OldStoreKey>,
    /// The moment of the last stock list.
    pub synced_at: Option<Timestamp>,
}

/// The old key of a store, while it still works.
#[derive(Clone, Debug)]
pub struct OldStoreKey {
    /// The moment when it ends.
    pub until: Timestamp,
    /// The tills that have used it since it was replaced, the last one first: number, name and
    /// moment, exact to a minute.
    pub users: Vec<(i64, String, Timestamp)>,
}

/// Returns the key of a store. One statement, and another one while an old key works.
///
/// # Errors
/// [`Error::Storage`].
pub async fn key(backend: &Backend, tenant_id: i64) -> Result<StoreKey, Error> {
    let now = backend.clock.now();
    let (sealed, until, synced_at) = sql::key(&backend.db, tenant_id).await?;
    let until = until.map(Timestamp::from_micros);
    let old = match until.filter(|until| *until > now) {
        None => None,
        Some(until) => {
            let users = sql::users_of_old(&backend.db, tenant_id).await?;
            let users = users.into_iter();
            let users = users.map(|(id, name, at)| (id, name, Timestamp::from_micros(at)));
            Some(OldStoreKey {
                until,
                users: users.collect(),
            })
        }
    };
    Ok(StoreKey {
        ends: open_token(&backend.secrets, &sealed)
            .ok()
            .map(|token| ends(&token)),
        old,
        synced_at: synced_at.map(Timestamp::from_micros),
    })
}

/// Opens the sealed key of the person's store.
#[derive(Clone)]
pub struct ShowStoreKey<'a> {
    /// The person who asks for it.
    pub actor: &'a Actor,
    /// The key that it is sealed with.
    pub secrets: &'a SecretKey,
}

impl Command for ShowStoreKey<'_> {
    type Outcome = String;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let token = super::token(tx, self.secrets, self.actor.tenant_id).await?;
        record(tx, self.actor, Action::StoreKeyShown, None, now).await?;
        Ok(token)
    }
}

/// Replaces the key of the person's store; the old one works for [`OLD_KEY_DAYS`]. Its outcome is
/// `false` if an earlier key still works: it has to be stopped first.
#[derive(Clone)]
pub struct RotateStoreKey<'a> {
    /// The person who replaces it.
    pub actor: &'a Actor,
    /// The key that seals tokens.
    pub secrets: &'a SecretKey,
}

impl Command for RotateStoreKey<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let tenant_id = self.actor.tenant_id;
        let token = random_token()?;
        let sealed = self.secrets.seal(SEALED_AS, &token)?;
        let until = now.plus_days(OLD_KEY_DAYS);
        let hash = token_hash(&token);
        if !sql::rotate(tx, tenant_id, (&hash, &sealed), (until, now)).await? {
            return Ok(false);
        }
        sql::forget_uses_of_old(tx, tenant_id).await?;
        let until = until.local_date();
        record(tx, self.actor, Action::StoreKeyRotated, Some(until), now).await?;
        Ok(true)
    }
}

/// Stops the old key of the person's store. Its outcome is `false` if none works.
#[derive(Clone, Debug)]
pub struct StopOldStoreKey<'a> {
    /// The person who stops it.
    pub actor: &'a Actor,
}

impl Command for StopOldStoreKey<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        if !sql::stop_old(tx, self.actor.tenant_id, now).await? {
            return Ok(false);
        }
        record(tx, self.actor, Action::OldStoreKeyStopped, None, now).await?;
        Ok(true)
    }
}

async fn record(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    after: Option<String>,
    now: Timestamp,
) -> Result<(), Error> {
    let details = Details {
        after,
        ..Details::default()
    };
    audit::record(tx, actor, action, Subject::Store, &details, now).await
}
