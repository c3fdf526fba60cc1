//! Stores a list of stock.

use domain::{FieldError, Refusal, Timestamp, stock};

use super::{SyncInventory, Synced, sql};
use crate::db::Tx;
use crate::{Command, Error};

/// The most articles that one store may have, deactivated ones included.
const MOST_PRODUCTS: i64 = 100_000;

/// The number of articles that one statement stores.
const CHUNK: usize = 1_000;

impl Command for SyncInventory<'_> {
    type Outcome = Synced;

    /// Runs a statement for each thousand articles, and at most seven more.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Synced, Error> {
        let tenant_id = self.store.tenant_id;
        sql::lock_store(tx, tenant_id, now).await?;
        let (before, active) = sql::count(tx, tenant_id).await?;
        for items in self.items.chunks(CHUNK) {
            sql::upsert(tx, tenant_id, items, &self.paces, now).await?;
        }
        let (after, _) = sql::count(tx, tenant_id).await?;
        let deactivated = if self.deactivate_missing {
            for skus in self.kept.chunks(CHUNK) {
                sql::keep(tx, tenant_id, skus, now).await?;
            }
            sql::deactivate(tx, tenant_id, now).await?
        } else {
            0
        };
        if stock::is_mass_switch_off(deactivated, active) {
            sql::note_switch_off(tx, tenant_id, active, deactivated, now).await?;
        }
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
