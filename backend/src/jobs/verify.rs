//! Replaying every client's entries against what is stored (invariants 1 to 3 and 10).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::db::{Db, Tx, on_engine};
use crate::{Backend, Error, store};

/// Clients replayed at a time.
const CLIENTS_PER_PAGE: i64 = 500;

/// What was replayed, and what did not agree.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Verified {
    /// Clients replayed.
    pub clients: u64,
    /// Entries replayed.
    pub entries: u64,
    /// One line for each contradiction; empty in a sound ledger.
    pub differences: Vec<String>,
}

/// Replays the ledger of every store. Each page of clients is read from one snapshot, so it may run beside a working
/// server.
///
/// # Errors
/// [`Error::Storage`]. A difference is no error but an outcome.
pub async fn verify_ledger(backend: &Backend) -> Result<Verified, Error> {
    let mut verified = Verified::default();
    for tenant_id in store::all(&backend.db).await? {
        let mut after = 0;
        while let Some(last) = verify_page(&backend.db, tenant_id, after, &mut verified).await? {
            after = last;
        }
        for (what, statement) in CROSS_CHECKS {
            let count: i64 = on_engine!(backend.db.reads(), conn => {
                sqlx::query_scalar(*statement).bind(tenant_id).fetch_one(conn).await
            })?;
            if count != 0 {
                verified
                    .differences
                    .push(format!("store {tenant_id}: {count} {what}"));
            }
        }
    }
    Ok(verified)
}

/// What the documents say against what the ledger and the outbox say.
const CROSS_CHECKS: &[(&str, &str)] = &[
    (
        "sales whose entries are not what the sale says",
        "SELECT COUNT(*) FROM sales LEFT JOIN (SELECT client_id, sale_id, \
         SUM(amount_dirams) AS accrued FROM entries \
         WHERE tenant_id = $1 AND return_id IS NULL AND kind = 'purchase' GROUP BY client_id, sale_id) AS earned \
         ON earned.client_id = sales.client_id AND earned.sale_id = sales.id \
         LEFT JOIN (SELECT client_id, sale_id, SUM(-amount_dirams) AS redeemed FROM entries \
         WHERE tenant_id = $1 AND return_id IS NULL AND kind = 'redeem' GROUP BY client_id, sale_id) AS spent \
         ON spent.client_id = sales.client_id AND spent.sale_id = COALESCE(sales.redemption_id, sales.id) \
         WHERE sales.tenant_id = $1 AND (COALESCE(redeemed, 0) <> redeemed_dirams \
         OR COALESCE(accrued, 0) <> accrued_dirams)",
    ),
    (
        "returns whose entries are not what the return says",
        "SELECT COUNT(*) FROM returns LEFT JOIN (SELECT client_id, return_id, \
         SUM(CASE WHEN kind = 'revoke' THEN -amount_dirams ELSE 0 END) AS revoked, \
         SUM(CASE WHEN kind = 'settlement' THEN amount_dirams ELSE 0 END) AS settled, \
         SUM(CASE WHEN kind = 'restore' THEN amount_dirams ELSE 0 END) AS restored \
         FROM entries WHERE tenant_id = $1 AND return_id IS NOT NULL GROUP BY client_id, return_id) AS booked \
         ON booked.client_id = returns.client_id AND booked.return_id = returns.id \
         WHERE returns.tenant_id = $1 AND (COALESCE(revoked, 0) <> revoked_dirams \
         OR COALESCE(settled, 0) <> settled_dirams OR COALESCE(restored, 0) <> restored_dirams)",
    ),
    (
        "sales without a notification",
        "SELECT COUNT(*) FROM sales WHERE tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM outbox \
         WHERE outbox.tenant_id = sales.tenant_id AND outbox.subject = 'sale:' || sales.id)",
    ),
    (
        "notifications without a sale",
        "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND subject LIKE 'sale:%' \
         AND NOT EXISTS (SELECT 1 FROM sales WHERE sales.tenant_id = outbox.tenant_id \
         AND sales.id = CAST(SUBSTR(subject, 6) AS BIGINT))",
    ),
];

#[derive(sqlx::FromRow)]
struct ClientRow {
    id: i64,
    balance_dirams: i64,
    debt_dirams: i64,
    last_seq: i64,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    client_id: i64,
    seq: i64,
    amount_dirams: i64,
    debt_change_dirams: i64,
}

#[derive(sqlx::FromRow)]
struct LotRow {
    client_id: i64,
    seq: i64,
    amount_dirams: i64,
    remaining_dirams: i64,
}

#[derive(sqlx::FromRow)]
struct AllocationRow {
    client_id: i64,
    entry_seq: i64,
    lot_seq: i64,
    amount_dirams: i64,
}

/// Replays the clients after `after`; the last one's number, `None` after the last page.
async fn verify_page(
    db: &Db,
    tenant_id: i64,
    after: i64,
    verified: &mut Verified,
) -> Result<Option<i64>, Error> {
    const CLIENTS: &str = "SELECT id, balance_dirams, debt_dirams, last_seq FROM clients \
                           WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    let mut tx = db.begin_read().await?;
    let clients: Vec<ClientRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(CLIENTS)
            .bind(tenant_id)
            .bind(after)
            .bind(CLIENTS_PER_PAGE)
            .fetch_all(conn)
            .await
    })?;
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
    /// What each entry took from lots.
    taken_by_entry: BTreeMap<(i64, i64), i64>,
    /// What was taken from each lot.
    taken_from_lot: BTreeMap<(i64, i64), i64>,
}

impl Books {
    async fn read(tx: &mut Tx, tenant_id: i64, after: i64, last: i64) -> Result<Self, Error> {
        const ENTRIES: &str = "SELECT client_id, seq, amount_dirams, debt_change_dirams FROM entries \
                               WHERE tenant_id = $1 AND client_id > $2 AND client_id <= $3";
        const LOTS: &str = "SELECT client_id, seq, amount_dirams, remaining_dirams FROM lots \
                            WHERE tenant_id = $1 AND client_id > $2 AND client_id <= $3";
        const ALLOCATIONS: &str = "SELECT client_id, entry_seq, lot_seq, amount_dirams FROM allocations \
                                   WHERE tenant_id = $1 AND client_id > $2 AND client_id <= $3";
        let entries: Vec<EntryRow> = on_engine!(tx.conn(), conn => {
            sqlx::query_as(ENTRIES).bind(tenant_id).bind(after).bind(last).fetch_all(conn).await
        })?;
        let lots: Vec<LotRow> = on_engine!(tx.conn(), conn => {
            sqlx::query_as(LOTS).bind(tenant_id).bind(after).bind(last).fetch_all(conn).await
        })?;
        let allocations: Vec<AllocationRow> = on_engine!(tx.conn(), conn => {
            sqlx::query_as(ALLOCATIONS).bind(tenant_id).bind(after).bind(last).fetch_all(conn).await
        })?;
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
                differences.push(format!("entry {} stands where {seq} should", entry.seq));
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
