//! The messages of a store as its people see them: what was sent, what failed and why, and what
//! SMS cost.

use domain::{Money, Timestamp};

use super::{Done, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The most messages of a page.
pub const MAX_LISTED: i64 = 50;

/// How a message ended, or that it did not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for its next attempt.
    Waiting,
    /// A channel has accepted it.
    Sent,
    /// It was not sent, and nothing failed.
    Skipped,
    /// It was too old.
    Expired,
    /// It never will be accepted.
    Failed,
    /// It was too old, and it may have been accepted.
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sent,
        Self::Skipped,
        Self::Expired,
        Self::Failed,
        Self::Unknown,
    ];

    /// Returns the word under which it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Skipped => "skipped",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the outcome with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == word)
    }

    /// Returns whether a person may ask to send it again.
    pub const fn may_ask_again(self) -> bool {
        matches!(self, Self::Failed | Self::Expired | Self::Unknown)
    }
}

/// The messages that a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only those that ended like this; `None` for all.
    pub outcome: Option<Outcome>,
    /// Only those before this place: the moment and the subject of the last row of a page.
    pub before: Option<(Timestamp, &'a str)>,
}

/// A message of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it is about: `sale:7`.
    pub subject: String,
    /// The moment when it was written.
    pub at: Timestamp,
    /// The client.
    pub client_id: i64,
    /// The client's name, if it is known.
    pub name: Option<String>,
    /// The client's phone; `None` for an erased client.
    pub phone: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// The channels that have accepted it, by name: `push,telegram`.
    pub channels: Vec<String>,
    /// The word of what went wrong last.
    pub why: Option<String>,
    /// The next attempt.
    pub due_at: Option<Timestamp>,
    /// The paid parts of its SMS.
    pub sms_parts: i64,
}

/// Returns the messages of a store that were tried, the newest first, at most `limit`. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let (at, subject) = filter.before.unwrap_or((Timestamp::MAX, ""));
    let outcome = filter.outcome.map(Outcome::as_str).unwrap_or_default();
    let rows = sql::list::list(&backend.db, tenant_id, (at, subject), outcome, limit).await?;
    Ok(rows.into_iter().map(into_listed).collect())
}

fn into_listed(row: sql::list::Row) -> Listed {
    let channels = row.channels.unwrap_or_default();
    let accepted = channels.split(',').filter(|name| !name.is_empty());
    let accepted = accepted.filter(|name| !name.starts_with('-'));
    let outcome = row.outcome.as_deref().and_then(Outcome::parse);
    Listed {
        at: Timestamp::from_micros(row.created_at),
        client_id: row.client_id,
        name: row.full_name,
        phone: row.erased_at.is_none().then_some(row.phone),
        outcome: outcome.unwrap_or(Outcome::Waiting),
        channels: accepted.map(str::to_owned).collect(),
        why: row.last_error,
        due_at: row.due_at.map(Timestamp::from_micros),
        sms_parts: row.sms_parts,
        subject: row.subject,
    }
}

/// How many messages ended in each way.
pub type Counts = Vec<(Outcome, i64)>;

/// The messages of a period, summed.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// How many ended in each way.
    pub counts: Counts,
    /// How many each channel has accepted, by name.
    pub by_channel: Vec<(String, i64)>,
    /// The paid parts of SMS.
    pub sms_parts: i64,
    /// What they cost by the store's own price; zero if it has set none.
    pub sms_cost: Money,
}

/// Sums the messages of a store since `since`. `part_price` is the price of a part of an SMS. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn sums(
    backend: &Backend,
    tenant_id: i64,
    since: Timestamp,
    part_price: Money,
) -> Result<Sums, Error> {
    let rows = sql::list::counts(&backend.db, tenant_id, since).await?;
    let mut sums = Sums::default();
    for (outcome, channels, count, parts) in rows {
        let outcome = Outcome::parse(&outcome).unwrap_or(Outcome::Unknown);
        match sums.counts.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, all)) => *all += count,
            None => sums.counts.push((outcome, count)),
        }
        let accepted = channels.split(',').filter(|name| !name.starts_with('-'));
        for name in accepted.filter(|name| !name.is_empty()) {
            match sums.by_channel.iter_mut().find(|(known, _)| known == name) {
                Some((_, all)) => *all += count,
                None => sums.by_channel.push((name.to_owned(), count)),
            }
        }
        sums.sms_parts += parts;
    }
    sums.by_channel.sort();
    let cost = part_price.dirams().saturating_mul(sums.sms_parts);
    sums.sms_cost = Money::from_dirams(cost);
    Ok(sums)
}

/// A person's wish to send a message again that was not sent.
#[derive(Debug)]
pub struct AskAgain<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The message.
    pub subject: &'a str,
}

impl Command for AskAgain<'_> {
    /// Whether there was such a message.
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let tenant_id = self.actor.tenant_id;
        // A channel that has refused may accept now; one that has accepted sends nothing twice.
        let channels = sql::list::channels_of(tx, tenant_id, self.subject).await?;
        let channels = channels.and_then(|channels| Done::parse(&channels).accepted_only());
        let asked = sql::list::ask_again(tx, tenant_id, self.subject, now, channels).await?;
        let Some(client_id) = asked else {
            return Ok(false);
        };
        let details = Details::default();
        let subject = Subject::Client(client_id);
        audit::record(
            tx,
            self.actor,
            Action::MessageAskedAgain,
            subject,
            &details,
            now,
        )
        .await?;
        Ok(true)
    }
}
