//! What the web cashier knows and decides, without a browser: how an amount is typed, how a code is
//! read, what a check will come to, and what has become of a document that was sent.
//!
//! Pure: moments are arguments, in milliseconds since 1970-01-01T00:00:00Z. The rules of the programme
//! are those of [`domain`]; the wire is that of [`cashier_api`].

mod dirams;

pub mod amount;
pub mod clock;
pub mod format;
pub mod give_back;
pub mod identify;
pub mod journal;
pub mod outgoing;
pub mod pace;
pub mod past_sales;
pub mod phone;
pub mod quote;
pub mod surroundings;
pub mod token;
pub mod typing;
pub mod wedge;
