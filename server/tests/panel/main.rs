//! Tests of the panel and the admin console over real HTTP, on both engines: signing in, roles,
//! forms, and requests of other sites.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step should fail the test"
)]

mod access;
mod account;
mod admin;
mod admin_access;
mod admin_account;
mod admin_activity;
mod admin_admins;
mod admin_health;
mod admin_journal;
mod admin_power;
mod admin_stores;
mod admin_suspend;
mod admin_tills;
mod browser;
mod cards;
mod clients;
mod clients_by_hand;
mod clients_merged;
mod compression;
mod failures;
mod files;
mod goods;
mod hostile;
mod hosts;
mod imports;
mod imports_on_top;
mod integrations;
mod journal;
mod kept;
mod keys;
mod links;
mod messages;
mod modules;
mod people;
mod power;
mod programme;
mod programme_looks;
mod report_places;
mod reports;
mod sales;
mod sales_found;
mod second_step;
mod till;
mod tills;
