//! The web cashier: a till in the browser of a phone.
//!
//! The server renders only the shell, because only the phone knows which till it is. Everything in
//! `live` is compiled for the browser only, and is a client of the Cashier API like any other till.

mod brand;
#[cfg(feature = "hydrate")]
mod live;
mod shell;
mod texts;

#[cfg(feature = "ssr")]
pub use shell::Cash;
#[cfg(feature = "hydrate")]
pub use shell::open_cash;
