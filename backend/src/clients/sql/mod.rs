//! The statements about clients.

mod export;
mod feed;
mod folding;
mod list;
mod page;
mod register;

pub(super) use export::{ExportRow, exported};
pub(super) use feed::{
    ActRow, EntryRow, ReturnRow, SaleRow, TookRow, acts, amount_since, entries, quiet_documents,
    returns, sales, took,
};
pub(super) use folding::{names_to_fold, set_folded};
pub(super) use list::{
    blocked_ids, counts, expiring, expiring_ids, identified, ids, rows, with_digits, with_words,
};
pub(super) use page::{details, lots, lots_left, lots_sums};
pub(super) use register::{insert, name};
