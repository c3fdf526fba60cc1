//! The keys of a till: a new one while the old one still works.
//!
//! A binding belongs to a key, so the new key can be used on a new device while the old one still
//! sells. The first use of the new key on another device ends the old one, so a till never has two
//! devices.

use domain::Timestamp;

use super::binding::record_stop;
use super::{SEALED_AS, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, token_hash};
use crate::{Command, Error};

/// Replaces the key of a till.
#[derive(Clone)]
pub struct RotateKey<'a> {
    /// The person who replaces it.
    pub actor: &'a Actor,
    /// The key that seals tokens.
    pub secrets: &'a SecretKey,
    /// The till.
    pub till_id: i64,
    /// The seconds for which the old key still works.
    pub grace_seconds: i64,
    /// The reason; an admin gives one.
    pub reason: Option<&'a str>,
}

/// The outcome of [`RotateKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// The till has a new key.
    Done,
    /// An earlier key of the till still works; it has to be stopped first.
    OldKeyWorks,
    /// The store has no such till.
    NoTill,
}

impl Command for RotateKey<'_> {
    type Outcome = Rotated;

    fn has_changed(outcome: &Rotated) -> bool {
        *outcome == Rotated::Done
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Rotated, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let Some(names) = sql::manage::till_names(tx, tenant_id, till_id).await? else {
            return Ok(Rotated::NoTill);
        };
        // A code shown before would hand out the new key. It is locked before the till, as pairing
        // does.
        sql::pairing::end_code(tx, tenant_id, till_id).await?;
        let token = random_token()?;
        let sealed = self.secrets.seal(SEALED_AS, &token)?;
        let until = now.plus_seconds(self.grace_seconds);
        let new = (token_hash(&token), sealed);
        let new = (new.0.as_str(), new.1.as_str());
        if !sql::keys::rotate(tx, tenant_id, till_id, new, (until, now)).await? {
            return Ok(Rotated::OldKeyWorks);
        }
        let details = Details {
            name: names.name,
            after: (self.grace_seconds > 0).then(|| until.local_date()),
            reason: self.reason.map(str::to_owned),
            ..Details::default()
        };
        let subject = Subject::Till(till_id);
        audit::record(tx, self.actor, Action::KeyRotated, subject, &details, now).await?;
        Ok(Rotated::Done)
    }
}

/// Stops the old key of a till. Its outcome is `false` if none works.
#[derive(Clone, Debug)]
pub struct StopOldKey<'a> {
    /// The person who stops it.
    pub actor: &'a Actor,
    /// The till.
    pub till_id: i64,
}

impl Command for StopOldKey<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let (tenant_id, till_id) = (self.actor.tenant_id, self.till_id);
        let Some(names) = sql::manage::till_names(tx, tenant_id, till_id).await? else {
            return Ok(false);
        };
        if !sql::keys::stop_old(tx, tenant_id, till_id, now).await? {
            return Ok(false);
        }
        record_stop(tx, self.actor, till_id, names.name, None, now).await?;
        Ok(true)
    }
}
