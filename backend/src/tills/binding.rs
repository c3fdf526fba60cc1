//! The binding of a key to its first device. While an old key works, it may end with that.

use domain::Timestamp;

use super::sql::{self, Binding};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::till_number::TillNumber;
use crate::{Backend, Command, Error, activity};

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

/// Binds the key of a till to its first device, and ends an old key that works on another one.
/// Returns `None` if another request was faster. A transaction of two statements; four while an old
/// key works.
pub(super) async fn bind(
    backend: &Backend,
    first: FirstUse<'_>,
    is_old: bool,
    has_old: bool,
) -> Result<Option<Binding>, Error> {
    let bind = Bind {
        first,
        is_old,
        has_old,
    };
    backend.run(&bind).await
}

struct Bind<'a> {
    first: FirstUse<'a>,
    is_old: bool,
    has_old: bool,
}

impl Command for Bind<'_> {
    type Outcome = Option<Binding>;

    fn has_changed(outcome: &Option<Binding>) -> bool {
        outcome.is_some()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<Binding>, Error> {
        let (till, device_id) = (self.first.till, self.first.device_id);
        let is_bound = match (self.is_old, self.has_old) {
            (true, _) => {
                let TillNumber { tenant_id, till_id } = till;
                let token_hash = self.first.token_hash;
                sql::keys::bind_old(tx, tenant_id, till_id, token_hash, device_id, now).await?
            }
            (false, true) => self.bind_beside_old(tx, now).await?,
            (false, false) => self.bind_current(tx, now).await?,
        };
        if !is_bound {
            return Ok(None);
        }
        activity::note_binding(tx, till, device_id, now).await?;
        Ok(Some(Binding {
            device_id: device_id.to_owned(),
            at: now,
        }))
    }
}

impl Bind<'_> {
    async fn bind_current(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let TillNumber { tenant_id, till_id } = self.first.till;
        let (token_hash, device_id) = (self.first.token_hash, self.first.device_id);
        sql::keys::bind(tx, tenant_id, till_id, token_hash, device_id, now).await
    }

    async fn bind_beside_old(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let TillNumber { tenant_id, till_id } = self.first.till;
        let before = sql::keys::old_key(tx, tenant_id, till_id).await?;
        if !self.bind_current(tx, now).await? {
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
            let name = self.first.till_name.to_owned();
            let device = Some(self.first.device_id);
            record_stop(tx, &platform, till_id, name, device, now).await?;
        }
        Ok(true)
    }
}
