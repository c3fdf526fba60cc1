//! Writes what a server has gathered.

use domain::Timestamp;
use domain::sharing::Slot;

use super::sql::{self, SlotJson};
use crate::db::Tx;
use crate::till_number::TillNumber;
use crate::{Backend, Command, Error};

/// Writes slots of any tills of any stores as `server` has seen them so far; what it has written of
/// a slot before is replaced. Two statements for all tills.
///
/// # Errors
/// [`Error::Storage`]. Then nothing is written.
pub async fn write(
    backend: &Backend,
    server: &str,
    slots: &[(TillNumber, Slot)],
) -> Result<(), Error> {
    if slots.is_empty() {
        return Ok(());
    }
    backend.run(&WriteSlots { server, slots }).await
}

struct WriteSlots<'a> {
    server: &'a str,
    slots: &'a [(TillNumber, Slot)],
}

impl Command for WriteSlots<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _now: Timestamp) -> Result<(), Error> {
        let rows: Vec<SlotJson> = self.slots.iter().map(row).collect();
        sql::write(tx, self.server, &rows).await
    }
}

fn row((till, slot): &(TillNumber, Slot)) -> SlotJson {
    let counts = slot.counts();
    SlotJson {
        tenant_id: till.tenant_id,
        till_id: till.till_id,
        started_at: slot.start().micros(),
        requests: counts.requests,
        sales: counts.sales,
        returns: counts.returns,
        lookups: counts.lookups,
        refusals: counts.refusals,
        events: slot.text(),
    }
}
