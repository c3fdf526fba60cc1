//! Prefixes, or programs, that are one and the same till's.

use std::collections::HashMap;
use std::hash::Hash;

use super::checks::Check;
use super::event::Event;

/// The least number of checks of a day that tie anything.
const MIN_CROSSED: usize = 2;

/// One check in so many must cross.
const CROSSED_OF: usize = 20;

/// Which values belong together, because checks cross from one to the other: the client is looked
/// up with one and sold to with the other. Two shops never share a check. But one till does that
/// all the time if its address changes with every request (two providers at once, an operator with
/// a pool of addresses, a phone between Wi-Fi and its operator, IPv4 and IPv6), or if a second
/// program sends its sales.
#[derive(Clone, Debug)]
pub(super) struct Ties<K> {
    /// A value leads to another of its group; the last one leads to itself or nowhere.
    next: HashMap<K, K>,
}

impl<K: Copy + Eq + Hash> Ties<K> {
    /// Ties what checks cross, on each local day on which a twentieth of them crosses. A single
    /// crossing is chance.
    pub(super) fn of(checks: &[Check<'_>], value: impl Fn(&Event) -> K) -> Self {
        let mut ties = Self {
            next: HashMap::new(),
        };
        let day = |check: &Check<'_>| check.sale.at.local_midnight();
        for checks in checks.chunk_by(|a, b| day(a) == day(b)) {
            let pairs = checks
                .iter()
                .map(|check| (value(check.lookup), value(check.sale)));
            let crossed: Vec<_> = pairs.filter(|(from, to)| from != to).collect();
            if crossed.len() >= MIN_CROSSED && crossed.len() * CROSSED_OF >= checks.len() {
                for (from, to) in crossed {
                    ties.tie(from, to);
                }
            }
        }
        ties
    }

    /// Returns the value that stands for all of the group.
    pub(super) fn group(&self, value: K) -> K {
        let mut found = value;
        while let Some(&next) = self.next.get(&found) {
            if next == found {
                break;
            }
            found = next;
        }
        found
    }

    fn tie(&mut self, one: K, other: K) {
        let (from, to) = (self.group(one), self.group(other));
        if from != to {
            self.next.insert(from, to);
            // The next search is short.
            self.next.insert(one, to);
        }
    }
}
