//! Checks: a client looked up and then sold to.

use std::collections::HashMap;

use super::event::{Event, EventKind};
use super::mark::Mark;

/// The seconds after which a look-up and a sale are no longer one check.
const CHECK_SECONDS: i64 = 900;

/// A sale with the look-up that it began with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check<'w> {
    pub(super) lookup: &'w Event,
    pub(super) sale: &'w Event,
}

/// Returns the checks in the order of their sales. Sales that were sent later are left out: their
/// check was made before. A look-up begins one check only.
pub(super) fn checks<'w>(events: &[&'w Event]) -> Vec<Check<'w>> {
    let mut open: HashMap<Mark, &'w Event> = HashMap::new();
    let mut checks = Vec::new();
    for &event in events {
        let Some(client) = event.client else {
            continue;
        };
        match event.kind {
            EventKind::Lookup => {
                open.insert(client, event);
            }
            EventKind::Sale => {
                let lookup = open.remove(&client);
                let oldest = event.at.plus_seconds(-CHECK_SECONDS);
                let lookup = lookup.filter(|lookup| !event.is_queued && lookup.at >= oldest);
                checks.extend(lookup.map(|lookup| Check {
                    lookup,
                    sale: event,
                }));
            }
            _ => {}
        }
    }
    checks
}
