//! What is unusual, looked for in all purchases one by one.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Timestamp, UnusualLimits};

use super::slow::{Books, Span};

impl Books {
    /// Returns the client, the till and the day of everybody who bought too often.
    pub(super) fn busy(&self, span: Span, limits: &UnusualLimits) -> BTreeMap<(i64, String), i64> {
        let mut checks: BTreeMap<(i64, i64, String), i64> = BTreeMap::new();
        for sale in self.purchases(span) {
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

    /// Returns the client and the giver of every large share, with its purchases and all.
    pub(super) fn givers(
        &self,
        span: Span,
        limits: &UnusualLimits,
    ) -> BTreeSet<(i64, Option<String>, i64, i64)> {
        let mut checks: BTreeMap<(i64, Option<String>, i64), i64> = BTreeMap::new();
        let mut all: BTreeMap<i64, i64> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for sale in self.purchases(span) {
            let till = if sale.cashier_id.is_some() {
                0
            } else {
                sale.cashier_node_id
            };
            let giver = (sale.cashier_id.clone(), till);
            *checks
                .entry((sale.client_id, giver.0.clone(), giver.1))
                .or_default() += 1;
            *all.entry(sale.client_id).or_default() += 1;
            known.insert(giver);
        }
        let large = checks
            .into_iter()
            .filter_map(|((client, cashier, _), checks)| {
                let of_client = all[&client];
                let is_large = checks * 10_000 > of_client * limits.giver_share.get();
                let is_counted = of_client >= limits.min_purchases && known.len() > 1;
                (is_large && is_counted).then_some((client, cashier, checks, of_client))
            });
        large.collect()
    }

    /// Returns the tills with many round totals: the till, the round ones, all.
    pub(super) fn round(&self, span: Span, limits: &UnusualLimits) -> BTreeSet<(i64, i64, i64)> {
        let tills = self.branches.keys().map(|till| {
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
