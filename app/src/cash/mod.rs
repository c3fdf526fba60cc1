//! The web cashier: a phone or a tablet as a till.

#[cfg(feature = "hydrate")]
pub mod browser;
