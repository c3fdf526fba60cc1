//! The order in which a store issues its card numbers.
//!
//! Numbers given in order can be guessed: whoever has card 41 knows that card 42 exists. So the
//! cards of a series are issued in an order that only the holder of the store's key can compute,
//! and each of its numbers is issued once. It is a balanced Feistel network over the numbers of the
//! series; results outside of them are permuted again (Black and Rogaway, "Ciphers with Arbitrary
//! Finite Domains", 2002: cycle walking).

use crate::identifier::CardNumber;

/// The numbers of one series.
const SERIES_SIZE: u32 = 10_000_000;

/// The rounds of the network. Four are a random permutation for a large domain; a small one needs
/// more (Patarin, 2004).
const ROUNDS: u8 = 8;

/// A question to the keyed function of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// The series of the card.
    pub series: u16,
    /// The number of the round.
    pub round: u8,
    /// The half of the number that goes into the round.
    pub half: u32,
}

impl CardNumber {
    /// Returns the card that a store issues as its card number `index`. Cards up to the number
    /// `in_order` were issued in order, before the store had a key: none of them is issued again.
    /// `keyed` is a pseudorandom function under the store's key. Returns `None` if all series are
    /// exhausted.
    pub fn issued(index: u32, in_order: u32, keyed: impl Fn(Round) -> u32) -> Option<Self> {
        let block = index / SERIES_SIZE;
        let series = Self::FIRST_SERIES.checked_add(u16::try_from(block).ok()?)?;
        let number = index % SERIES_SIZE;
        // The numbers of this series before this one were issued in order, or are the number 0 of
        // the first series: indices begin with one.
        let old = match in_order.checked_sub(block * SERIES_SIZE) {
            Some(last) => last.saturating_add(1).min(SERIES_SIZE),
            None => 0,
        };
        let number = match number.checked_sub(old) {
            Some(place) => old + permuted(place, SERIES_SIZE - old, series, keyed),
            None => number,
        };
        Self::new(series, number)
    }
}

/// Returns the place of `index` in a permutation of the numbers below `size`. `index` is one of
/// them.
fn permuted(index: u32, size: u32, series: u16, keyed: impl Fn(Round) -> u32) -> u32 {
    let mut bits = 1;
    while 1_u64 << (2 * bits) < u64::from(size) {
        bits += 1;
    }
    let mask = (1_u32 << bits) - 1;
    let mut number = index;
    loop {
        let (mut left, mut right) = (number >> bits & mask, number & mask);
        for round in 0..ROUNDS {
            let half = right;
            let question = Round {
                series,
                round,
                half,
            };
            (left, right) = (right, left ^ (keyed(question) & mask));
        }
        number = left << bits | right;
        if number < size {
            return number;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// A weak but varied function of the tests.
    fn keyed(key: u64) -> impl Fn(Round) -> u32 {
        move |question| {
            let mixed = key
                ^ u64::from(question.series) << 48
                ^ u64::from(question.round) << 40
                ^ u64::from(question.half);
            let mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            u32::try_from(mixed >> 32).unwrap()
        }
    }

    proptest! {
        #[test]
        fn every_number_is_issued_once(key: u64, size in 1..3_000_u32) {
            let all: BTreeSet<u32> = (0..size)
                .map(|index| permuted(index, size, 1, keyed(key)))
                .collect();
            prop_assert_eq!(all.len(), usize::try_from(size).unwrap());
            prop_assert!(all.into_iter().all(|number| number < size));
        }

        #[test]
        fn no_card_issued_in_order_is_issued_again(
            key: u64,
            in_order in 0..9_999_000_u32,
            begin in 1..40_000_000_u32,
        ) {
            let cards: BTreeSet<CardNumber> = (begin..begin + 200)
                .map(|index| CardNumber::issued(index, in_order, keyed(key)).unwrap())
                .collect();
            prop_assert_eq!(cards.len(), 200);
            let old = |index: u32| CardNumber::new(1, index).unwrap();
            for card in cards {
                // The old cards among them are those of the old indices themselves.
                let is_asked_for = begin <= in_order && card >= old(begin);
                prop_assert!(card > old(in_order) || is_asked_for, "{card}");
            }
        }
    }

    #[test]
    fn the_next_card_is_not_the_next_number() {
        let cards: Vec<CardNumber> = (1..=1_000)
            .map(|index| CardNumber::issued(index, 0, keyed(7)).unwrap())
            .collect();
        let in_a_row = cards.windows(2).filter(|pair| {
            let digits = |card: CardNumber| card.to_string()[4..].parse::<i64>().unwrap();
            (digits(pair[1]) - digits(pair[0])).abs() < 100
        });
        assert!(in_a_row.count() < 5);
    }

    #[test]
    fn the_last_index_is_a_card() {
        assert!(CardNumber::issued(u32::MAX, 0, keyed(7)).is_some());
        assert!(CardNumber::issued(u32::MAX, u32::MAX, keyed(7)).is_some());
    }
}
