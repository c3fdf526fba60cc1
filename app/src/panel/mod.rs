//! The panel of a store's owner.
//!
//! A page is a module with the plain data that it shows and a function `html`, which returns the
//! whole document. A page does no I/O and decides nothing: the server loads the data and checks
//! what the person may do.

pub mod acts;
pub mod branch_form;
pub mod card_print;
pub mod cards;
pub mod cashier_steps;
pub mod channels;
pub mod chrome;
pub mod client;
pub mod client_erase;
pub mod client_feed;
pub mod client_forms;
pub mod client_lots;
pub mod client_merge;
pub mod client_phone;
pub mod clients;
pub mod confirm;
pub mod errors;
pub mod export_clients;
pub mod give_card;
pub mod goods;
pub mod import;
pub mod import_preview;
pub mod import_reading;
pub mod integrations;
pub mod joining;
pub mod journal;
pub mod kept_form;
pub mod message_looks;
pub mod messages;
pub mod modules;
pub mod new_password;
pub mod notices;
pub mod own_password;
pub mod pairing;
pub mod people;
pub mod programme;
pub mod programme_changes;
pub mod programme_effect;
pub mod programme_form;
pub mod programme_progress;
pub mod programme_read;
pub mod programme_versions;
pub mod reports;
pub mod sale;
pub mod sales;
pub mod second_step;
pub mod second_step_new;
pub mod sessions;
pub mod settings;
pub mod small_documents;
pub mod suspended;
pub mod till;
pub mod till_form;
pub mod till_parts;
pub mod till_requests;
pub mod tills;
pub mod today;
pub mod today_looks;
pub mod urls;

mod import_words;
mod ledger_words;
mod refusals;
mod role_words;
mod texts;

#[cfg(test)]
mod tests;
