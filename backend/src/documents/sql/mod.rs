//! The statements that read documents.

mod list;
mod single;
mod ways;

pub(super) use list::{DocumentRow, list, searched_until, totals};
pub(super) use single::{
    AllocationRow, LineRow, LotRow, ReturnRow, given, lines, receipt, returns_of, sale,
    single_return, taken,
};
