//! Messages: from a document of a till to the service that carries them, on both engines.

#![cfg(test)]

mod faults;
mod logs;
mod news;
mod reminders;
mod sender;
mod several;
