//! What is unusual, looked for in all purchases one by one.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Timestamp, UnusualLimits};

use super::slow::{Books, SaleRow, Span};

impl Books {
    /// Returns the client, the till and the day of everybody who bought too often.
    pub(super) fn busy(
        &self,
        span: Span,
        branch: Option<i64>,
        limits: &UnusualLimits,
    ) -> BTreeMap<(i64, String), i64> {
        let mut checks: BTreeMap<(i64, i64, String), i64> = BTreeMap::new();
        for sale in self.purchases_in(span, branch) {
            let day = Timestamp::from_micros(sale.happened_at).local_date();
            *checks
                .entry((sale.client_id, sale.cashier_node_id, day))
                .or_default() += 1;
        }
        let mut busy: BTreeMap<(i64, String), i64> = BTreeMap::new();
        for ((client, _, day), checks) in checks {
            if checks > limits.checks_a_day {
                *busy.entry((client, day)).or_default() += checks;
            }
        }
        busy
    }

    /// Returns the purchases of a span at the tills of a branch.
    fn purchases_in(&self, span: Span, branch: Option<i64>) -> impl Iterator<Item = &SaleRow> {
        let purchases = self.purchases(span);
        purchases.filter(move |sale| self.is_of(sale.cashier_node_id, branch))
    }

    /// Returns the client and the giver of every large share that is more than chance explains,
    /// with its purchases and all.
    pub(super) fn givers(
        &self,
        span: Span,
        branch: Option<i64>,
        limits: &UnusualLimits,
    ) -> BTreeSet<(i64, Option<String>, i64, i64)> {
        let giver = |sale: &SaleRow| {
            let till = sale.cashier_id.is_none().then_some(sale.cashier_node_id);
            (sale.cashier_id.clone(), till)
        };
        let all: Vec<&SaleRow> = self.purchases_in(span, branch).collect();
        let count = |is_counted: &dyn Fn(&SaleRow) -> bool| {
            i64::try_from(all.iter().filter(|sale| is_counted(sale)).count()).unwrap()
        };
        let mut found = BTreeSet::new();
        for sale in &all {
            let by = giver(sale);
            let branches: BTreeSet<i64> = all
                .iter()
                .filter(|other| giver(other) == by)
                .map(|other| self.branches[&other.cashier_node_id])
                .collect();
            let of_client = count(&|other| other.client_id == sale.client_id);
            let checks = count(&|other| other.client_id == sale.client_id && giver(other) == by);
            let in_branches =
                count(&|other| branches.contains(&self.branches[&other.cashier_node_id]));
            let usual = count(&|other| giver(other) == by);
            // The binomial distribution: more than three deviations above the mean, all of it
            // multiplied by the purchases of the branches.
            let above = checks * in_branches - of_client * usual;
            let variance = of_client * usual * (in_branches - usual);
            let is_beyond_chance = above > 0 && above.pow(2) > 9 * variance;
            let is_large = checks * 10_000 > of_client * limits.giver_share.get();
            if of_client >= limits.min_purchases && is_large && is_beyond_chance {
                found.insert((sale.client_id, by.0, checks, of_client));
            }
        }
        found
    }

    /// Returns the tills with many round totals: the till, the round ones, all.
    pub(super) fn round(
        &self,
        span: Span,
        branch: Option<i64>,
        limits: &UnusualLimits,
    ) -> BTreeSet<(i64, i64, i64)> {
        let tills = self
            .branches
            .keys()
            .filter(|till| self.is_of(**till, branch));
        let tills = tills.map(|till| {
            let sales = self.purchases(span);
            let totals =
                sales.filter(|sale| sale.cashier_node_id == *till && sale.total_dirams > 0);
            let totals: Vec<i64> = totals.map(|sale| sale.total_dirams).collect();
            let round = totals
                .iter()
                .filter(|total| **total % limits.round_step.dirams() == 0);
            let round = i64::try_from(round.count()).unwrap();
            (*till, round, i64::try_from(totals.len()).unwrap())
        });
        let is_shown = |(_, round, checks): &(i64, i64, i64)| {
            *checks >= limits.min_purchases && round * 10_000 > checks * limits.round_share.get()
        };
        tills.filter(is_shown).collect()
    }
}
