//! The console of the platform's admins. Its pages are functions from plain data, as those of the
//! panel are; what both consoles share is in [`crate::console`].

pub mod chrome;
pub mod connect_app;
pub mod invitation;
pub mod notices;
pub mod question;
pub mod sessions;
pub mod store;
pub mod store_forms;
pub mod store_journal;
pub mod store_state;
pub mod stores;
pub mod urls;

mod texts;
