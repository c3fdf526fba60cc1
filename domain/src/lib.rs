//! The rules of Bonex, without I/O, without a clock and without a language, so that the server, the
//! tests and the browser compute the same answer with the same code. A refusal is a kind with its
//! figures; `cashier_api::messages` turns it into a text for people.
//!
//! Start with [`Account`]: one client's ledger. [`sales`] and [`returns`] decide how a sale and a
//! return change it; [`Programme`] holds the settings of the store's owner, and [`replay`] shows
//! what other settings would have done.

mod account;
pub mod by_hand;
mod cards;
mod check;
mod decimal;
mod device_ticket;
mod document_date;
mod entry;
mod field_error;
mod figures;
mod holdings;
mod identifier;
mod ledger_fault;
pub mod marks;
pub mod merging;
pub mod messages;
mod module_agent;
mod money;
mod pairing_code;
mod password;
mod period;
mod phone;
mod programme;
mod refusal;
mod role;
mod sample;
mod template;
mod till_module;
mod time;
mod unusual;

pub mod expiry;
pub mod imports;
pub mod receipts;
pub mod replay;
pub mod returns;
pub mod rewards;
pub mod sales;
pub mod sharing;
pub mod silence;
pub mod stock;
pub mod user_agent;
pub mod voids;

pub use account::{Account, RestoredPart};
pub use cards::Round;
pub use device_ticket::Tickets;
pub use document_date::DocumentDate;
pub use entry::{Allocation, Entry, EntryKind, Lot, LotKind, Source};
pub use field_error::{FieldError, FieldErrors};
pub use figures::Figures;
pub use holdings::Holdings;
pub use identifier::{CardNumber, Ean13, Identifier};
pub use ledger_fault::LedgerFault;
pub use module_agent::ModuleAgent;
pub use money::{BasisPoints, Money, Quantity};
pub use pairing_code::PairingCode;
pub use password::is_guessed_first;
pub use period::{MAX_PERIOD_DAYS, Period, PeriodError, Span};
pub use phone::Phone;
pub use programme::{
    AccrualBase, DurationUnit, Programme, Terms, Tier, UnknownAccrualBase, whole_units,
};
pub use refusal::{Refusal, ReturnBalance};
pub use role::Role;
pub use sample::{SAMPLES, Sample};
pub use template::Template;
pub use till_module::TillModule;
pub use time::{Timestamp, TimestampError};
pub use unusual::{MAX_UNUSUAL_COUNT, UnusualLimits, is_beyond_chance};
