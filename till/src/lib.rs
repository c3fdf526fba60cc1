//! The logic of the web cashier, without a browser: typing an amount, reading a code, computing
//! the figures of a sale, and judging the server's answer to a document.
//!
//! Pure: moments are arguments, in milliseconds since 1970-01-01T00:00:00Z. The rules of the
//! programme come from [`domain`], the request and answer types from [`cashier_api`].

mod dirams;

pub mod amount;
pub mod clock;
pub mod format;
pub mod give_back;
pub mod identify;
pub mod journal;
pub mod outgoing;
pub mod pace;
pub mod pairing;
pub mod past_sales;
pub mod phone;
pub mod quote;
pub mod surroundings;
pub mod token;
pub mod typing;
pub mod wedge;
