//! The wire format of the Cashier API: the requests of tills, the answers, and the failures of
//! both.
//!
//! The crate does no I/O, so that the server and the web cashier share it. A request is read by its
//! own `read`, which finds all wrong fields at once. An answer is one of [`answers`] inside a
//! [`Success`], or a [`Failure`].

mod envelope;
mod error_code;
mod fields;
mod figures;
mod number_text;
mod reason;
mod scalars;
mod values;

pub mod answers;
// Only the server speaks it: it would make the web cashier's program larger.
#[cfg(feature = "openapi")]
pub mod client;
pub mod messages;
pub mod requests;

pub use envelope::{Failure, Success};
pub use error_code::{ErrorCode, refusal_status};
pub use fields::RequestError;
pub use reason::Reason;
pub use scalars::{
    Amount, ClientIdentifier, Mode, Moment, Percent, PhoneNumber, Quantity, SentDate,
};
pub use values::{check_amount, identifier_text};
