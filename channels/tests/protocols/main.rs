//! The channels against local servers that check what arrives and answer as the services do.

#![cfg(test)]

mod fcm;
mod osonsms;
mod telegram;

use std::time::Duration;

use channels::{Address, Http};
use testkit::service::Service;

/// Returns a client that does not wait long.
fn http() -> Http {
    Http::new(Duration::from_millis(700))
}

fn at(service: &Service) -> Address {
    service.address.parse().unwrap()
}
