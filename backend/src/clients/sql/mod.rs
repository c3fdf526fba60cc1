//! The statements about clients.

mod acts;
mod export;
mod feed;
mod folding;
mod list;
mod merge;
mod page;
mod register;

pub(super) use acts::{
    NewAct, adjusted_since, erase, forget_answers, forget_own_side, forget_phones, insert_act,
    insert_phone_change, known_act, lock_person, owner_of, set_blocked, set_phone,
};
pub(super) use export::{ExportRow, exported};
pub(super) use feed::{
    ActRow, EntryRow, ReturnRow, SaleRow, TookRow, acts, amount_since, entries, quiet_documents,
    returns, sales, took,
};
pub(super) use folding::{names_to_fold, set_folded};
pub(super) use list::{
    blocked_ids, counts, expiring, expiring_ids, identified, ids, rows, with_digits, with_words,
};
pub(super) use merge::{join, move_own_side, set_moved, welcome_gifts};
pub(super) use page::{details, lots, lots_left, lots_sums};
pub(super) use register::{insert, name};
