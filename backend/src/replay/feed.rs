//! Reads the documents of a period, client by client, from one snapshot.

use std::collections::{BTreeMap, BTreeSet};

use domain::replay::{Document, Opening, PastReturn};
use domain::sales::KeptPurchase;
use domain::{LotKind, Money, Timestamp};

use super::sql::{self, OpeningRow, ReturnRow, SaleRow};
use crate::db::Tx;
use crate::{Backend, Error};

/// The clients whose documents are read at once.
const CLIENTS: usize = 1_000;

/// A client as the replay takes them.
type Client = (Opening, Vec<Document>);

/// The documents of a store since a moment.
pub(super) struct Feed {
    tx: Tx,
    tenant_id: i64,
    from: Timestamp,
    /// The clients registered since then.
    pub(super) registered: i64,
    /// The clients who have bought.
    clients: Vec<i64>,
    done: usize,
    /// The returns of each client, in the order in which they were recorded. They are few, and
    /// found by day only.
    returns: BTreeMap<i64, Vec<ReturnRow>>,
}

impl Feed {
    /// Opens the feed. Three statements.
    pub(super) async fn open(
        backend: &Backend,
        tenant_id: i64,
        from: Timestamp,
    ) -> Result<Self, Error> {
        let mut tx = backend.db.begin_read().await?;
        let registered = sql::registered(&mut tx, tenant_id, from).await?;
        let clients = sql::buyers(&mut tx, tenant_id, from).await?;
        let mut returns: BTreeMap<i64, Vec<ReturnRow>> = BTreeMap::new();
        for row in sql::returns(&mut tx, tenant_id, from).await? {
            returns.entry(row.client_id).or_default().push(row);
        }
        Ok(Self {
            tx,
            tenant_id,
            from,
            registered,
            clients,
            done: 0,
            returns,
        })
    }

    /// Returns the number of clients so far.
    pub(super) const fn done(&self) -> usize {
        self.done
    }

    /// Returns the number of all clients who have bought.
    pub(super) fn all(&self) -> usize {
        self.clients.len()
    }

    /// Reads the next clients; `None` after the last. Four statements.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Client>>, Error> {
        let end = self.clients.len().min(self.done + CLIENTS);
        let ids = self.clients.get(self.done..end).unwrap_or_default();
        if ids.is_empty() {
            return Ok(None);
        }
        let (tx, tenant_id, from) = (&mut self.tx, self.tenant_id, self.from);
        let openings = sql::openings(tx, tenant_id, ids, from).await?;
        let mut sales: BTreeMap<i64, Vec<SaleRow>> = BTreeMap::new();
        for row in sql::sales(tx, tenant_id, ids, from).await? {
            sales.entry(row.client_id).or_default().push(row);
        }
        let mut rewards: BTreeMap<i64, Vec<(LotKind, i64)>> = BTreeMap::new();
        for (client_id, kind, sale_id) in sql::rewards(tx, tenant_id, ids, from).await? {
            let kind = LotKind::parse(&kind).ok_or_else(|| Error::corrupt("lots.kind", &kind))?;
            rewards.entry(client_id).or_default().push((kind, sale_id));
        }
        // Only after a return of a whole sale it matters which other purchases there were.
        let returning = ids.iter().filter(|id| self.returns.contains_key(id));
        let returning: Vec<i64> = returning.copied().collect();
        let mut kept: BTreeMap<i64, Vec<KeptPurchase>> = BTreeMap::new();
        if !returning.is_empty() {
            for (client_id, purchase) in sql::kept(tx, tenant_id, &returning, from).await? {
                kept.entry(client_id).or_default().push(purchase);
            }
        }
        self.done = end;
        let mut clients = Vec::with_capacity(openings.len());
        for row in openings {
            let returns = self.returns.remove(&row.id).unwrap_or_default();
            let known = if returns.is_empty() {
                row.first_and_last()
            } else {
                kept.remove(&row.id).unwrap_or_default()
            };
            let opening = opening(&row, &returns, known, rewards.remove(&row.id));
            let sales = sales.remove(&row.id).unwrap_or_default();
            clients.push((opening, documents(sales, returns)?));
        }
        Ok(Some(clients))
    }
}

/// Makes the state of a client at the beginning from the state now. A return without its sale may
/// have taken more than the client had spent, and left zero. How much more is not stored, so the
/// amount may then be too high. So it is after a merge: what the other client had spent counts from
/// the beginning.
fn opening(
    row: &OpeningRow,
    returns: &[ReturnRow],
    kept: Vec<KeptPurchase>,
    rewards: Option<Vec<(LotKind, i64)>>,
) -> Opening {
    let back: i64 = returns.iter().map(|row| row.spent_back_dirams).sum();
    let spent = row.total_spent_dirams - row.paid_dirams + back;
    Opening {
        spent: Money::from_dirams(spent).or_zero(),
        kept,
        rewards: rewards.unwrap_or_default(),
        is_invited: row.is_invited,
    }
}

/// Returns the documents of a client in the order in which they were recorded. A redemption that a
/// sale has taken over is part of the sale.
fn documents(sales: Vec<SaleRow>, returns: Vec<ReturnRow>) -> Result<Vec<Document>, Error> {
    let taken: BTreeSet<i64> = sales.iter().filter_map(|sale| sale.redemption_id).collect();
    let mut documents = Vec::with_capacity(sales.len() + returns.len());
    for sale in sales.into_iter().filter(|sale| !taken.contains(&sale.id)) {
        let place = (sale.created_at, sale.id);
        documents.push((place, Document::Sale(sale.into_sale()?)));
    }
    for row in returns {
        // A return at the same moment as its sale comes after it.
        let goods = PastReturn {
            sale_id: row.sale_id,
            counted: Money::from_dirams(row.counted_dirams),
            spent_back: Money::from_dirams(row.spent_back_dirams),
            completes: row.completes,
        };
        documents.push(((row.created_at, i64::MAX), Document::Return(goods)));
    }
    // The sort is stable, so returns of one moment keep their order.
    documents.sort_by_key(|(place, _)| *place);
    Ok(documents
        .into_iter()
        .map(|(_, document)| document)
        .collect())
}
