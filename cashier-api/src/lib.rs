//! The wire of the Cashier API: what tills send, what they get, and how either may fail.
//!
//! Pure, so that the server and the web cashier share it. A request is read by its own
//! `read`, which finds every wrong field at once; an answer is one of [`answers`] inside a
//! [`Success`], or a [`Failure`].

mod envelope;
mod error_code;
mod fields;
mod reason;
mod scalars;
mod values;

pub mod answers;
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
