//! The binding of a key to its first device. While an old key works, it may end with that.

use domain::Timestamp;

use super::sql::{self, Binding};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::till_number::TillNumber;
use crate::{Backend, Command, Error};

/// Writes that the old key of a till has ended, and the device that took its place.
pub(super) async fn record_stop(
    tx: &mut Tx,
    actor: &Actor,
    till_id: i64,
    till_name: String,
    device_id: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let details = Details {
        name: till_name,
        after: device_id.map(str::to_owned),
        ..Details::default()
    };
    let subject = Subject::Till(till_id);
    audit::record(tx, actor, Action::OldKeyStopped, subject, &details, now).await
}

/// The first use of a key on a device.
#[derive(Clone, Copy)]
pub(super) struct FirstUse<'a> {
    pub(super) till: TillNumber,
    pub(super) till_name: &'a str,
    pub(super) token_hash: &'a str,
    pub(super) device_id: &'a str,
}

/// Binds the key of a till to its first device. Returns `None` if another request was faster.
///
/// One statement; while an old key works, a transaction, because that key may end with it.
pub(super) async fn bind(
    backend: &Backend,
    first: FirstUse<'_>,
    is_old: bool,
    has_old: bool,
) -> Result<Option<Binding>, Error> {
    let now = backend.clock.now();
    let TillNumber { tenant_id, till_id } = first.till;
    let (token_hash, device_id) = (first.token_hash, first.device_id);
    let db = &backend.db;
    let is_bound = if is_old {
        sql::keys::bind_old(db, tenant_id, till_id, token_hash, device_id, now).await?
    } else if has_old {
        backend.run(&BindBesideOld(first)).await?
    } else {
        sql::keys::bind(db, tenant_id, till_id, token_hash, device_id, now).await?
    };
    Ok(is_bound.then(|| Binding {
        device_id: device_id.to_owned(),
        at: now,
    }))
}

struct BindBesideOld<'a>(FirstUse<'a>);

impl Command for BindBesideOld<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let TillNumber { tenant_id, till_id } = self.0.till;
        let (token_hash, device_id) = (self.0.token_hash, self.0.device_id);
        let before = sql::keys::old_key(tx, tenant_id, till_id).await?;
        if !sql::keys::bind_in(tx, tenant_id, till_id, token_hash, device_id, now).await? {
            return Ok(false);
        }
        let after = sql::keys::old_key(tx, tenant_id, till_id).await?;
        if after.is_none() && before.is_some_and(|until| until > now) {
            let platform = Actor {
                tenant_id,
                user_id: None,
                name: "Bonex".to_owned(),
                address: String::new(),
            };
            let name = self.0.till_name.to_owned();
            record_stop(tx, &platform, till_id, name, Some(device_id), now).await?;
        }
        Ok(true)
    }
}
