//! The web cashier: a till in the browser of a phone.
//!
//! The server writes only the shell; who the till is, only the phone knows. What comes alive there is a
//! client of the Cashier API like any other till.

#[cfg(feature = "hydrate")]
mod api;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod camera;
#[cfg(feature = "hydrate")]
mod card;
#[cfg(feature = "hydrate")]
mod chips;
#[cfg(feature = "hydrate")]
mod client;
#[cfg(feature = "hydrate")]
mod counter;
#[cfg(feature = "hydrate")]
mod done;
#[cfg(feature = "hydrate")]
mod draft;
#[cfg(feature = "hydrate")]
mod drawn;
#[cfg(feature = "hydrate")]
mod enter;
#[cfg(feature = "hydrate")]
mod finder;
#[cfg(feature = "hydrate")]
mod gate;
#[cfg(feature = "hydrate")]
mod give_back;
#[cfg(feature = "hydrate")]
mod history;
#[cfg(feature = "hydrate")]
mod icons;
#[cfg(feature = "hydrate")]
mod keypad;
#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "hydrate")]
mod menu;
#[cfg(feature = "hydrate")]
mod notice;
#[cfg(feature = "hydrate")]
mod outbox;
#[cfg(feature = "hydrate")]
mod past_sales;
#[cfg(feature = "hydrate")]
mod reach;
#[cfg(feature = "hydrate")]
mod sale;
#[cfg(feature = "hydrate")]
mod send;
mod shell;
#[cfg(feature = "hydrate")]
mod shift;
#[cfg(feature = "hydrate")]
mod state;
#[cfg(feature = "hydrate")]
mod sum;
#[cfg(feature = "hydrate")]
mod texts;
#[cfg(feature = "hydrate")]
mod void;
#[cfg(feature = "hydrate")]
mod way_back;

#[cfg(feature = "ssr")]
pub use shell::Cash;
#[cfg(feature = "hydrate")]
pub use shell::open_cash;
