//! The sales, returns, redemptions and receipts: what the filter may ask, and the page.
//!
//! # The query
//!
//! Other pages link to the rows of a figure by [`rows_url`], so these names are stable:
//!
//! | name | value |
//! | --- | --- |
//! | `from`, `to` | the first and the last local day, `2026-06-05`; empty for no limit |
//! | `kind` | the code of a [`Show`]; empty for all |
//! | `bonus` | `given` or `taken`: only documents that gave bonuses, or took them as payment |
//! | `branch`, `till`, `client` | a number |
//! | `cashier` | the cashier as tills name them |
//! | `number` | the number of the till or of its fiscal printer |
//! | `min`, `max` | the value of the goods in somoni |
//! | `days` | `all` for all days, if neither `from` nor `to` is given |
//! | `after` | the place after which the rows continue |
//! | `as` | `xlsx` or `csv` for a file |
//!
//! Without `from`, `to`, `client`, `number` and `days` the list shows the current day.

mod filter;
mod page;
mod query;
mod rows;

pub use page::html;
pub use query::{
    AFTER, Document, Fate, GIVEN, Kind, Sales, SalesField, SalesTotals, Show, TAKEN, rows_url,
};
pub use rows::sheet;
