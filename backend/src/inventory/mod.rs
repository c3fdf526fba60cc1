//! The store's stock, which its back office sends as a whole list (seed, "Остатки").

mod sql;

use domain::{FieldError, Quantity, Refusal, Timestamp};

use crate::db::Tx;
use crate::stores::AuthenticatedStore;
use crate::{Command, Error};

/// The most articles that one store may have, deactivated ones included.
const MOST_PRODUCTS: i64 = 100_000;

/// The number of articles that one statement stores.
const CHUNK: usize = 1_000;

/// A list of stock. Each sku is in the list at most once.
#[derive(Clone, Debug)]
pub struct SyncInventory<'a> {
    /// The store.
    pub store: &'a AuthenticatedStore,
    /// The articles in stock.
    pub items: Vec<Item>,
    /// Articles that the list names without usable data. They stay as they are.
    pub kept: Vec<String>,
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
    /// In the list and usable.
    pub received: i64,
    /// New to the store.
    pub created: i64,
    /// Known before.
    pub updated: i64,
    /// Deactivated because they were not in the list.
    pub deactivated: i64,
}

impl Command for SyncInventory<'_> {
    type Outcome = Synced;

    /// Runs a statement for each thousand articles, and five or six more.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Synced, Error> {
        let tenant_id = self.store.tenant_id;
        sql::lock_store(tx, tenant_id, now).await?;
        let before = sql::count(tx, tenant_id).await?;
        for items in self.items.chunks(CHUNK) {
            sql::upsert(tx, tenant_id, items, now).await?;
        }
        let after = sql::count(tx, tenant_id).await?;
        let deactivated = if self.deactivate_missing {
            for skus in self.kept.chunks(CHUNK) {
                sql::keep(tx, tenant_id, skus, now).await?;
            }
            sql::deactivate(tx, tenant_id, now).await?
        } else {
            0
        };
        if after > MOST_PRODUCTS {
            // Articles deactivated by earlier lists make room for those that are sold now.
            let forgotten = sql::forget_deactivated(tx, tenant_id, now).await?;
            if after - forgotten > MOST_PRODUCTS {
                let error = FieldError::TooManyProducts { max: MOST_PRODUCTS };
                return Err(Refusal::field("items", error).into());
            }
        }
        let received = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
        let created = after - before;
        Ok(Synced {
            received,
            created,
            updated: received - created,
            deactivated,
        })
    }
}
