//! The figures of reports, computed from all rows of the tables in the slow and obvious way.

use std::collections::{BTreeMap, BTreeSet};

use backend::Backend;
use backend::reports::{Cohort, Sums};
use domain::{Money, Timestamp};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct SaleRow {
    tenant_id: i64,
    pub(super) client_id: i64,
    pub(super) cashier_node_id: i64,
    kind: String,
    pub(super) total_dirams: i64,
    paid_dirams: i64,
    redeemed_dirams: i64,
    accrued_dirams: i64,
    pub(super) cashier_id: Option<String>,
    redemption_id: Option<i64>,
    pub(super) happened_at: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct ReceiptRow {
    tenant_id: i64,
    cashier_node_id: i64,
    total_dirams: i64,
    voided_at: Option<i64>,
    happened_at: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct ReturnRow {
    tenant_id: i64,
    client_id: i64,
    cashier_node_id: i64,
    return_dirams: i64,
    spent_back_dirams: i64,
    happened_at: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LotRow {
    pub(super) tenant_id: i64,
    pub(super) remaining_dirams: i64,
    pub(super) available_at: i64,
    pub(super) expires_at: Option<i64>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct EntryRow {
    pub(super) tenant_id: i64,
    pub(super) kind: String,
    pub(super) amount_dirams: i64,
    pub(super) created_at: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct ClientRow {
    pub(super) tenant_id: i64,
    pub(super) id: i64,
    pub(super) total_spent_dirams: i64,
    pub(super) debt_dirams: i64,
    pub(super) created_at: i64,
}

/// All rows of one store.
pub(super) struct Books {
    pub(super) sales: Vec<SaleRow>,
    receipts: Vec<ReceiptRow>,
    returns: Vec<ReturnRow>,
    pub(super) lots: Vec<LotRow>,
    pub(super) entries: Vec<EntryRow>,
    pub(super) clients: Vec<ClientRow>,
    /// The branch of each till.
    pub(super) branches: BTreeMap<i64, i64>,
}

/// A span of moments: from the first until before the last.
pub(super) type Span = (Timestamp, Timestamp);

pub(super) fn is_in((from, until): Span, micros: i64) -> bool {
    let at = Timestamp::from_micros(micros);
    from <= at && at < until
}

pub(super) fn somoni(dirams: i64) -> Money {
    Money::from_dirams(dirams)
}

impl Books {
    /// Reads everything that there is, and keeps what is of this store.
    pub(super) async fn read(backend: &Backend, tenant_id: i64) -> Self {
        let db = &backend.db;
        let sales: Vec<SaleRow> = db.reads().fetch_all("SELECT tenant_id, client_id, cashier_node_id, kind, total_dirams, paid_dirams, redeemed_dirams, accrued_dirams, cashier_id, redemption_id, happened_at FROM sales", ()).await.unwrap();
        let receipts: Vec<ReceiptRow> = db.reads().fetch_all("SELECT tenant_id, cashier_node_id, total_dirams, voided_at, happened_at FROM receipts", ()).await.unwrap();
        let returns: Vec<ReturnRow> = db.reads().fetch_all("SELECT tenant_id, client_id, cashier_node_id, return_dirams, spent_back_dirams, happened_at FROM returns", ()).await.unwrap();
        let lots: Vec<LotRow> = db
            .reads()
            .fetch_all(
                "SELECT tenant_id, remaining_dirams, available_at, expires_at FROM lots",
                (),
            )
            .await
            .unwrap();
        let entries: Vec<EntryRow> = db
            .reads()
            .fetch_all(
                "SELECT tenant_id, kind, amount_dirams, created_at FROM entries",
                (),
            )
            .await
            .unwrap();
        let clients: Vec<ClientRow> = db
            .reads()
            .fetch_all(
                "SELECT tenant_id, id, total_spent_dirams, debt_dirams, created_at FROM clients",
                (),
            )
            .await
            .unwrap();
        let tills: Vec<(i64, i64, i64)> = db
            .reads()
            .fetch_all("SELECT tenant_id, id, branch_id FROM cashier_nodes", ())
            .await
            .unwrap();
        let own = tills
            .into_iter()
            .filter(|(tenant, ..)| *tenant == tenant_id);
        Self {
            sales: sales
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            receipts: receipts
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            returns: returns
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            lots: lots
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            entries: entries
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            clients: clients
                .into_iter()
                .filter(|row| row.tenant_id == tenant_id)
                .collect(),
            branches: own.map(|(_, till, branch)| (till, branch)).collect(),
        }
    }

    /// Adds up the documents for which `is_counted` holds, given their till and moment.
    pub(super) fn sums(&self, is_counted: impl Fn(i64, i64) -> bool) -> Sums {
        let mut sums = Sums::default();
        for sale in &self.sales {
            if !is_counted(sale.cashier_node_id, sale.happened_at) {
                continue;
            }
            if sale.kind == "sale" {
                sums.sales += 1;
                sums.sold_to_clients += somoni(sale.total_dirams);
            }
            if sale.kind == "redemption" {
                sums.redemptions += 1;
                sums.redeemed_alone += somoni(sale.redeemed_dirams);
            }
            sums.accrued += somoni(sale.accrued_dirams);
            // The redemption that the sale has taken as its own counts by itself.
            if sale.redemption_id.is_none() {
                sums.redeemed += somoni(sale.redeemed_dirams);
            }
        }
        for receipt in &self.receipts {
            let is_valid = receipt.voided_at.is_none();
            if is_valid && is_counted(receipt.cashier_node_id, receipt.happened_at) {
                sums.receipts += 1;
                sums.sold_to_others += somoni(receipt.total_dirams);
            }
        }
        for back in &self.returns {
            if is_counted(back.cashier_node_id, back.happened_at) {
                sums.returns += 1;
                sums.returned += somoni(back.return_dirams);
            }
        }
        sums
    }

    pub(super) fn in_all(&self, span: Span, branch: Option<i64>) -> Sums {
        self.sums(|till, at| is_in(span, at) && self.is_of(till, branch))
    }

    /// Returns whether a till is of the branch, or of any if none is named.
    pub(super) fn is_of(&self, till: i64, branch: Option<i64>) -> bool {
        branch.is_none_or(|branch| self.branches[&till] == branch)
    }

    /// Returns the sums of each till of the branch that has some.
    pub(super) fn by_till(&self, span: Span, branch: Option<i64>) -> Vec<(i64, Sums)> {
        let tills = self
            .branches
            .keys()
            .filter(|till| self.is_of(**till, branch));
        let sums = |till: &i64| {
            let sums = self.sums(|other, at| other == *till && is_in(span, at));
            (*till, sums)
        };
        let is_there = |(_, sums): &(i64, Sums)| *sums != Sums::default();
        tills.map(sums).filter(is_there).collect()
    }

    pub(super) fn by_branch(&self, span: Span) -> Vec<(i64, Sums)> {
        let branches: BTreeSet<i64> = self.branches.values().copied().collect();
        let sums = |branch: i64| (branch, self.in_all(span, Some(branch)));
        let is_there = |(_, sums): &(i64, Sums)| *sums != Sums::default();
        branches.into_iter().map(sums).filter(is_there).collect()
    }

    /// Adds up the documents of a local day such as `2026-06-05`.
    pub(super) fn of_day(&self, day: &str, branch: Option<i64>) -> Sums {
        self.sums(|till, at| {
            Timestamp::from_micros(at).local_date() == day && self.is_of(till, branch)
        })
    }

    /// Adds up the documents of a local hour of a day.
    pub(super) fn of_hour(&self, day: &str, hour: usize) -> Sums {
        self.sums(|_, at| {
            let at = Timestamp::from_micros(at);
            at.local_date() == day && local_hour(at) == hour
        })
    }

    /// Counts the purchases of a span in an hour of a weekday; 0 is Monday.
    pub(super) fn week(&self, span: Span, branch: Option<i64>, hour: usize, weekday: usize) -> i64 {
        let sums = self.sums(|till, at| {
            let local = Timestamp::from_micros(at);
            let is_then = local_hour(local) == hour && local_weekday(local) == weekday;
            is_in(span, at) && is_then && self.is_of(till, branch)
        });
        sums.purchases()
    }

    pub(super) fn repeat(&self, span: Span) -> (i64, i64) {
        let mut purchases: BTreeMap<i64, i64> = BTreeMap::new();
        for sale in self.purchases(span) {
            *purchases.entry(sale.client_id).or_default() += 1;
        }
        let again = purchases.values().filter(|count| **count > 1).count();
        (
            again.try_into().unwrap(),
            purchases.len().try_into().unwrap(),
        )
    }

    pub(super) fn purchases(&self, span: Span) -> impl Iterator<Item = &SaleRow> {
        let sales = self.sales.iter().filter(|sale| sale.kind == "sale");
        sales.filter(move |sale| is_in(span, sale.happened_at))
    }

    /// Returns the cohorts of the five months before the last one, by name: `2026-01`.
    pub(super) fn cohorts(&self, now: Timestamp) -> Vec<Cohort> {
        let month_of = |micros: i64| Timestamp::from_micros(micros).local_date()[..7].to_owned();
        let mut months = vec![now.local_month()];
        while months.len() < 7 {
            months.push(months[months.len() - 1].plus_seconds(-1).local_month());
        }
        months.reverse();
        let name = |at: &Timestamp| at.local_date()[..7].to_owned();
        let mut bought: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
        for sale in self.sales.iter().filter(|sale| sale.kind == "sale") {
            bought
                .entry(sale.client_id)
                .or_default()
                .insert(month_of(sale.happened_at));
        }
        let cohort = |place: usize| {
            let first = name(&months[place]);
            let of_month = bought
                .values()
                .filter(|bought| bought.first() == Some(&first));
            let of_month: Vec<_> = of_month.collect();
            let again = |later: &Timestamp| {
                let later = name(later);
                of_month
                    .iter()
                    .filter(|bought| bought.contains(&later))
                    .count()
            };
            Cohort {
                month: months[place],
                clients: of_month.len().try_into().unwrap(),
                again: months[place + 1..6]
                    .iter()
                    .map(|later| again(later).try_into().unwrap())
                    .collect(),
            }
        };
        (0..5).map(cohort).collect()
    }

    /// Counts the clients by the thresholds that they had reached at both ends of a span.
    pub(super) fn tier_moves(
        &self,
        (from, until): Span,
        thresholds: &[Money],
    ) -> BTreeMap<(Option<usize>, usize), i64> {
        let spent_at = |client: &ClientRow, at: Timestamp| {
            let mut spent = client.total_spent_dirams;
            for sale in self.sales.iter().filter(|sale| sale.client_id == client.id) {
                if sale.kind == "sale" && sale.happened_at >= at.micros() {
                    spent -= sale.paid_dirams;
                }
            }
            for back in self
                .returns
                .iter()
                .filter(|back| back.client_id == client.id)
            {
                if back.happened_at >= at.micros() {
                    spent += back.spent_back_dirams;
                }
            }
            somoni(spent.max(0))
        };
        let place = |spent: Money| thresholds.iter().filter(|from| **from <= spent).count();
        let mut moves = BTreeMap::new();
        for client in &self.clients {
            let joined = Timestamp::from_micros(client.created_at);
            if joined >= until {
                continue;
            }
            let was = (joined < from).then(|| place(spent_at(client, from)));
            *moves
                .entry((was, place(spent_at(client, until))))
                .or_default() += 1;
        }
        moves
    }
}

/// Returns the hour of the local time, by its text.
pub(super) fn local_hour(at: Timestamp) -> usize {
    let local = at.plus_seconds(5 * 3_600).to_string();
    local[11..13].parse().unwrap()
}

/// Returns the weekday of the local day, counted from a Monday.
fn local_weekday(at: Timestamp) -> usize {
    let monday = Timestamp::parse_rfc3339("1970-01-05T00:00:00+05:00").unwrap();
    let days = (at.micros() - monday.micros()).div_euclid(86_400_000_000);
    usize::try_from(days.rem_euclid(7)).unwrap()
}
