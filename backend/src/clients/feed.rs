//! The feed of a client: everything that happened, the newest first, with the arithmetic of the
//! balance.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EntryKind, LotKind, Money, Timestamp};

use super::events::Cause;
use super::sql::{self, EntryRow, TookRow};
use crate::{Backend, Error};

/// The entries that are read for each event: some events have many.
const ENTRIES: usize = 10;

/// The place after which a feed continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedPlace {
    /// Only entries with smaller numbers follow.
    pub seq: i64,
    /// Only documents without entries that are older follow: older than this moment, or at this
    /// moment and after this kind and number.
    pub document: (Timestamp, i64, i64),
}

impl FeedPlace {
    /// The place before the newest event.
    pub const START: Self = Self {
        seq: i64::MAX,
        document: (Timestamp::MAX, 0, i64::MAX),
    };
}

/// A page of a feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The events, the newest first.
    pub events: Vec<FeedEvent>,
    /// The place after which the feed continues; `None` on the last page.
    pub next: Option<FeedPlace>,
}

/// Everything that one request, act or sweep did to the balance.
#[derive(Clone, Debug)]
pub struct FeedEvent {
    /// The moment.
    pub at: Timestamp,
    /// What it was.
    pub cause: Cause,
    /// The branch and the till.
    pub place: Option<(String, String)>,
    /// The balance before.
    pub before: Money,
    /// The changes, in their order; changes of the same kind are one.
    pub steps: Vec<FeedStep>,
    /// The balance after.
    pub after: Money,
}

/// A change of the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedStep {
    /// The effect.
    pub kind: EntryKind,
    /// The change.
    pub amount: Money,
    /// The lots that it took from.
    pub took: Vec<Took>,
}

/// A part of a lot that a change took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Took {
    /// The amount.
    pub amount: Money,
    /// The kind of the lot.
    pub kind: LotKind,
    /// The moment when the lot was given.
    pub given_at: Timestamp,
}

/// The number that documents without entries are sorted by at one moment.
const SALE: i64 = 1;
const RETURN: i64 = 2;
/// After every document of a moment.
const LAST: i64 = 9;

/// An event as read, with the place after it.
struct Read {
    at: Timestamp,
    document: Option<(i64, i64)>,
    entries: Vec<EntryRow>,
}

impl Read {
    fn place(&self, seq: i64) -> FeedPlace {
        let (kind, id) = self.document.unwrap_or((LAST, 0));
        FeedPlace {
            seq: self.entries.last().map_or(seq, |entry| entry.seq),
            document: (self.at, kind, id),
        }
    }
}

/// Returns at most `count` events of a client's feed. `balance` is the sum of all entries of the
/// client. Up to seven statements, each of this client's rows only.
///
/// # Errors
/// [`Error::Storage`].
pub async fn feed(
    backend: &Backend,
    tenant_id: i64,
    client_id: i64,
    balance: Money,
    after: FeedPlace,
    count: usize,
) -> Result<Feed, Error> {
    let db = &backend.db;
    let most = count * ENTRIES;
    let entries = sql::entries(db, tenant_id, client_id, after.seq, most).await?;
    let documents =
        sql::quiet_documents(db, tenant_id, client_id, after.document, count + 1).await?;
    let mut events = grouped(entries, most);
    events.extend(documents.into_iter().map(|(at, kind, id)| Read {
        at: Timestamp::from_micros(at),
        document: Some((kind, id)),
        entries: Vec::new(),
    }));
    // Documents of a moment before its entries; the sort keeps the order otherwise.
    events.sort_by_key(|event| (std::cmp::Reverse(event.at), event.document.is_none()));
    let has_more = events.len() > count;
    events.truncate(count);
    let mut place = after;
    for event in &events {
        place = event.place(place.seq);
    }
    let newer = match after.seq {
        i64::MAX => 0,
        seq => sql::amount_since(db, tenant_id, client_id, seq).await?,
    };
    let known = Known::read(backend, tenant_id, client_id, &events).await?;
    let mut after = balance - Money::from_dirams(newer);
    let mut feed = Vec::new();
    for event in events {
        let event = known.event(client_id, &event, after)?;
        after = event.before;
        feed.push(event);
    }
    Ok(Feed {
        events: feed,
        next: Some(place).filter(|_| has_more),
    })
}

/// Groups entries, the newest first, into events. If all `most` entries were read, the last group
/// may continue beyond them, so it is left out, unless it is the only one.
fn grouped(entries: Vec<EntryRow>, most: usize) -> Vec<Read> {
    let may_continue = entries.len() == most;
    let mut events: Vec<Read> = Vec::new();
    for entry in entries {
        let is_same = |event: &&mut Read| {
            let first = event.entries.first();
            first.is_some_and(|first| first.belongs_with(&entry))
        };
        match events.last_mut().filter(is_same) {
            Some(event) => event.entries.push(entry),
            None => events.push(Read {
                at: Timestamp::from_micros(entry.created_at),
                document: None,
                entries: vec![entry],
            }),
        }
    }
    if may_continue && events.len() > 1 {
        events.pop();
    }
    events
}

/// The documents and acts of a page of events.
struct Known {
    sales: BTreeMap<i64, sql::SaleRow>,
    returns: BTreeMap<i64, sql::ReturnRow>,
    acts: BTreeMap<i64, sql::ActRow>,
    took: BTreeMap<i64, Vec<TookRow>>,
}

impl Known {
    async fn read(
        backend: &Backend,
        tenant_id: i64,
        client_id: i64,
        events: &[Read],
    ) -> Result<Self, Error> {
        let db = &backend.db;
        let entries = || events.iter().flat_map(|event| &event.entries);
        let quiet = |kind: i64| {
            let documents = events.iter().filter_map(|event| event.document);
            documents
                .filter(move |(known, _)| *known == kind)
                .map(|(_, id)| id)
        };
        let ids = |ids: BTreeSet<i64>| ids.into_iter().collect::<Vec<_>>();
        let of_returns = entries().filter_map(|entry| entry.return_id);
        let of_returns = ids(of_returns.chain(quiet(RETURN)).collect());
        let returns = sql::returns(db, tenant_id, &of_returns).await?;
        let of_sales = entries().filter_map(|entry| entry.sale_id);
        let returned = returns.iter().filter_map(|row| row.sale_id);
        let of_sales = ids(of_sales.chain(quiet(SALE)).chain(returned).collect());
        let sales = sql::sales(db, tenant_id, &of_sales).await?;
        let of_acts = ids(entries().filter_map(|entry| entry.act_id).collect());
        let acts = sql::acts(db, tenant_id, &of_acts).await?;
        let taking = entries().filter(|entry| entry.amount_dirams < 0);
        let taking = ids(taking.map(|entry| entry.seq).collect());
        let mut took: BTreeMap<i64, Vec<TookRow>> = BTreeMap::new();
        for row in sql::took(db, tenant_id, client_id, &taking).await? {
            took.entry(row.entry_seq).or_default().push(row);
        }
        Ok(Self {
            sales: sales.into_iter().map(|row| (row.id, row)).collect(),
            returns: returns.into_iter().map(|row| (row.id, row)).collect(),
            acts: acts.into_iter().map(|row| (row.id, row)).collect(),
            took,
        })
    }

    fn event(&self, client_id: i64, event: &Read, after: Money) -> Result<FeedEvent, Error> {
        let (sale_id, return_id, act_id) = match (event.document, event.entries.first()) {
            (Some((SALE, id)), _) => (Some(id), None, None),
            (Some((_, id)), _) => (None, Some(id), None),
            (None, Some(entry)) => (entry.sale_id, entry.return_id, entry.act_id),
            (None, None) => (None, None, None),
        };
        let mut steps: Vec<FeedStep> = Vec::new();
        let mut change = Money::ZERO;
        for entry in event.entries.iter().rev() {
            let kind = EntryKind::parse(&entry.kind)
                .ok_or_else(|| Error::corrupt("entries.kind", &entry.kind))?;
            let amount = Money::from_dirams(entry.amount_dirams);
            change += amount;
            let took = self.took(entry.seq)?;
            match steps.iter_mut().find(|step| step.kind == kind) {
                Some(step) => {
                    step.amount += amount;
                    step.took.extend(took);
                }
                None => steps.push(FeedStep { kind, amount, took }),
            }
        }
        let sale = sale_id.and_then(|id| self.sales.get(&id));
        let returned = return_id.and_then(|id| self.returns.get(&id));
        let act = act_id.and_then(|id| self.acts.get(&id));
        let place = match (returned, sale) {
            (Some(row), _) => Some((row.branch.clone(), row.till.clone())),
            (None, Some(row)) => Some((row.branch.clone(), row.till.clone())),
            (None, None) => None,
        };
        let first = steps.first().map(|step| step.kind);
        let cause = match (act, returned, sale) {
            (Some(act), ..) => act.cause(client_id),
            (None, Some(row), _) if row.client_id == client_id => {
                let whole = row.sale_id.and_then(|id| self.sales.get(&id));
                match whole.filter(|_| row.is_void == 1) {
                    Some(sale) => Cause::Void(sale.id, Money::from_dirams(sale.total_dirams)),
                    None => Cause::Return {
                        amount: Money::from_dirams(row.return_dirams),
                        counted: Money::from_dirams(row.counted_dirams),
                        sale: whole.map(|sale| (sale.id, Money::from_dirams(sale.total_dirams))),
                    },
                }
            }
            (None, None, Some(row)) if row.client_id == client_id => Cause::Sale(row.sale()),
            (None, None, None) => match first {
                Some(EntryKind::Credit(kind)) => Cause::Credit(kind),
                _ => Cause::Expiry,
            },
            _ => Cause::Friend,
        };
        Ok(FeedEvent {
            at: event.at,
            cause,
            place,
            before: after - change,
            steps,
            after,
        })
    }

    fn took(&self, seq: i64) -> Result<Vec<Took>, Error> {
        let rows = self.took.get(&seq).into_iter().flatten();
        let took = |row: &TookRow| {
            Ok(Took {
                amount: Money::from_dirams(row.amount_dirams),
                kind: LotKind::parse(&row.kind)
                    .ok_or_else(|| Error::corrupt("lots.kind", &row.kind))?,
                given_at: Timestamp::from_micros(row.given_at),
            })
        };
        rows.map(took).collect()
    }
}
