//! The sign that the token of a till is shared: that one paid till works in two shops.
//!
//! A till's requests are gathered in [`Slot`]s of five minutes. [`judge`] looks for nine
//! [`Reason`]s in them, each with its points and the requests that show it. It is a sign for a
//! person to look at, and stops no till.

mod address;
mod bindings;
mod checks;
mod event;
mod mark;
mod program;
mod reason;
mod reasons;
mod rows;
mod slot;
mod text;
mod ties;
mod tries;
mod turns;
mod verdict;
mod window;

pub use address::AddressPrefix;
pub use bindings::Binding;
pub use event::{Event, EventKind, receipt_number};
pub use mark::{DeviceMark, Mark};
pub use program::{Family, Program, ShortName};
pub use reason::{FADE_DAYS, Finding, Line, Reason, SILENCED_DAYS, Silencing};
pub use slot::{Counts, KEPT_DAYS, MAX_EVENTS, SLOT_SECONDS, Slot};
pub use text::TextError;
pub use verdict::{Level, Verdict, Weighed, judge};
pub use window::Activity;
