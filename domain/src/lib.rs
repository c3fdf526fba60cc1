//! The rules of Bonex, without I/O and without a clock, so that the server, the tests and the
//! browser compute the same answer from the same code.
//!
//! Start with [`Account`]: one client's ledger. [`sale`] and [`returns`] decide what a check and
//! a return do to it; [`Programme`] holds what the store owner has set.

mod account;
mod check;
mod document_date;
mod entry;
mod figures;
mod identifier;
pub mod marks;
mod money;
mod phone;
mod programme;
mod refusal;
mod time;

pub mod returns;
pub mod rewards;
pub mod sale;

pub use account::{Account, LedgerFault, RestoredPart};
pub use document_date::DocumentDate;
pub use entry::{Allocation, Entry, EntryKind, Lot, LotKind, Source};
pub use figures::{Figures, Holdings};
pub use identifier::{CardNumber, Ean13, Identifier, IdentifierError};
pub use money::{AmountError, BasisPoints, Money, Quantity};
pub use phone::{Phone, PhoneError};
pub use programme::{
    AccrualBase, DurationUnit, Programme, Terms, Tier, UnknownAccrualBase, human_duration,
    whole_units,
};
pub use refusal::{FieldErrors, Refusal, ReturnBalance};
pub use time::{Timestamp, TimestampError};
