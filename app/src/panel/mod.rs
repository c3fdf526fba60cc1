//! The panel of a store's owner.
//!
//! A page is a module with the plain data that it shows and a function `html`, which returns the
//! whole document. A page does no I/O and decides nothing: the server loads the data and checks
//! what the person may do.

pub mod acts;
pub mod branch_form;
pub mod chrome;
pub mod confirm;
pub mod errors;
pub mod journal;
pub mod new_password;
pub mod notices;
pub mod pairing;
pub mod people;
pub mod roles;
pub mod sign_in;
pub mod sign_in_code;
pub mod till;
pub mod till_form;
pub mod till_parts;
pub mod tills;
pub mod today;
pub mod urls;

mod refusals;
mod texts;

#[cfg(test)]
mod tests;
