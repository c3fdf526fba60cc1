//! What the tills do, gathered in memory and written together every half a minute. So a sale pays
//! nothing for it, and a crash loses at most that half a minute of activity, never a sale.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use axum::response::Response;
use backend::tills::TillNumber;
use backend::{Backend, activity, secrets};
use domain::sharing::receipt_number;
use domain::sharing::{AddressPrefix, Event, EventKind, Family, Program, SLOT_SECONDS, Slot};
use domain::{DocumentDate, Identifier, Timestamp};

use crate::live::SentBy;

/// The most slots that wait to be written while the database is away; about 4 KB each.
const MOST_SLOTS: usize = 20_000;

/// The seconds by which a document comes late that was made without a connection. The clocks of
/// computers are rarely as wrong.
const QUEUED_SECONDS: i64 = 120;

/// What a request did, an extension of its response.
#[derive(Clone, Debug)]
pub(crate) struct Did {
    kind: EventKind,
    /// The phone of the client.
    phone: Option<String>,
    receipt: Option<u64>,
    date: Option<DocumentDate>,
}

impl Did {
    /// A client was found by the phone.
    pub(crate) fn look_up(phone: &domain::Phone) -> Self {
        Self {
            kind: EventKind::Lookup,
            phone: Some(phone.to_string()),
            receipt: None,
            date: None,
        }
    }

    /// A sale of this number was recorded, or a receipt without a client.
    pub(crate) fn sell(
        client: Option<&Identifier>,
        number: Option<&str>,
        date: Option<DocumentDate>,
    ) -> Self {
        Self {
            kind: EventKind::Sale,
            phone: client.and_then(phone_of),
            receipt: number.and_then(receipt_number),
            date,
        }
    }

    /// Goods of the client were returned.
    pub(crate) fn take_back(client: &Identifier) -> Self {
        Self {
            kind: EventKind::Return,
            phone: phone_of(client),
            receipt: None,
            date: None,
        }
    }

    /// Marks the response to a request that has done it now, and not only repeats what was done
    /// before.
    pub(crate) fn mark(self, mut response: Response) -> Response {
        let is_new = matches!(response.status(), StatusCode::OK | StatusCode::CREATED)
            && !response.headers().contains_key("idempotency-replayed");
        if is_new {
            response.extensions_mut().insert(self);
        }
        response
    }
}

/// Returns the phone by which a request names a client. What it does by a card is not counted to a
/// client.
fn phone_of(client: &Identifier) -> Option<String> {
    match client {
        Identifier::Phone(phone) => Some(phone.to_string()),
        Identifier::Card(_) | Identifier::Ean13(_) => None,
    }
}

/// The slots that are not over yet, or not written.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    /// The name of this process among those that write slots.
    server: Arc<str>,
    slots: Arc<Mutex<Slots>>,
}

type Slots = HashMap<(TillNumber, Timestamp), Gathered>;

#[derive(Debug)]
struct Gathered {
    slot: Slot,
    is_written: bool,
}

impl Default for Activity {
    fn default() -> Self {
        // Without randomness no token could be made either, so the name does not matter then.
        let bytes = secrets::random_bytes::<8>().unwrap_or_default();
        Self {
            server: u64::from_be_bytes(bytes).to_string().into(),
            slots: Arc::default(),
        }
    }
}

impl Activity {
    /// Gathers a request of a till.
    pub(crate) fn record(&self, till: TillNumber, event: Event) {
        let slot = Slot::around(event.at);
        let mut slots = self.slots();
        let key = (till, slot.start());
        if slots.len() >= MOST_SLOTS && !slots.contains_key(&key) {
            return;
        }
        let gathered = slots.entry(key).or_insert(Gathered {
            slot,
            is_written: true,
        });
        gathered.slot.record(event);
        gathered.is_written = false;
    }

    /// Writes what is new, and forgets the slots that are over and written. What cannot be written
    /// is kept for the next time. Returns the tills that have refused a device.
    ///
    /// # Errors
    /// [`backend::Error::Storage`].
    pub(crate) async fn write(&self, backend: &Backend) -> Result<Vec<TillNumber>, backend::Error> {
        let unwritten = self.unwritten();
        activity::write(backend, &self.server, &unwritten).await?;
        self.forget_written(&unwritten, backend.clock.now());
        let refusing = unwritten
            .iter()
            .filter(|(_, slot)| slot.counts().refusals > 0);
        let mut refusing: Vec<TillNumber> = refusing.map(|(till, _)| *till).collect();
        refusing.dedup();
        Ok(refusing)
    }

    fn unwritten(&self) -> Vec<(TillNumber, Slot)> {
        let slots = self.slots();
        let unwritten = slots.iter().filter(|(_, gathered)| !gathered.is_written);
        // Servers lock the rows in one order.
        let mut unwritten: Vec<(TillNumber, Slot)> = unwritten
            .map(|((till, _), gathered)| (*till, gathered.slot.clone()))
            .collect();
        unwritten.sort_by_key(|(till, slot)| (*till, slot.start()));
        unwritten
    }

    fn forget_written(&self, written: &[(TillNumber, Slot)], now: Timestamp) {
        let mut slots = self.slots();
        for (till, slot) in written {
            if let Some(gathered) = slots.get_mut(&(*till, slot.start())) {
                gathered.is_written = gathered.slot.counts() == slot.counts();
            }
        }
        slots.retain(|(_, start), gathered| {
            !gathered.is_written || start.plus_seconds(SLOT_SECONDS) > now
        });
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        // A panic while the lock was held can at worst have lost one request.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the event that a request of a till is.
pub(crate) fn event(
    backend: &Backend,
    till: TillNumber,
    sent_by: &SentBy,
    prefix: AddressPrefix,
    answer: (Option<&Did>, Option<&'static str>),
    at: Timestamp,
) -> Event {
    let (did, code) = answer;
    let (secrets, store) = (&backend.secrets, till.tenant_id);
    let user_agent = sent_by.user_agent();
    let kind = match (did, code) {
        (Some(did), _) => did.kind,
        (None, Some("device_mismatch")) => {
            EventKind::Refused(activity::device_mark(secrets, store, sent_by.device_id()))
        }
        (None, _) => EventKind::Other,
    };
    let phone = did.and_then(|did| did.phone.as_deref());
    let date = did.and_then(|did| did.date);
    let behind = date
        .and_then(|date| date.fast_seconds(at))
        .map(|fast| -fast);
    Event {
        at,
        kind,
        prefix,
        program: Program {
            mark: activity::mark(secrets, store, "program", user_agent),
            family: Family::of(user_agent),
        },
        client: phone.map(|phone| activity::mark(secrets, store, "client", phone)),
        receipt: did.and_then(|did| did.receipt),
        behind_seconds: behind.and_then(|seconds| i32::try_from(seconds).ok()),
        is_queued: behind.is_some_and(|seconds| seconds >= QUEUED_SECONDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);
    const TILL: TillNumber = TillNumber {
        tenant_id: 1,
        till_id: 2,
    };

    fn event_at(at: Timestamp) -> Event {
        Event {
            at,
            kind: EventKind::Other,
            prefix: AddressPrefix::V4([10, 0, 0]),
            program: Program {
                mark: domain::sharing::Mark::default(),
                family: Family::of("curl"),
            },
            client: None,
            receipt: None,
            behind_seconds: None,
            is_queued: false,
        }
    }

    #[test]
    fn a_slot_stays_until_it_is_over_and_written() {
        let activity = Activity::default();
        activity.record(TILL, event_at(NOON));
        let written = activity.unwritten();
        assert_eq!(written.len(), 1);
        // A request that comes while the slot is written is not lost.
        activity.record(TILL, event_at(NOON.plus_seconds(1)));
        activity.forget_written(&written, NOON.plus_seconds(2));
        let written = activity.unwritten();
        assert_eq!(written[0].1.counts().requests, 2);
        activity.forget_written(&written, NOON.plus_seconds(3));
        assert!(activity.unwritten().is_empty());
        activity.record(TILL, event_at(NOON.plus_seconds(4)));
        let written = activity.unwritten();
        assert_eq!(written[0].1.counts().requests, 3);
        activity.forget_written(&written, NOON.plus_seconds(900));
        assert!(activity.slots().is_empty());
    }
}
