//! Lists documents.

use domain::{Money, Timestamp};

use super::filter::{Filter, Kinds, Place};
use super::{Document, Fate, Kind, sql};
use crate::reports::{self, Scope, Sums};
use crate::{Backend, Error};

/// The documents of one page.
const PAGE: usize = 50;

/// The documents of each kind that one page looks through, if no index leads to what it lists.
const SEARCHED: i64 = 20_000;

/// The most documents that are summed up one by one.
const SUMMED: usize = 100_000;

/// A page of the list, the newest document first.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its documents.
    pub documents: Vec<Document>,
    /// The place after which the next page begins, if there are more or may be more.
    pub next: Option<Place>,
    /// The moment until which documents were looked through, if the page is not full because
    /// looking further takes too long.
    pub searched_until: Option<Timestamp>,
}

/// Returns a page of the documents that pass the filter. One statement, and one more if documents
/// must be looked through.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend, tenant_id: i64, filter: &Filter<'_>) -> Result<Page, Error> {
    let searched_until = if filter.is_search() {
        sql::searched_until(&backend.db, tenant_id, filter, SEARCHED).await?
    } else {
        None
    };
    let searched = Filter {
        from: filter.from.max(searched_until),
        ..*filter
    };
    let mut rows = sql::list(&backend.db, tenant_id, &searched, PAGE + 1).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let place = |row: &sql::DocumentRow| Place {
        at: Timestamp::from_micros(row.happened_at),
        source: row.source,
        id: row.id,
    };
    let searched_until = searched_until.filter(|_| !has_more);
    let after_search = searched_until.map(|at| Place {
        at,
        ..Place::FIRST_OF_MOMENT
    });
    Ok(Page {
        next: rows.last().filter(|_| has_more).map(place).or(after_search),
        documents: documents(rows)?,
        searched_until,
    })
}

/// Returns the newest documents that pass the filter, at most `limit`. One statement, the one of
/// [`list`].
///
/// # Errors
/// [`Error::Storage`].
pub async fn first(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<Document>, Error> {
    documents(sql::list(&backend.db, tenant_id, filter, limit).await?)
}

fn documents(rows: Vec<sql::DocumentRow>) -> Result<Vec<Document>, Error> {
    let document = |row: sql::DocumentRow| {
        let kind = match row.kind.as_str() {
            "sale" => Kind::Sale,
            "redemption" => Kind::Redemption,
            "return" => Kind::Return,
            "receipt" => Kind::Receipt,
            other => return Err(Error::corrupt("kind", other)),
        };
        let (id, phone) = (row.client_id, row.phone.unwrap_or_default());
        Ok(Document {
            kind,
            id: row.id,
            at: Timestamp::from_micros(row.happened_at),
            number: row.number,
            returned_sale: row.sale_id,
            till_id: row.cashier_node_id,
            till: row.till,
            branch: row.branch,
            cashier: row.cashier_id,
            client: id.map(|id| (id, row.full_name, phone)),
            total: Money::from_dirams(row.total_dirams),
            accrued: Money::from_dirams(row.accrued_dirams),
            redeemed: Money::from_dirams(row.redeemed_dirams),
            fate: match row.state {
                Some(1) => Fate::AllReturned,
                Some(2) => Fate::Void,
                _ => Fate::Valid,
            },
        })
    };
    rows.into_iter().map(document).collect()
}

/// The sums of the documents that pass a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The documents of all kinds.
    pub documents: i64,
    /// The purchases with and without a client, except cancelled ones.
    pub purchases: i64,
    /// The value of these.
    pub sold: Money,
    /// The returns.
    pub returns: i64,
    /// The value of the goods that came back.
    pub returned: Money,
    /// The cashback that sales gave.
    pub accrued: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
}

impl Totals {
    /// Returns the totals of documents of these kinds.
    fn of(sums: &Sums, kinds: Kinds) -> Self {
        let sales = Self {
            documents: sums.sales,
            purchases: sums.sales,
            sold: sums.sold_to_clients,
            accrued: sums.accrued,
            redeemed: sums.redeemed - sums.redeemed_alone,
            ..Self::default()
        };
        let receipts = Self {
            documents: sums.receipts,
            purchases: sums.receipts,
            sold: sums.sold_to_others,
            ..Self::default()
        };
        let returns = Self {
            documents: sums.returns,
            returns: sums.returns,
            returned: sums.returned,
            ..Self::default()
        };
        let redemptions = Self {
            documents: sums.redemptions,
            redeemed: sums.redeemed_alone,
            ..Self::default()
        };
        match kinds {
            Kinds::All => sales.and(&receipts).and(&returns).and(&redemptions),
            Kinds::Purchases => sales.and(&receipts),
            Kinds::Sales => sales,
            Kinds::Receipts => receipts,
            Kinds::Returns => returns,
            Kinds::Redemptions => redemptions,
        }
    }

    fn and(self, other: &Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            purchases: self.purchases + other.purchases,
            sold: self.sold + other.sold,
            returns: self.returns + other.returns,
            returned: self.returned + other.returned,
            accrued: self.accrued + other.accrued,
            redeemed: self.redeemed + other.redeemed,
        }
    }
}

/// Sums up the documents that pass the filter, on all pages; `None` if there are too many to look
/// through. The sums of whole days are read where they are enough. At most five statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn totals(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
) -> Result<Option<Totals>, Error> {
    if filter.is_of_whole_tills() {
        return totals_of_days(backend, tenant_id, filter).await.map(Some);
    }
    let all = Filter {
        after: None,
        ..*filter
    };
    if filter.is_search() {
        let searched = sql::searched_until(&backend.db, tenant_id, &all, SEARCHED).await?;
        if searched.is_some() {
            return Ok(None);
        }
    }
    let row = sql::totals(&backend.db, tenant_id, &all, SUMMED + 1).await?;
    let is_complete = usize::try_from(row.documents).is_ok_and(|documents| documents <= SUMMED);
    Ok(is_complete.then_some(Totals {
        documents: row.documents,
        purchases: row.purchases,
        sold: Money::from_dirams(row.sold),
        returns: row.returns,
        returned: Money::from_dirams(row.returned),
        accrued: Money::from_dirams(row.accrued),
        redeemed: Money::from_dirams(row.redeemed),
    }))
}

/// Sums up all documents of tills, of some kinds and days.
async fn totals_of_days(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
) -> Result<Totals, Error> {
    let scope = Scope {
        tenant_id,
        branch_id: filter.branch_id,
    };
    let tomorrow = backend.clock.now().local_midnight().plus_days(1);
    let from = filter.from.unwrap_or_default().local_midnight();
    let until = filter.until.unwrap_or(tomorrow);
    let tills = reports::by_till(backend, scope, from, until).await?;
    let is_asked = |(till, _): &&(i64, Sums)| filter.till_id.is_none_or(|id| id == *till);
    let add = |sum: Sums, (_, till): &(i64, Sums)| sum.and(till);
    let sums = tills.iter().filter(is_asked).fold(Sums::default(), add);
    Ok(Totals::of(&sums, filter.kinds))
}
