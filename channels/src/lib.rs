//! The services that carry messages to clients, as Bonex speaks to them: Telegram's bots, Firebase
//! Cloud Messaging and the SMS gateway OsonSMS. Each is a client of the service's protocol at an
//! address that is a setting.
//!
//! Nothing here decides whether a message is sent again. An answer says only what is certain:
//! accepted, certainly not accepted and why, or unknown. No error contains a URL, a text, a token
//! or a phone.

mod answer;
pub mod fcm;
mod http;
pub mod osonsms;
pub mod telegram;

pub use answer::{Accepted, Fault, NotAccepted};
pub use http::{Address, BadAddress, Http};
