//! Club cards: the numbers that a store issues, the ones it reserves for a printer, and the cards
//! that clients get by hand.

mod give;
mod issue;
mod list;
mod reserve;
mod sql;

pub use give::{GiveCard, GiveError, Given};
pub(crate) use issue::{claim, free_numbers, lock_store};
pub use list::{Batch, batch, batches, cards_of_batch, free_cards, free_of_batch, of_client};
pub use reserve::{MAX_BATCH, MAX_FREE, Reserve, ReserveError};
pub(crate) use sql::{mark_given, taken};
