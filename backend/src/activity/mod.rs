//! The activity of tills: what each did in each five minutes. Servers gather it in memory and write
//! it all together, so that no sale pays a statement for it. A crash loses at most what was
//! gathered since the last write; it is no part of the ledger.

mod devices;
mod forget;
mod judge;
mod read;
mod silence;
mod sql;
mod write;

pub(crate) use devices::{note_binding, note_old_ticket};
pub(crate) use forget::forget_old;
pub use judge::{Judged, Sign, judge_some, judge_till, signs, signs_of_store};
pub use read::{Hour, Silenced, TillActivity, hours, of_till};
pub use silence::SilenceReason;
pub use write::write;
pub(crate) use write::write_slots;

use crate::secrets::SecretKey;
use domain::sharing::{DeviceMark, Mark};

/// Returns what stands for a text in the activity of a store's tills. `kind` says what the text is,
/// so that the same text of two kinds has two marks.
pub fn mark(secrets: &SecretKey, tenant_id: i64, kind: &str, text: &str) -> Mark {
    Mark::from_bits(secrets.derived_bits(&format!("{kind} {tenant_id} {text}")))
}

/// Returns what stands for a device.
pub fn device_mark(secrets: &SecretKey, tenant_id: i64, device_id: &str) -> DeviceMark {
    DeviceMark::new(mark(secrets, tenant_id, "device", device_id), device_id)
}
