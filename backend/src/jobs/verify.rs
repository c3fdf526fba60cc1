//! Replays every client's entries and compares the result with what is stored (invariants 1 to 3
//! and 10), and the sums of days with the documents.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::sql::{self, ClientRow, EntryRow, LotRow};
use crate::db::{Db, Tx};
use crate::{Backend, Error, reports, stores};

/// The number of clients replayed at a time.
const CLIENTS_PER_PAGE: i64 = 500;

/// The result of a replay.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verified {
    /// The number of clients replayed.
    pub clients: u64,
    /// The number of entries replayed.
    pub entries: u64,
    /// One line for each contradiction. Empty if the ledger is sound.
    pub differences: Vec<String>,
    /// The stores with contradictions.
    pub stores: Vec<StoreDifferences>,
}

/// The contradictions of a store.
#[derive(Clone, Debug, Serialize)]
pub struct StoreDifferences {
    /// The store.
    pub tenant_id: i64,
    /// Their lines in [`Verified::differences`].
    pub lines: Range<usize>,
}

/// Replays the ledger of every store. Each page of clients is read from one snapshot, so the replay
/// may run while a server works.
///
/// # Errors
/// [`Error::Storage`]. A contradiction is not an error but a line of the result.
pub async fn verify_ledger(backend: &Backend) -> Result<Verified, Error> {
    let mut verified = Verified::default();
    for tenant_id in stores::all(&backend.db).await? {
        let (before, mut after) = (verified.differences.len(), 0);
        while let Some(last) = verify_page(&backend.db, tenant_id, after, &mut verified).await? {
            after = last;
        }
        for (what, count) in sql::cross_check(&backend.db, tenant_id).await? {
            if count != 0 {
                verified
                    .differences
                    .push(format!("store {tenant_id}: {count} {what}"));
            }
        }
        let days = reports::different_days(&backend.db, tenant_id).await?;
        if days != 0 {
            let what = "sums of days that are not what the documents say";
            verified
                .differences
                .push(format!("store {tenant_id}: {days} {what}"));
        }
        let lines = before..verified.differences.len();
        if !lines.is_empty() {
            verified.stores.push(StoreDifferences { tenant_id, lines });
        }
    }
    Ok(verified)
}

/// Replays the page of clients that follows client `after`. Returns the number of the last one;
/// `None` after the last page.
async fn verify_page(
    db: &Db,
    tenant_id: i64,
    after: i64,
    verified: &mut Verified,
) -> Result<Option<i64>, Error> {
    let mut tx = db.begin_read().await?;
    let clients = sql::clients(&mut tx, tenant_id, after, CLIENTS_PER_PAGE).await?;
    let Some(last) = clients.last().map(|client| client.id) else {
        return Ok(None);
    };
    let books = Books::read(&mut tx, tenant_id, after, last).await?;
    for client in &clients {
        verified.clients += 1;
        verified.entries += u64::try_from(books.entries_of(client.id).count()).unwrap_or(u64::MAX);
        let differences = books.differences(client);
        let named = |what| format!("store {tenant_id}, client {}: {what}", client.id);
        verified
            .differences
            .extend(differences.into_iter().map(named));
    }
    Ok(Some(last))
}

/// The stored ledger of a page of clients, by client and number.
struct Books {
    entries: BTreeMap<(i64, i64), EntryRow>,
    lots: BTreeMap<(i64, i64), LotRow>,
    /// The sum that each entry took from lots.
    taken_by_entry: BTreeMap<(i64, i64), i64>,
    /// The sum that was taken from each lot.
    taken_from_lot: BTreeMap<(i64, i64), i64>,
}

impl Books {
    async fn read(tx: &mut Tx, tenant_id: i64, after: i64, last: i64) -> Result<Self, Error> {
        let entries = sql::entries(tx, tenant_id, after, last).await?;
        let lots = sql::lots(tx, tenant_id, after, last).await?;
        let allocations = sql::allocations(tx, tenant_id, after, last).await?;
        let mut books = Self {
            entries: entries
                .into_iter()
                .map(|row| ((row.client_id, row.seq), row))
                .collect(),
            lots: lots
                .into_iter()
                .map(|row| ((row.client_id, row.seq), row))
                .collect(),
            taken_by_entry: BTreeMap::new(),
            taken_from_lot: BTreeMap::new(),
        };
        for row in allocations {
            let (by, from) = ((row.client_id, row.entry_seq), (row.client_id, row.lot_seq));
            *books.taken_by_entry.entry(by).or_default() += row.amount_dirams;
            *books.taken_from_lot.entry(from).or_default() += row.amount_dirams;
        }
        Ok(books)
    }

    fn entries_of(&self, client_id: i64) -> impl Iterator<Item = &EntryRow> {
        self.entries
            .range((client_id, 0)..=(client_id, i64::MAX))
            .map(|(_, entry)| entry)
    }

    fn differences(&self, client: &ClientRow) -> Vec<String> {
        let mut differences = Vec::new();
        let (mut balance, mut debt, mut seq) = (0, 0, 0);
        for entry in self.entries_of(client.id) {
            seq += 1;
            if entry.seq != seq {
                differences.push(format!(
                    "entry {} is in the place of entry {seq}",
                    entry.seq
                ));
                seq = entry.seq;
            }
            let key = (client.id, entry.seq);
            let opened = self.lots.get(&key).map_or(0, |lot| lot.amount_dirams);
            let taken = self.taken_by_entry.get(&key).copied().unwrap_or_default();
            let explained = opened - taken - entry.debt_change_dirams;
            if explained != entry.amount_dirams {
                differences.push(format!(
                    "entry {} is {}, its lot, allocations and debt say {explained}",
                    entry.seq, entry.amount_dirams
                ));
            }
            balance += entry.amount_dirams;
            debt += entry.debt_change_dirams;
            if debt < 0 {
                differences.push(format!("entry {} pays more debt than there was", entry.seq));
            }
        }
        let stored = [
            ("balance", client.balance_dirams, balance),
            ("debt", client.debt_dirams, debt),
            ("last entry", client.last_seq, seq),
        ];
        for (what, stored, replayed) in stored {
            if stored != replayed {
                differences.push(format!("stored {what} {stored}, replayed {replayed}"));
            }
        }
        for lot in self
            .lots
            .range((client.id, 0)..=(client.id, i64::MAX))
            .map(|(_, lot)| lot)
        {
            let taken = self
                .taken_from_lot
                .get(&(client.id, lot.seq))
                .copied()
                .unwrap_or_default();
            let left = lot.amount_dirams - taken;
            if left != lot.remaining_dirams || left < 0 {
                differences.push(format!(
                    "lot {} has {} remaining, its allocations say {left}",
                    lot.seq, lot.remaining_dirams
                ));
            }
        }
        differences
    }
}
