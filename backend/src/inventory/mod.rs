//! The store's stock, which its back office sends as a whole list (seed, "Остатки").

mod filter;
mod goods;
mod pace;
mod read_paces;
mod sql;
mod switch_off;
mod sync;

pub use filter::{Filter, Show};
pub use goods::{Counts, Coverage, Goods, Page, counts, coverage, first, list};
pub use pace::{Pace, Paces};
pub use read_paces::{paces, paces_in};
pub use switch_off::{EndSwitchOff, SwitchOff, SwitchOffEnd, switch_off};

use domain::Quantity;

use crate::stores::AuthenticatedStore;

/// A list of stock. Each sku is in the list at most once.
#[derive(Clone, Debug)]
pub struct SyncInventory<'a> {
    /// The store.
    pub store: &'a AuthenticatedStore,
    /// The articles in stock.
    pub items: Vec<Item>,
    /// Articles that the list names without usable data. They stay as they are.
    pub kept: Vec<String>,
    /// How the store's articles sold, by sku, for the days that the stock lasts. It is read before
    /// the transaction, which would otherwise keep the tills waiting.
    pub paces: Paces,
    /// A flag: articles that are not in the list are deactivated, since they are no longer sold.
    pub deactivate_missing: bool,
}

/// An article in stock.
#[derive(Clone, Debug)]
pub struct Item {
    /// The shop's article number.
    pub sku: String,
    /// The name as printed.
    pub name: String,
    /// The shop's category.
    pub category_code: Option<String>,
    /// The quantity in stock.
    pub quantity: Quantity,
}

/// The numbers of articles that a list has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// The rows of the list that can be used.
    pub received: i64,
    /// The articles that are new to the store.
    pub created: i64,
    /// The articles that the store had before.
    pub updated: i64,
    /// The articles that were deactivated because they are not in the list.
    pub deactivated: i64,
}
