//! The counters that the receipt numbers of a day come from.

use std::collections::{BTreeMap, BTreeSet};

/// The most by which a counter is ahead of its last number. Only checks with a client are known, so
/// that numbers are missing between them.
const MAX_STEP: u64 = 50;

/// A number that is less than the one before by more than this is a jump back.
const JUMP: u64 = 20;

/// The least number of receipts of a row that counts.
const MIN_ROW: usize = 5;

/// The most rows that can be told from numbers that count nothing: two counters, each of which
/// begins anew once.
const MAX_ROWS: usize = 4;

/// The part of the numbers in percent that rise in these rows, if they count anything.
const RISING_PERCENT: usize = 85;

/// A row of rising numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The smallest number.
    pub(super) first: u64,
    /// The largest number.
    pub(super) last: u64,
    /// How many rise: no repeated ones, and none that were skipped before.
    pub(super) size: usize,
}

/// The numbers of a day, divided into rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The rows in the order in which they began.
    pub(super) all: Vec<Row>,
    /// The row of each number.
    pub(super) row_of: Vec<usize>,
    /// The places of the numbers that jump back into a row which was left before.
    pub(super) jumps: Vec<usize>,
}

impl Rows {
    /// Divides numbers, in the order of their receipts: each goes on the row whose last number is
    /// the next below it. A number that was skipped in a row belongs to that row: its check was
    /// parked.
    pub(super) fn of(numbers: &[u64]) -> Self {
        let mut found = Self::default();
        let mut ends: BTreeSet<(u64, usize)> = BTreeSet::new();
        let mut skipped: BTreeMap<u64, usize> = BTreeMap::new();
        for &number in numbers {
            let below = ends.range(..=(number, usize::MAX)).next_back().copied();
            let below = below.filter(|(end, _)| number - end <= MAX_STEP);
            let (place, rises) = match (skipped.remove(&number), below) {
                (Some(row), _) => (row, false),
                (None, Some((end, row))) => {
                    ends.remove(&(end, row));
                    ends.insert((number, row));
                    skipped.extend((end.saturating_add(1)..number).map(|missing| (missing, row)));
                    (row, number > end)
                }
                (None, None) => {
                    ends.insert((number, found.all.len()));
                    (found.all.len(), true)
                }
            };
            match found.all.get_mut(place) {
                Some(row) => {
                    row.last = row.last.max(number);
                    row.size += usize::from(rises);
                }
                None => found.all.push(Row {
                    first: number,
                    last: number,
                    size: 1,
                }),
            }
            found.row_of.push(place);
        }
        found.jumps = found.jumps_back(numbers);
        found
    }

    /// Returns whether a row has enough receipts to be a counter's.
    pub(super) fn is_counter(&self, row: usize) -> bool {
        self.all.get(row).is_some_and(|row| row.size >= MIN_ROW)
    }

    fn jumps_back(&self, numbers: &[u64]) -> Vec<usize> {
        let mut sizes: Vec<usize> = self.all.iter().map(|row| row.size).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let rising: usize = sizes.iter().take(MAX_ROWS).sum();
        // Numbers that are codes and count nothing fall into many short rows.
        if rising * 100 < numbers.len() * RISING_PERCENT {
            return Vec::new();
        }
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut jumps = Vec::new();
        let mut before: Option<(u64, usize)> = None;
        for (place, (&number, &row)) in numbers.iter().zip(&self.row_of).enumerate() {
            let is_back = before.is_some_and(|(last, from)| {
                from != row && number.saturating_add(JUMP) < last && self.is_counter(from)
            });
            if is_back && seen.contains(&row) && self.is_counter(row) {
                jumps.push(place);
            }
            seen.insert(row);
            before = Some((number, row));
        }
        jumps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jumps(numbers: impl IntoIterator<Item = u64>) -> usize {
        Rows::of(&numbers.into_iter().collect::<Vec<_>>())
            .jumps
            .len()
    }

    #[test]
    fn numbers_that_count_nothing_never_interleave() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for most in [10, 30, 50, 70, 100, 150, 200, 300, 1_000, 10_000] {
            for size in [10, 20, 30, 50, 80, 120, 200] {
                for _ in 0..100 {
                    let numbers: Vec<u64> = (0..size).map(|_| random(most)).collect();
                    assert!(jumps(numbers.iter().copied()) < 4, "{numbers:?}");
                }
            }
        }
    }

    #[test]
    fn only_rows_that_interleave_jump_back() {
        let two = (0..10).flat_map(|n| [1_041 + n, 388 + 2 * n]);
        assert_eq!(jumps(two), 9);
        // One counter: begun anew with each of three shifts, and with a parked check.
        assert_eq!(jumps((1..80).chain(1..60).chain(1..70)), 0);
        let parked = (1..200).filter(|n| n % 40 != 7).flat_map(|n| {
            let late = (n % 40 == 39).then(|| n - 32);
            [Some(n), late].into_iter().flatten()
        });
        assert_eq!(jumps(parked), 0);
        // Numbers that count nothing.
        assert_eq!(jumps((0..100).map(|n| n * 7_919 % 1_009)), 0);
        assert_eq!(jumps([u64::MAX, 0, u64::MAX, 0]), 0);
        assert_eq!(jumps([]), 0);
    }
}
