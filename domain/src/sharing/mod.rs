//! The sign that the token of a till is shared: that one paid till works in two shops.

mod address;
mod event;
mod mark;
mod program;
mod slot;
mod text;

pub use address::AddressPrefix;
pub use event::{Event, EventKind, receipt_number};
pub use mark::{DeviceMark, Mark};
pub use program::{Browser, Family, Program, ShortName, System};
pub use slot::{Counts, KEPT_DAYS, MAX_EVENTS, SLOT_SECONDS, Slot};
pub use text::TextError;
