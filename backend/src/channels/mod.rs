//! The channels that a store has set up, and how its messages go out. The secrets of a channel are
//! sealed; what they mean is known where the channel is spoken to.

mod settings;
mod sql;

pub use settings::{MessageSettings, SaveMessageSettings, message_settings};

use domain::Timestamp;
use domain::messages::Channel;

use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Backend, Command, Error};

/// The failures in a row after which nothing is sent for a while.
const MOST_FAILURES: i64 = 5;
/// The length of that while, in seconds.
const PAUSE_SECONDS: i64 = 10 * 60;

/// A channel of a store.
#[derive(Clone, Debug)]
pub struct Configured {
    /// The channel.
    pub channel: Channel,
    /// What people may read of its settings.
    pub shown: String,
    /// Its settings. Never logged.
    pub settings: String,
    /// Its pause, if nothing may be sent now.
    pub paused: Option<Pause>,
    /// The moment of the last change.
    pub changed_at: Timestamp,
}

/// Why and until when a channel sends nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The word of the fault.
    pub fault: String,
    /// The end; `None` if it lasts until the settings are changed.
    pub until: Option<Timestamp>,
}

fn sealed_as(channel: Channel) -> String {
    format!("channel {}", channel.as_str())
}

/// Returns the channels of a store. One statement.
///
/// # Errors
/// [`Error::Storage`]; [`Error::Secret`] if they were sealed with another key.
pub async fn channels(backend: &Backend, tenant_id: i64) -> Result<Vec<Configured>, Error> {
    let now = backend.clock.now().micros();
    let mut channels = Vec::new();
    for row in sql::channels(&backend.db, tenant_id).await? {
        let Some(channel) = Channel::parse(&row.kind) else {
            continue;
        };
        let settings = backend
            .secrets
            .open(&sealed_as(channel), &row.settings_sealed)?;
        let is_over = row.paused_until.is_some_and(|until| until <= now);
        let paused = row.paused_at.filter(|_| !is_over).map(|_| Pause {
            fault: row.paused_for.unwrap_or_default(),
            until: row.paused_until.map(Timestamp::from_micros),
        });
        channels.push(Configured {
            channel,
            shown: row.shown,
            settings,
            paused,
            changed_at: Timestamp::from_micros(row.changed_at),
        });
    }
    Ok(channels)
}

/// Sets up a channel, or changes it. Its pause ends.
pub struct SaveChannel<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The channel.
    pub channel: Channel,
    /// What people may read of the settings.
    pub shown: &'a str,
    /// The settings.
    pub settings: &'a str,
    /// The key that seals them.
    pub secrets: &'a SecretKey,
}

impl Command for SaveChannel<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let sealed = self.secrets.seal(&sealed_as(self.channel), self.settings)?;
        let tenant_id = self.actor.tenant_id;
        let name = self.channel.as_str();
        sql::put(tx, tenant_id, name, self.shown, &sealed, now).await?;
        let details = Details {
            name: format!("{name} {}", self.shown),
            ..Details::default()
        };
        let subject = Subject::Store;
        audit::record(tx, self.actor, Action::ChannelSaved, subject, &details, now).await
    }
}

/// Removes a channel with its secrets.
pub struct RemoveChannel<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The channel.
    pub channel: Channel,
}

impl Command for RemoveChannel<'_> {
    /// Whether the store had it.
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let name = self.channel.as_str();
        let Some(shown) = sql::remove(tx, self.actor.tenant_id, name).await? else {
            return Ok(false);
        };
        let details = Details {
            name: format!("{name} {shown}"),
            ..Details::default()
        };
        let subject = Subject::Store;
        audit::record(
            tx,
            self.actor,
            Action::ChannelRemoved,
            subject,
            &details,
            now,
        )
        .await?;
        Ok(true)
    }
}

/// Notes that a channel works. No write if it did before. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn note_success(
    backend: &Backend,
    tenant_id: i64,
    channel: Channel,
) -> Result<(), Error> {
    sql::reset_failures(&backend.db, tenant_id, channel.as_str()).await
}

/// Notes that a channel did not work. After five failures in a row nothing is sent for ten minutes.
/// One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn note_failure(
    backend: &Backend,
    tenant_id: i64,
    channel: Channel,
    fault: &str,
) -> Result<(), Error> {
    let now = backend.clock.now();
    let until = now.plus_seconds(PAUSE_SECONDS);
    let kind = channel.as_str();
    sql::count_failure(
        &backend.db,
        tenant_id,
        kind,
        fault,
        MOST_FAILURES,
        now,
        until,
    )
    .await
}

/// Stops a channel until its settings are changed: they are wrong. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn stop(
    backend: &Backend,
    tenant_id: i64,
    channel: Channel,
    fault: &str,
) -> Result<(), Error> {
    let now = backend.clock.now();
    sql::pause(&backend.db, tenant_id, channel.as_str(), fault, now, None).await
}

/// Pauses a channel for as long as its service has asked. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn pause(
    backend: &Backend,
    tenant_id: i64,
    channel: Channel,
    fault: &str,
    seconds: i64,
) -> Result<(), Error> {
    let now = backend.clock.now();
    let until = Some(now.plus_seconds(seconds));
    sql::pause(&backend.db, tenant_id, channel.as_str(), fault, now, until).await
}
