//! The activity of the tills in the last weeks, as servers would have written it beside the sales.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::sharing::{AddressPrefix, Event, EventKind, FADE_DAYS, Family, Program, Slot};

use super::visits::Visit;
use crate::Error;
use crate::activity::{mark, write_slots};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::tills::{AuthenticatedTill, TillNumber};

const PROGRAM: &str = "1C+Enterprise/8.3";

/// The name of the server that would have written it.
const SERVER: &str = "demo";

/// The slots that one statement writes.
const CHUNK: usize = 2_000;

/// Writes what the tills did at these visits, as far as it still counts: a look-up and a sale each.
pub(super) async fn store(
    tx: &mut Tx,
    secrets: &SecretKey,
    tills: &[AuthenticatedTill],
    visits: &[Visit],
    now: Timestamp,
) -> Result<(), Error> {
    let oldest = now.plus_days(-FADE_DAYS);
    let mut slots: BTreeMap<(TillNumber, Timestamp), Slot> = BTreeMap::new();
    for visit in visits.iter().filter(|visit| visit.at > oldest) {
        let Some(till) = tills.get(visit.till) else {
            continue;
        };
        let of_branch = u8::try_from(visit.till / 10 % 200).unwrap_or_default();
        let tenant_id = till.tenant_id;
        let client = visit.client.to_string();
        let sale = Event {
            at: visit.at,
            kind: EventKind::Sale,
            prefix: AddressPrefix::V4([10, 0, of_branch]),
            program: Program {
                mark: mark(secrets, tenant_id, "program", PROGRAM),
                family: Family::of(PROGRAM),
            },
            client: Some(mark(secrets, tenant_id, "client", &client)),
            receipt: None,
            behind_seconds: Some(0),
            is_queued: false,
        };
        let lookup = Event {
            at: visit.at.plus_seconds(-20),
            kind: EventKind::Lookup,
            behind_seconds: None,
            ..sale
        };
        for event in [lookup, sale] {
            let empty = Slot::around(event.at);
            let key = (till.number(), empty.start());
            slots.entry(key).or_insert(empty).record(event);
        }
    }
    let slots: Vec<_> = slots
        .into_iter()
        .map(|((till, _), slot)| (till, slot))
        .collect();
    for chunk in slots.chunks(CHUNK) {
        write_slots(tx, SERVER, chunk).await?;
    }
    Ok(())
}
