//! The console of the platform's admins. Its pages are functions from plain data, as those of the
//! panel are; what both consoles share is in [`crate::console`].

pub mod account;
pub mod activity;
pub mod admin_remove;
pub mod admins;
pub mod chrome;
pub mod connect_app;
pub mod health;
mod health_checks;
mod health_facts;
mod health_files;
mod health_words;
pub mod invitation;
pub mod journal;
pub mod notices;
pub mod platform_notices;
pub mod question;
pub mod second_step;
pub mod sessions;
pub mod store;
pub mod store_forms;
pub mod store_journal;
pub mod store_state;
pub mod stores;
pub mod urls;

mod texts;
