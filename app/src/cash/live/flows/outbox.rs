//! The outbox: every document is stored before it is sent, and removed only after the server's
//! answer. A repeated document carries the same id, so that it is recorded once.

use cashier_api::Reason;
use cashier_api::answers::ClientData;
use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::journal::{Kind, Record};
use till::outgoing::{Answer, Outgoing, Refused, Verdict, judge, record_of};

use crate::cash::live::api;
use crate::cash::live::flows::session;
use crate::cash::live::model::session::shut;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::credentials;
use crate::cash::live::platform::database::{self, DatabaseError, Store};
use crate::cash::live::platform::http::{self, Reply};
use crate::cash::live::platform::{channel, feedback, locks, page};

/// The time after which the till stops waiting for an answer. The server itself gives up after 30
/// seconds, but the cashier should not wait that long.
const TIMEOUT_MILLISECONDS: u32 = 10_000;
/// The age at which entries are removed from the history.
const KEPT_MILLISECONDS: i64 = 90 * 24 * 3_600_000;

/// The state of a document after an attempt to send it.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    /// The server has recorded it.
    Recorded(Record),
    /// The server has refused it.
    Refused {
        /// The reason, in words for the cashier.
        message: String,
        /// The most bonuses that the server would accept, if that is the reason.
        max_redeem: Option<Money>,
    },
    /// The result is not known yet; the document waits in the outbox.
    Waiting,
    /// The document could not be stored, and therefore was not sent.
    NotKept,
}

/// The result of one attempt to send.
enum Sent {
    /// The document is in the history now.
    Settled(Box<Record>, Option<Box<Refused>>),
    /// Another tab has settled it.
    Gone,
    /// There is no answer, or the answer does not say what happened to the document.
    Unknown,
}

/// Stores a document without sending it now.
pub async fn queue(till: Till, outgoing: Outgoing) -> Outcome {
    if keep(till, &outgoing).await.is_err() {
        return Outcome::NotKept;
    }
    channel::announce();
    let _ = till.link.outbox.try_update(|outbox| outbox.push(outgoing));
    Outcome::Waiting
}

/// Stores a document and tries once to send it. Does not wait for the older documents of the
/// outbox.
pub async fn submit(till: Till, outgoing: Outgoing) -> Outcome {
    let external_id = outgoing.external_id.clone();
    match queue(till, outgoing).await {
        Outcome::Waiting => attempt(till, &external_id).await,
        not_kept => not_kept,
    }
}

/// Tries once more to send the document with this id.
pub async fn attempt(till: Till, external_id: &str) -> Outcome {
    let (record, refused) = match send(till, external_id).await {
        Sent::Settled(record, refused) => (*record, refused),
        Sent::Unknown => return Outcome::Waiting,
        Sent::Gone => match till
            .database
            .get::<Record>(Store::Journal, external_id)
            .await
        {
            Ok(Some(record)) => (record, None),
            _ => return Outcome::Waiting,
        },
    };
    match record.problem {
        Some(message) => Outcome::Refused {
            message,
            max_redeem: refused.and_then(|refused| refused.reason?.max_redeem()),
        },
        None => Outcome::Recorded(record),
    }
}

/// Removes a refused document from the history, because the cashier has read the refusal on the
/// screen.
pub async fn remove_refused(till: Till, external_id: &str) {
    let _ = till.database.remove(Store::Journal, external_id).await;
    let _ = till
        .link
        .journal
        .try_update(|journal| journal.retain(|record| record.external_id != external_id));
}

/// Reads and sends the documents that an earlier start or another tab has left. Then shows the
/// result of the last one, because the cashier may never have seen it recorded.
pub fn resume(till: Till) {
    spawn_local(async move {
        look(till).await;
        let last = till
            .link
            .outbox
            .try_with_untracked(|outbox| outbox.last().cloned());
        drain(till).await;
        let Some(Some(last)) = last else { return };
        if http::queue_wait_ms() > 0 {
            // It waits until the server accepts requests of the queue again.
            return;
        }
        match attempt(till, &last.external_id).await {
            Outcome::Recorded(record) if record.kind != Kind::Return => {
                till.tell_recorded(&record);
            }
            _ => {}
        }
    });
}

/// Returns all records known to this page that the till's database must contain.
pub fn remembered(till: Till) -> Vec<database::Record> {
    let outbox = till.link.outbox.try_get_untracked().unwrap_or_default();
    let journal = till.link.journal.try_get_untracked().unwrap_or_default();
    let waiting = outbox.iter().map(|outgoing| {
        let (key, at_ms) = (&outgoing.external_id, outgoing.made_at_ms);
        database::Record::new(Store::Outbox, key, at_ms, outgoing)
    });
    let done = journal.iter().map(|record| {
        database::Record::new(Store::Journal, &record.external_id, record.at_ms, record)
    });
    waiting.chain(done).flatten().collect()
}

/// Removes history entries that are too old to be needed.
pub async fn prune(till: Till) {
    let before = till.clock().before_ms(page::now_ms(), KEPT_MILLISECONDS);
    let _ = till.database.prune(Store::Journal, before).await;
}

/// Reads the stored outbox and history, and shows them.
pub async fn look(till: Till) {
    read_waiting(till).await;
    if let Ok(journal) = till.database.all::<Record>(Store::Journal).await {
        let _ = till.link.journal.try_set(journal);
    }
}

/// Reads the stored outbox and shows it, because documents are retried only if this page knows of
/// them. Returns an empty list if the database cannot be read: the page's copy may be older than
/// the work of another tab.
async fn read_waiting(till: Till) -> Vec<Outgoing> {
    let Ok(outbox) = till.database.all::<Outgoing>(Store::Outbox).await else {
        return Vec::new();
    };
    let _ = till.link.outbox.try_set(outbox.clone());
    outbox
}

/// Marks all refusals as seen by the cashier.
pub fn mark_refused_seen(till: Till) {
    let unseen = till.link.journal.with_untracked(|journal| {
        let unseen = journal.iter().filter(|record| record.is_unseen());
        unseen.cloned().collect::<Vec<_>>()
    });
    for record in unseen {
        mark_seen(till, record);
    }
}

/// Marks one history entry as seen by the cashier.
pub fn mark_seen(till: Till, mut record: Record) {
    record.seen = true;
    spawn_local(async move { keep_record(till, &record).await });
}

/// Sends the waiting documents, the oldest first. Stops at the first one without an answer, or when
/// the rest of the server's minute has to be left to the client at the counter. Only one such round
/// runs at a time.
pub async fn drain(till: Till) {
    if till
        .link
        .is_draining
        .try_update_value(|is_draining| std::mem::replace(is_draining, true))
        != Some(false)
    {
        return;
    }
    locks::exclusive(&lock_name(till), correct_moments(till)).await;
    let mut nameless = Vec::new();
    for outgoing in read_waiting(till).await {
        if http::queue_wait_ms() > 0 {
            break;
        }
        match send(till, &outgoing.external_id).await {
            Sent::Settled(_, Some(_)) => feedback::beep_error(),
            Sent::Settled(record, None) if record.kind == Kind::Sale && record.name.is_none() => {
                nameless.push(*record);
            }
            Sent::Settled(..) | Sent::Gone => {}
            Sent::Unknown => break,
        }
    }
    name_clients(till, nameless).await;
    till.link.is_draining.try_set_value(false);
}

/// Adds the names of clients who were named without a connection to the history. No other work
/// depends on it, so it runs last, and stops when the counter needs the remaining requests of the
/// server's minute.
async fn name_clients(till: Till, nameless: Vec<Record>) {
    let mut asked: Vec<(Option<String>, ClientData)> = Vec::new();
    for mut record in nameless {
        let known = asked.iter().find(|(client, _)| *client == record.phone);
        let client = if let Some((_, client)) = known {
            client.clone()
        } else {
            let Some(name) = record.phone.as_deref() else {
                continue;
            };
            if http::queue_wait_ms() > 0 {
                return;
            }
            let Some(Ok(client)) = till.ask(api::find(name)).await else {
                continue;
            };
            asked.push((record.phone.clone(), client.clone()));
            client
        };
        record.phone = Some(client.phone);
        record.name = client.full_name;
        keep_record(till, &record).await;
    }
}

/// Corrects the moments of documents that were made before the till knew the server's time. Runs
/// under the lock: a document that another tab settles meanwhile must not be stored again.
async fn correct_moments(till: Till) {
    let mut guessed = read_waiting(till).await;
    guessed.retain(|outgoing| outgoing.guess.is_some());
    if guessed.is_empty() {
        return;
    }
    if till.knows_time.try_get_untracked() == Some(false) {
        session::ask(till.gate).await;
    }
    if till.knows_time.try_get_untracked() != Some(true) {
        return;
    }
    for mut outgoing in guessed {
        if outgoing.correct_moment(till.clock(), page::now_ms()) {
            // A corrected document that cannot be stored is not sent either.
            let _ = keep(till, &outgoing).await;
        }
    }
    look(till).await;
}

fn lock_name(till: Till) -> String {
    format!("bonex-outbox-{}", till.node_id)
}

/// Sends one document once. Only one tab of this till sends at a time.
async fn send(till: Till, external_id: &str) -> Sent {
    let sent = locks::exclusive(&lock_name(till), send_alone(till, external_id)).await;
    channel::announce();
    sent
}

async fn send_alone(till: Till, external_id: &str) -> Sent {
    let Some(tokens) = till.tokens() else {
        return Sent::Unknown;
    };
    let stored = || till.database.get::<Outgoing>(Store::Outbox, external_id);
    let mut outgoing = stored().await;
    if matches!(&outgoing, Ok(Some(outgoing)) if outgoing.guess.is_some()) {
        correct_moments(till).await;
        outgoing = stored().await;
    }
    let outgoing = match outgoing {
        // Its moment is still a guess, and the server would record a wrong time.
        Ok(Some(outgoing)) if outgoing.guess.is_some() => return Sent::Unknown,
        Ok(Some(outgoing)) => outgoing,
        Ok(None) => {
            forget(till, external_id);
            return Sent::Gone;
        }
        Err(_) => return Sent::Unknown,
    };
    let verdict = match outgoing.request(till.node_id, till.now_ms()) {
        Ok((path, body)) => {
            let answer = match credentials::post(path, &tokens, body, TIMEOUT_MILLISECONDS).await {
                Reply::None => Answer::None,
                Reply::Http { status, body } => Answer::Http { status, body },
            };
            till.set_online(answer != Answer::None);
            judge(&outgoing, &answer)
        }
        Err(refusal) => Verdict::Refused(refusal.into()),
    };
    let (record, refused) = match verdict {
        Verdict::Done(recorded) => (record_of(&outgoing, Some(&recorded), None), None),
        Verdict::Refused(refused) => {
            let message = till.texts.refusal(refused.reason.as_ref());
            let record = record_of(&outgoing, None, Some(message));
            (record, Some(Box::new(refused)))
        }
        Verdict::Again => return Sent::Unknown,
        Verdict::Stop(refused) => {
            match refused.reason {
                Some(Reason::Failed(code)) if code.stops_till() => shut(till.gate, &tokens, code),
                reason => till.tell(till.texts.refusal(reason.as_ref())),
            }
            return Sent::Unknown;
        }
    };
    settle(till, &record).await;
    Sent::Settled(Box::new(record), refused)
}

/// Writes to the history before it removes from the outbox, so that nothing is lost if the page is
/// closed in between.
async fn settle(till: Till, record: &Record) {
    let key = &record.external_id;
    let written = till.database.put(Store::Journal, key, record.at_ms, record);
    if written.await.is_ok() && till.database.remove(Store::Outbox, key).await.is_ok() {
        forget(till, key);
    }
    show(till, record);
}

async fn keep(till: Till, outgoing: &Outgoing) -> Result<(), DatabaseError> {
    let (key, made_at_ms) = (&outgoing.external_id, outgoing.made_at_ms);
    till.database
        .put(Store::Outbox, key, made_at_ms, outgoing)
        .await
}

/// Changes an entry of the history.
pub async fn keep_record(till: Till, record: &Record) {
    show(till, record);
    let key = &record.external_id;
    let written = till.database.put(Store::Journal, key, record.at_ms, record);
    // If it cannot be stored, other tabs have nothing new to read.
    if written.await.is_ok() {
        channel::announce();
    }
}

fn forget(till: Till, external_id: &str) {
    let _ = till
        .link
        .outbox
        .try_update(|outbox| outbox.retain(|waiting| waiting.external_id != external_id));
}

fn show(till: Till, record: &Record) {
    let _ = till.link.journal.try_update(|journal| {
        journal.retain(|known| known.external_id != record.external_id);
        journal.push(record.clone());
    });
}
