//! The life of a message that is due: claimed by one server at a time, and finished.
//!
//! A claim is a lease: if the server dies, another one claims the message when the lease ends. So a
//! message is sent at least once, and twice only if a server died between sending and writing.

use domain::Timestamp;
use domain::messages::{Channel, Lane};

use super::{Notification, sql};
use crate::db::Tx;
use crate::{Backend, Error};

/// The seconds for which a claim holds.
pub const LEASE_SECONDS: i64 = 60;

/// A message that this server may send until its lease ends.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The store.
    pub tenant_id: i64,
    /// What it is about.
    pub subject: String,
    /// The client.
    pub client_id: i64,
    /// The message.
    pub notification: Notification,
    /// The moment from which its age counts.
    pub since: Timestamp,
    /// The number of this claim.
    pub attempts: i64,
    /// The failures so far.
    pub failures: i64,
    /// The attempts, this one included, that may have been accepted.
    pub unsure: i64,
    /// What the channels have done so far.
    pub done: Done,
}

/// The channels that are done with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Those that have accepted it.
    pub accepted: Vec<Channel>,
    /// Those that never will.
    pub refused: Vec<Channel>,
}

impl Done {
    /// Returns whether a channel has nothing more to do.
    pub fn has(&self, channel: Channel) -> bool {
        self.accepted.contains(&channel) || self.refused.contains(&channel)
    }

    pub(super) fn parse(text: &str) -> Self {
        let mut done = Self::default();
        for word in text.split(',') {
            let (name, list) = match word.strip_prefix('-') {
                Some(name) => (name, &mut done.refused),
                None => (word, &mut done.accepted),
            };
            list.extend(Channel::parse(name));
        }
        done
    }

    /// Returns the channels that have accepted as they are stored; the others are forgotten.
    pub(super) fn accepted_only(self) -> Option<String> {
        let accepted = Self {
            refused: Vec::new(),
            ..self
        };
        accepted.text()
    }

    fn text(&self) -> Option<String> {
        let accepted = self
            .accepted
            .iter()
            .map(|channel| channel.as_str().to_owned());
        let refused = self
            .refused
            .iter()
            .map(|channel| format!("-{}", channel.as_str()));
        let words: Vec<_> = accepted.chain(refused).collect();
        (!words.is_empty()).then(|| words.join(","))
    }
}

/// Why a message was not sent although nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// The client or the store has no channel for it.
    NoChannel,
    /// The client wants no such messages.
    OptedOut,
    /// The client is blocked or was erased, or the store is suspended.
    Blocked,
    /// What it is about is no longer so: the bonuses were spent.
    Outdated,
    /// The bound of paid messages is reached.
    Bound,
}

impl Skip {
    /// Returns the word under which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoChannel => "no_channel",
            Self::OptedOut => "opted_out",
            Self::Blocked => "blocked",
            Self::Outdated => "outdated",
            Self::Bound => "bound",
        }
    }
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was sent: `at`, under the service's number, in paid parts.
    Sent {
        /// The service's number of the message.
        reference: Option<String>,
        /// The paid parts of an SMS.
        sms_parts: i64,
    },
    /// It is not sent, and nothing failed.
    Skipped(Skip),
    /// It is too old. `unknown` if an attempt may have been accepted.
    Expired,
    /// It never will be accepted, for this reason.
    Failed(&'static str),
    /// It is tried again.
    Again {
        /// The moment of the next attempt.
        at: Timestamp,
        /// What happened; `None` if nothing failed.
        fault: Option<&'static str>,
        /// Whether it counts as a failure of the message.
        is_failure: bool,
        /// Whether the message may have been accepted.
        is_unsure: bool,
        /// Paid parts of a channel that has accepted it.
        sms_parts: i64,
    },
}

/// Returns the stores with messages of a lane that are due. One statement over all stores.
///
/// # Errors
/// [`Error::Storage`].
pub async fn due_stores(backend: &Backend, lane: Lane) -> Result<Vec<i64>, Error> {
    sql::dispatch::due_stores(&backend.db, lane, backend.clock.now()).await
}

/// Claims messages of a store that are due, at most `limit`, in no order. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn claim(
    backend: &Backend,
    tenant_id: i64,
    lane: Lane,
    limit: i64,
) -> Result<Vec<Claimed>, Error> {
    let now = backend.clock.now();
    let until = now.plus_seconds(LEASE_SECONDS);
    let rows = sql::dispatch::claim(&backend.db, tenant_id, lane, now, until, limit).await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(notification) = Notification::parse(&row.payload) else {
            tracing::error!(tenant_id, "a message in the outbox cannot be read");
            sql::dispatch::end_unreadable(&backend.db, tenant_id, &row).await?;
            continue;
        };
        claimed.push(Claimed {
            tenant_id,
            notification,
            subject: row.subject,
            client_id: row.client_id,
            since: Timestamp::from_micros(row.asked_at.unwrap_or(row.created_at)),
            attempts: row.attempts,
            failures: row.failures,
            unsure: row.unsure,
            done: row.channels.as_deref().map(Done::parse).unwrap_or_default(),
        });
    }
    Ok(claimed)
}

/// Writes what became of claimed messages. Returns how many were still this server's: a message
/// whose lease was lost is another server's now, or was taken back. One transaction, a statement
/// for each message.
///
/// # Errors
/// [`Error::Storage`].
pub async fn finish(backend: &Backend, ended: &[(Claimed, Ending)]) -> Result<usize, Error> {
    let mut tx = backend.db.begin().await?;
    let now = backend.clock.now();
    let mut kept = 0;
    for (message, ending) in ended {
        kept += usize::from(finish_one(&mut tx, message, ending.clone(), now).await?);
    }
    tx.commit().await?;
    Ok(kept)
}

async fn finish_one(
    tx: &mut Tx,
    message: &Claimed,
    ending: Ending,
    now: Timestamp,
) -> Result<bool, Error> {
    let result = Columns::of(message, ending);
    let is_sent = result.outcome == Some("sent");
    let row = sql::dispatch::ResultRow {
        tenant_id: message.tenant_id,
        subject: &message.subject,
        attempts: message.attempts,
        due_at: result.due_at.map(Timestamp::micros),
        failures: i64::from(result.is_failure),
        sure: i64::from(!result.is_unsure),
        outcome: result.outcome,
        channels: message.done.text(),
        reference: result.reference,
        sms_parts: result.sms_parts,
        last_error: result.last_error,
        sent_at: is_sent.then_some(now.micros()),
    };
    sql::dispatch::finish(tx, row).await
}

/// The columns of a result.
#[derive(Default)]
struct Columns {
    due_at: Option<Timestamp>,
    is_failure: bool,
    /// Whether this attempt may have been accepted.
    is_unsure: bool,
    outcome: Option<&'static str>,
    reference: Option<String>,
    sms_parts: i64,
    last_error: Option<&'static str>,
}

impl Columns {
    fn of(message: &Claimed, ending: Ending) -> Self {
        let ended = |outcome| Self {
            outcome: Some(outcome),
            ..Self::default()
        };
        match ending {
            Ending::Sent {
                reference,
                sms_parts,
            } => Self {
                reference,
                sms_parts,
                ..ended("sent")
            },
            Ending::Skipped(skip) => Self {
                last_error: Some(skip.as_str()),
                ..ended("skipped")
            },
            // This attempt has sent nothing; an earlier one may have.
            Ending::Expired if message.unsure > 1 => ended("unknown"),
            Ending::Expired => ended("expired"),
            Ending::Failed(fault) => Self {
                last_error: Some(fault),
                ..ended("failed")
            },
            Ending::Again {
                at,
                fault,
                is_failure,
                is_unsure,
                sms_parts,
            } => Self {
                due_at: Some(at),
                is_failure,
                is_unsure,
                sms_parts,
                last_error: fault,
                ..Self::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_channels_have_done_is_stored_as_words() {
        let done = Done {
            accepted: vec![Channel::Push],
            refused: vec![Channel::Telegram],
        };
        assert_eq!(done.text().as_deref(), Some("push,-telegram"));
        assert_eq!(Done::parse("push,-telegram"), done);
        assert!(done.has(Channel::Push) && done.has(Channel::Telegram));
        assert!(!done.has(Channel::Sms));
        assert_eq!(Done::default().text(), None);
        assert_eq!(Done::parse("carrier-pigeon"), Done::default());
    }
}
