//! The bonuses of a store, summed up lot by lot and entry by entry.

use std::collections::BTreeMap;

use domain::{Money, Timestamp};

use super::slow::{Books, LotRow, Span, is_in, somoni};

impl Books {
    /// Returns what can be spent, what waits, what never expires, and the debts.
    pub(super) fn bonuses(&self, now: Timestamp) -> [Money; 4] {
        let live = || {
            let lots = self.lots.iter();
            lots.filter(|lot| lot.expires_at.is_none_or(|ends| ends > now.micros()))
        };
        let sum = |lots: &mut dyn Iterator<Item = &LotRow>| {
            lots.map(|lot| somoni(lot.remaining_dirams)).sum()
        };
        let debt = self.clients.iter().map(|client| somoni(client.debt_dirams));
        [
            sum(&mut live().filter(|lot| lot.available_at <= now.micros())),
            sum(&mut live().filter(|lot| lot.available_at > now.micros())),
            sum(&mut live().filter(|lot| lot.expires_at.is_none())),
            debt.sum(),
        ]
    }

    /// Returns what expires after now in the local month `2026-06`.
    pub(super) fn burning(&self, now: Timestamp, month: &str) -> Money {
        let lots = self.lots.iter().filter(|lot| {
            let ends = lot.expires_at.filter(|ends| *ends > now.micros());
            ends.is_some_and(|ends| Timestamp::from_micros(ends).local_date().starts_with(month))
        });
        lots.map(|lot| somoni(lot.remaining_dirams)).sum()
    }

    pub(super) fn moved(&self, span: Span) -> BTreeMap<String, (i64, Money)> {
        let mut moved: BTreeMap<String, (i64, Money)> = BTreeMap::new();
        for entry in self
            .entries
            .iter()
            .filter(|entry| is_in(span, entry.created_at))
        {
            if entry.kind == "purchase" || entry.kind == "redeem" {
                continue;
            }
            let (count, sum) = moved.entry(entry.kind.clone()).or_default();
            *count += 1;
            *sum += somoni(entry.amount_dirams);
        }
        moved
    }
}
