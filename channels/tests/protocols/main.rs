//! The channels against local servers that check what arrives and answer as the services do.

#![allow(clippy::unwrap_used, reason = "a test must fail if its set-up fails")]

mod fcm;
mod osonsms;
mod service;
mod telegram;
