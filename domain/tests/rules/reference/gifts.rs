//! A second, independent implementation of the rewards for buying again: which rewards a purchase
//! earns, and which a return loses.

use domain::LotKind;

use super::purse::Pot;
use super::shop::Shop;
use crate::strategies::DAY_SECONDS;

/// A reward that a client has and may lose: the client of the sale or, for a referral, client 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gift {
    pub(crate) kind: LotKind,
    /// The client whose purchase earned it.
    pub(crate) buyer: usize,
    pub(crate) sale: usize,
    pub(crate) amount: i64,
}

impl Gift {
    /// Returns whether `pot` holds it, or what a merge has moved of it.
    pub(crate) fn is_in(&self, pot: &Pot) -> bool {
        pot.kind == self.kind && pot.sale == Some(self.sale)
    }
}

impl Shop {
    /// Returns the client's purchases that have not wholly come back, the oldest first.
    fn kept(&self, client: usize) -> Vec<usize> {
        let sales = self.sales.iter().enumerate();
        sales
            .filter(|(_, sale)| self.into[sale.client] == client && sale.kept())
            .map(|(id, _)| id)
            .collect()
    }

    fn reactivates(&self, last: i64, at: i64) -> bool {
        let pause = self.programme.reactivation_days * DAY_SECONDS * 1_000_000;
        pause > 0 && at - last >= pause
    }

    fn in_time(&self, first: i64, at: i64) -> bool {
        let term = self.programme.second_purchase_days * DAY_SECONDS * 1_000_000;
        term > 0 && at - first <= term
    }

    /// Returns the referral, reactivation and second-purchase bonuses of a purchase made now.
    pub(crate) fn earned_gifts(&self, client: usize) -> (i64, i64, i64) {
        let programme = &self.programme;
        let kept = self.kept(client);
        let rewarded = |gift: &Gift| gift.kind == LotKind::SecondPurchase && gift.buyer == client;
        let rewarded = self.gifts.iter().any(rewarded);
        match kept.as_slice() {
            [] if client == 1 && self.into == [0, 1] => (programme.referral_bonus.dirams(), 0, 0),
            [] => (0, 0, 0),
            [.., last] => {
                let last = self.sales[*last].at;
                let second = kept.len() == 1 && !rewarded && self.in_time(last, self.now);
                (
                    0,
                    i64::from(self.reactivates(last, self.now))
                        * programme.reactivation_bonus.dirams(),
                    i64::from(second) * programme.second_purchase_bonus.dirams(),
                )
            }
        }
    }

    /// Returns the indices of the gifts that the client's purchases no longer earn once all of the
    /// sale `returned` has come back, and had earned before.
    pub(crate) fn lost_gifts(&self, client: usize, returned: usize) -> Vec<usize> {
        let kept = self.kept(client);
        let without: Vec<usize> = kept.iter().copied().filter(|id| *id != returned).collect();
        let before = self.unearned_gifts(client, &kept);
        let mut lost = self.unearned_gifts(client, &without);
        lost.retain(|place| !before.contains(place));
        lost
    }

    /// Returns the indices of the gifts that none of the purchases earns.
    fn unearned_gifts(&self, client: usize, kept: &[usize]) -> Vec<usize> {
        let mut inherited = Vec::new();
        let mut lost = Vec::new();
        for (place, gift) in self.gifts.iter().enumerate() {
            if gift.buyer != client || kept.contains(&gift.sale) {
                continue;
            }
            let earns = |index: usize, id: usize| {
                let before = index
                    .checked_sub(1)
                    .map(|before| self.sales[kept[before]].at);
                match (gift.kind, before) {
                    (LotKind::Referral, before) => before.is_none(),
                    (_, None) => false,
                    (LotKind::Reactivation, Some(earlier)) => {
                        self.reactivates(earlier, self.sales[id].at)
                    }
                    (_, Some(first)) => index == 1 && self.in_time(first, self.sales[id].at),
                }
            };
            let taken = |id: usize| {
                inherited.contains(&(gift.kind, id))
                    || self
                        .gifts
                        .iter()
                        .any(|other| other.kind == gift.kind && other.sale == id)
            };
            let heir = kept
                .iter()
                .enumerate()
                .find(|(index, id)| **id > gift.sale && earns(*index, **id) && !taken(**id));
            match heir {
                Some((_, id)) => inherited.push((gift.kind, *id)),
                None => lost.push(place),
            }
        }
        lost
    }
}
