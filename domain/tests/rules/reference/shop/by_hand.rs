//! Changes by hand, and merges.

use domain::LotKind;
use domain::by_hand::Direction;

use super::{Pot, Shop};
use crate::steps::Outcome;

impl Shop {
    pub(super) fn adjust(&mut self, client: usize, direction: Direction, amount: i64) -> Outcome {
        let now = self.now;
        let is_done = match direction {
            Direction::Credit => {
                self.give(client, LotKind::Manual, None, amount, now);
                true
            }
            Direction::Debit => self.purses[client].take_by_hand(amount, now),
        };
        if is_done {
            Outcome::Nothing
        } else {
            Outcome::Refused
        }
    }

    pub(super) fn merge(&mut self, from: usize, into: usize) -> Outcome {
        if self.into != [0, 1] {
            return Outcome::Refused;
        }
        let now = self.now;
        for gift in self.gifts.clone() {
            if gift.kind == LotKind::Referral {
                let due = gift.amount - self.expired(0, gift.kind, gift.sale);
                self.purses[0].revoke(due, |pot| gift.is_in(pot), now);
            }
        }
        self.gifts.retain(|gift| gift.kind != LotKind::Referral);
        // Of the welcome bonuses one remains, and what was used counts.
        let is_gift = |pot: &Pot| pot.kind == LotKind::Welcome;
        let of_both = self.purses.iter().flat_map(|purse| &purse.pots);
        let gifts: Vec<Pot> = of_both.copied().filter(is_gift).collect();
        let left = |pot: &Pot| if pot.alive(now) { pot.left } else { 0 };
        let largest = gifts.iter().map(|pot| pot.amount).max().unwrap_or(0);
        let used = |pot: &Pot| pot.amount - pot.expired(now) - left(pot);
        let used: i64 = gifts.iter().map(used).sum();
        let all: i64 = gifts.iter().map(left).sum();
        let too_much = (all - (largest - used).max(0)).max(0);
        let (_, rest) = self.purses[from].drain(too_much, |pot| is_gift(pot) && pot.alive(now));
        let _ = self.purses[into].drain(rest, |pot| is_gift(pot) && pot.alive(now));

        let mut emptied = std::mem::take(&mut self.purses[from]);
        emptied.empty_into(&mut self.purses[into], now);
        self.purses[from] = emptied;
        self.spent[into] += self.spent[from];
        self.spent[from] = 0;
        for gift in &mut self.gifts {
            gift.buyer = into;
        }
        self.into = [into; 2];
        Outcome::Nothing
    }
}
