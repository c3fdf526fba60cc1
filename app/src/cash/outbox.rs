//! Every document is stored before it is sent, and leaves the store only with the server's word. What is
//! repeated carries the same id, so that it is recorded once.

use domain::Money;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::journal::{Kind, Record};
use till::outgoing::{Answer, Document, Outgoing, Recorded, Refused, Verdict, judge};

use super::browser::database::{self, DatabaseError, Store};
use super::browser::http::{self, Reply};
use super::browser::{channel, locks, page, storage};
use super::gate::{State, shuts};
use super::state::Till;

/// The server gives a sale up after 30 seconds; a cashier is told to wait much earlier.
const TIMEOUT_MILLISECONDS: u32 = 10_000;
/// How long checks are kept in the history.
const KEPT_MILLISECONDS: i64 = 90 * 24 * 3_600_000;

/// How a document stands after it was tried.
#[derive(Clone, PartialEq)]
pub(super) enum Outcome {
    /// The server has it.
    Recorded(Record),
    /// The server will not have it.
    Refused(Refused),
    /// Not known yet; it waits in the outbox.
    Waiting,
    /// It could not be stored, and so was not sent.
    NotKept,
}

/// Stores a document and tries once to send it, with everything that waits before it.
pub(super) async fn submit(till: Till, outgoing: Outgoing) -> Outcome {
    if keep(&outgoing).await.is_err() {
        return Outcome::NotKept;
    }
    till.outbox.update(|outbox| outbox.push(outgoing.clone()));
    attempt(till, &outgoing.external_id).await
}

/// Sends what waits and tells how the document of `external_id` stands.
pub(super) async fn attempt(till: Till, external_id: &str) -> Outcome {
    let refusals = drain(till).await;
    if let Some((_, refused)) = refusals.into_iter().find(|(id, _)| id == external_id) {
        return Outcome::Refused(refused);
    }
    let recorded = till.journal.with_untracked(|journal| {
        let mut records = journal.iter();
        records
            .find(|record| record.external_id == external_id)
            .cloned()
    });
    recorded.map_or(Outcome::Waiting, Outcome::Recorded)
}

/// Lets a document wait in the outbox as one that was made without a network.
pub(super) async fn queue(till: Till, external_id: &str) {
    let waiting = till.outbox.with_untracked(|outbox| {
        let mut outbox = outbox.iter();
        outbox
            .find(|waiting| waiting.external_id == external_id)
            .cloned()
    });
    if let Some(mut waiting) = waiting {
        waiting.queued = true;
        let _ = keep(&waiting).await;
        reload(till).await;
    }
}

/// Reads what an earlier start, or another tab, has left, and goes on sending it.
pub(super) fn resume(till: Till) {
    spawn_local(async move {
        let _ = database::open_for(till.node_id()).await;
        let _ = database::prune(Store::Journal, page::now_ms() - KEPT_MILLISECONDS).await;
        reload(till).await;
        send_and_tell(till).await;
    });
}

/// Sends what waits, while the cashier does something else.
pub(super) fn send(till: Till) {
    spawn_local(send_and_tell(till));
}

pub(super) async fn send_and_tell(till: Till) {
    for (_, refused) in drain(till).await {
        till.tell(format!(
            "{}: {}",
            till.texts.history.refused_check, refused.message
        ));
    }
}

/// Shows what the store holds.
pub(super) fn look(till: Till) {
    spawn_local(reload(till));
}

async fn keep(outgoing: &Outgoing) -> Result<(), DatabaseError> {
    let key = &outgoing.external_id;
    database::put(Store::Outbox, key, outgoing.made_at_ms, outgoing).await
}

async fn reload(till: Till) {
    if let Ok(outbox) = database::all::<Outgoing>(Store::Outbox).await {
        let _ = till.outbox.try_set(outbox);
    }
    if let Ok(journal) = database::all::<Record>(Store::Journal).await {
        let _ = till.journal.try_set(journal);
    }
}

/// Sends what waits, the oldest first, while no other tab does. Ends at the first document that gets no
/// answer. Returns what was refused now.
pub(super) async fn drain(till: Till) -> Vec<(String, Refused)> {
    let name = format!("bonex-outbox-{}", till.node_id());
    locks::exclusive(&name, drain_alone(till)).await
}

async fn drain_alone(till: Till) -> Vec<(String, Refused)> {
    let mut refusals = Vec::new();
    let Some(tokens) = storage::tokens() else {
        return refusals;
    };
    // Another tab may have sent them while this one waited for the lock.
    let waiting = database::all::<Outgoing>(Store::Outbox)
        .await
        .unwrap_or_default();
    for mut outgoing in waiting {
        let (path, body) = match outgoing.request() {
            Ok(request) => request,
            Err(refusal) => {
                let refused = Refused::from(refusal);
                let record = record_of(&outgoing, None, Some(refused.message.clone()));
                settle(&outgoing, &record).await;
                refusals.push((outgoing.external_id, refused));
                continue;
            }
        };
        let reply = http::post(path, &tokens, body, TIMEOUT_MILLISECONDS).await;
        let (answer, retry_after_seconds) = match reply {
            Reply::None => (Answer::None, None),
            Reply::Http {
                status,
                retry_after_seconds,
                body,
            } => (Answer::Http { status, body }, retry_after_seconds),
        };
        let silent = answer == Answer::None;
        outgoing.attempts = outgoing.attempts.saturating_add(1);
        match judge(&outgoing, &answer, retry_after_seconds) {
            Verdict::Done(recorded) => {
                let record = record_of(&outgoing, Some(&recorded), None);
                settle(&outgoing, &record).await;
            }
            Verdict::Refused(refused) => {
                let record = record_of(&outgoing, None, Some(refused.message.clone()));
                // Refused at once, the cashier reads why. What has waited is kept in the history: they may be
                // at the next check by now.
                if outgoing.queued || outgoing.attempts > 1 {
                    settle(&outgoing, &record).await;
                } else {
                    let _ = database::remove(Store::Outbox, &outgoing.external_id).await;
                }
                refusals.push((outgoing.external_id, refused));
            }
            Verdict::Again { .. } => {
                let _ = keep(&outgoing).await;
                if silent {
                    break;
                }
            }
            Verdict::Stop(refused) => {
                if shuts(&refused.code) {
                    till.gate.set(State::Shut(Some(refused.code)));
                }
                break;
            }
        }
    }
    reload(till).await;
    channel::announce();
    refusals
}

/// Into the history before out of the outbox: whatever stops in between, nothing is lost.
async fn settle(outgoing: &Outgoing, record: &Record) {
    let key = &outgoing.external_id;
    let written = database::put(Store::Journal, key, outgoing.made_at_ms, record);
    if written.await.is_ok() {
        let _ = database::remove(Store::Outbox, key).await;
    }
}

/// What the history keeps of a document.
pub(super) fn record_of(
    outgoing: &Outgoing,
    recorded: Option<&Recorded>,
    problem: Option<String>,
) -> Record {
    let mut record = Record {
        external_id: outgoing.external_id.clone(),
        kind: Kind::Receipt,
        at_ms: outgoing.made_at_ms,
        number: None,
        phone: None,
        name: outgoing.client_name.clone(),
        total_dirams: 0,
        redeemed_dirams: 0,
        accrued_dirams: 0,
        balance_dirams: None,
        cash_dirams: 0,
        settled_dirams: 0,
        return_of: None,
        problem,
    };
    match &outgoing.document {
        Document::Sale {
            client,
            total,
            redeem,
        } => {
            record.kind = Kind::Sale;
            record.phone = Some(client.clone());
            record.total_dirams = total.dirams();
            record.redeemed_dirams = redeem.dirams();
        }
        Document::Receipt { total } => record.total_dirams = total.dirams(),
        Document::Return {
            client,
            return_of,
            amount,
            ..
        } => {
            record.kind = Kind::Return;
            record.phone = Some(client.clone());
            record.total_dirams = amount.unwrap_or_default().dirams();
            record.return_of.clone_from(return_of);
        }
    }
    match recorded {
        Some(Recorded::Sale(data)) => {
            let accrued: Money = data.accruals.iter().map(|accrual| accrual.amount.0).sum();
            record.number = Some(data.id);
            record.redeemed_dirams = data.bonus_redeemed.0.dirams();
            record.accrued_dirams = accrued.dirams();
            record.balance_dirams = Some(data.new_balance.0.dirams());
        }
        Some(Recorded::Receipt(data)) => record.number = Some(data.id),
        Some(Recorded::Return(data)) => {
            record.number = Some(data.id);
            record.total_dirams = data.return_amount.0.dirams();
            record.cash_dirams = data.cash_refund_amount.0.dirams();
            record.settled_dirams = data.bonus_shortage_settled.0.dirams();
            record.redeemed_dirams = data.bonus_restored.0.dirams();
            record.accrued_dirams = data.bonus_revoked.0.dirams();
            record.balance_dirams = Some(data.new_balance.0.dirams());
        }
        None => {}
    }
    record
}
