//! Every document is stored before it is sent, and leaves the store only with the server's word. What is
//! repeated carries the same id, so that it is recorded once.

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

/// The server gives a sale up after 30 seconds; a cashier is told to wait much earlier.
const TIMEOUT_MILLISECONDS: u32 = 10_000;
/// How long checks are kept in the history.
const KEPT_MILLISECONDS: i64 = 90 * 24 * 3_600_000;

/// How a document stands after it was tried.
#[derive(Clone, PartialEq)]
pub enum Outcome {
    /// The server has it.
    Recorded(Record),
    /// The server will not have it.
    Refused {
        /// Why, in its words.
        message: String,
        /// The most bonuses that it would take, where that is why.
        max_redeem: Option<Money>,
    },
    /// Not known yet; it waits in the outbox.
    Waiting,
    /// It could not be stored, and so was not sent.
    NotKept,
}

/// What one sending came to.
enum Sent {
    /// In the history now.
    Settled(Box<Record>, Option<Box<Refused>>),
    /// Another tab has settled it.
    Gone,
    /// No answer that says anything about it.
    Unknown,
}

/// Stores a document that is not to be sent yet.
pub async fn queue(till: Till, outgoing: Outgoing) -> Outcome {
    if keep(till, &outgoing).await.is_err() {
        return Outcome::NotKept;
    }
    channel::announce();
    let _ = till.link.outbox.try_update(|outbox| outbox.push(outgoing));
    Outcome::Waiting
}

/// Stores a document and tries once to send it. What waits from before is not waited for.
pub async fn submit(till: Till, outgoing: Outgoing) -> Outcome {
    let external_id = outgoing.external_id.clone();
    match queue(till, outgoing).await {
        Outcome::Waiting => attempt(till, &external_id).await,
        not_kept => not_kept,
    }
}

/// Tries once more to send the document of this id.
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

/// Takes a refusal out of the history: the cashier has read it at the screen.
pub async fn told(till: Till, external_id: &str) {
    let _ = till.database.remove(Store::Journal, external_id).await;
    let _ = till
        .link
        .journal
        .try_update(|journal| journal.retain(|record| record.external_id != external_id));
}

/// Reads what an earlier start, or another tab, has left; sends it, and tells what became of the last check,
/// which the cashier may never have seen recorded.
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
            // It waits its turn.
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

/// All that the till's database must hold, as far as this page knows.
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

/// Forgets checks that nobody will ask for any more.
pub async fn prune(till: Till) {
    let before = till.clock().before_ms(page::now_ms(), KEPT_MILLISECONDS);
    let _ = till.database.prune(Store::Journal, before).await;
}

/// Shows what the store holds.
pub async fn look(till: Till) {
    read_waiting(till).await;
    if let Ok(journal) = till.database.all::<Record>(Store::Journal).await {
        let _ = till.link.journal.try_set(journal);
    }
}

/// What waits, and shows it: what is put off is tried again only while the page knows of it. Nothing where the store cannot
/// be read: the page's memory may be older than what another tab has settled.
async fn read_waiting(till: Till) -> Vec<Outgoing> {
    let Ok(outbox) = till.database.all::<Outgoing>(Store::Outbox).await else {
        return Vec::new();
    };
    let _ = till.link.outbox.try_set(outbox.clone());
    outbox
}

/// Notes that the cashier has seen what was refused.
pub fn mark_refused_seen(till: Till) {
    let unseen = till.link.journal.with_untracked(|journal| {
        let unseen = journal.iter().filter(|record| record.is_unseen());
        unseen.cloned().collect::<Vec<_>>()
    });
    for record in unseen {
        mark_seen(till, record);
    }
}

/// Notes that the cashier has seen what became of it.
pub fn mark_seen(till: Till, mut record: Record) {
    record.seen = true;
    spawn_local(async move { keep_record(till, &record).await });
}

/// Sends what waits, the oldest first, up to the first that gets no answer, or as far as the client at the counter is left
/// enough of the server's minute. One such round at a time.
pub async fn drain(till: Till) {
    if till
        .link
        .is_draining
        .try_update_value(|is_draining| std::mem::replace(is_draining, true))
        != Some(false)
    {
        return;
    }
    locks::exclusive(&lock_name(till), mend(till)).await;
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

/// Writes into the history whose checks they were that were named without a connection. Nothing depends on it: it is the
/// last to be done, and left where the counter needs what the server still takes.
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

/// Sets right when checks were made that a till took before it knew the time. Under the lock: what another tab has settled
/// meanwhile must not come back.
async fn mend(till: Till) {
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
        if outgoing.mend(till.clock(), page::now_ms()) {
            // Where it cannot be kept, it is not sent either.
            let _ = keep(till, &outgoing).await;
        }
    }
    look(till).await;
}

fn lock_name(till: Till) -> String {
    format!("bonex-outbox-{}", till.node_id)
}

/// One sending of one document. Of all tabs of this till one sends at a time.
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
        mend(till).await;
        outgoing = stored().await;
    }
    let outgoing = match outgoing {
        // It would be told another time than it was made at.
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
            till.heard(answer != Answer::None);
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

/// Into the history before out of the outbox: whatever stops in between, nothing is lost.
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

/// Changes what the history says.
pub async fn keep_record(till: Till, record: &Record) {
    show(till, record);
    let key = &record.external_id;
    let written = till.database.put(Store::Journal, key, record.at_ms, record);
    // Where it cannot be kept there is nothing for other tabs to read.
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
