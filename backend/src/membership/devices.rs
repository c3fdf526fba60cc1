//! The devices that have the app.

use domain::Timestamp;

use super::{AuthenticatedClient, sql};
use crate::db::Tx;
use crate::{Command, Error, notifications};

/// The most devices of a client: a further one takes the place of the oldest.
pub const MAX_DEVICES: i64 = 5;

/// The system of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Android.
    Android,
    /// iOS.
    Ios,
}

impl Platform {
    /// Returns the name under which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Android => "android",
            Self::Ios => "ios",
        }
    }

    /// Returns the platform with this name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Android, Self::Ios];
        all.into_iter().find(|known| known.as_str() == name)
    }
}

/// Registers a device. A device that another client had moves to this one: a phone has one owner.
pub struct RegisterDevice<'a> {
    /// The client.
    pub client: AuthenticatedClient,
    /// The token that Firebase gave to the app.
    pub token: &'a str,
    /// The system.
    pub platform: Platform,
}

impl Command for RegisterDevice<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let AuthenticatedClient {
            tenant_id,
            client_id,
        } = self.client;
        let platform = self.platform.as_str();
        let before = sql::devices::owner(tx, tenant_id, self.token).await?;
        sql::devices::put(tx, tenant_id, client_id, self.token, platform, now).await?;
        sql::devices::keep_newest(tx, tenant_id, client_id, MAX_DEVICES).await?;
        if let Some(other) = before.filter(|before| *before != client_id) {
            notifications::note_reach(tx, tenant_id, other).await?;
        }
        notifications::note_reach(tx, tenant_id, client_id).await
    }
}

/// Forgets a device of a client.
pub struct ForgetDevice<'a> {
    /// The client.
    pub client: AuthenticatedClient,
    /// The token that Firebase gave to the app.
    pub token: &'a str,
}

impl Command for ForgetDevice<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _: Timestamp) -> Result<(), Error> {
        let AuthenticatedClient {
            tenant_id,
            client_id,
        } = self.client;
        sql::devices::delete(tx, tenant_id, client_id, self.token).await?;
        notifications::note_reach(tx, tenant_id, client_id).await
    }
}
