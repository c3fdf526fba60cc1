//! The sums of what a client's lots hold.

use crate::entry::{Lot, LotKind};
use crate::money::Money;
use crate::time::Timestamp;

/// The sums of what lots hold at one moment, without expired lots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Bonuses that can be spent, welcome bonuses included.
    pub available: Money,
    /// Bonuses that wait for the end of their hold, welcome bonuses included.
    pub held: Money,
    /// The welcome bonuses in `available`.
    pub available_welcome: Money,
    /// The welcome bonuses in `held`.
    pub held_welcome: Money,
}

impl Holdings {
    /// Returns the sum of available and held bonuses.
    pub fn total(&self) -> Money {
        self.available + self.held
    }

    pub(crate) fn count(&mut self, lot: &Lot, now: Timestamp) {
        self.change(lot, lot.remaining, now);
    }

    pub(crate) fn discount(&mut self, lot: &Lot, now: Timestamp) {
        self.change(lot, -lot.remaining, now);
    }

    fn change(&mut self, lot: &Lot, by: Money, now: Timestamp) {
        if lot.is_expired(now) {
            return;
        }
        let (sum, welcome) = if lot.is_held(now) {
            (&mut self.held, &mut self.held_welcome)
        } else {
            (&mut self.available, &mut self.available_welcome)
        };
        *sum += by;
        if lot.kind == LotKind::Welcome {
            *welcome += by;
        }
    }
}
