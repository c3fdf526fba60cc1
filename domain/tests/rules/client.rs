//! One client's rows, stored between operations as a database stores them. An account is loaded
//! with the lots that an operation needs, and only the changes that it reports are stored.

use std::collections::BTreeMap;

use domain::merging::WelcomeGift;
use domain::{Account, Entry, EntryKind, Lot, LotKind, Money, RestoredPart, Timestamp};

use crate::reference::Purse;

/// The rows of one client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    balance: Money,
    debt: Money,
    last_seq: i64,
    lots: BTreeMap<i64, Lot>,
    entries: Vec<Entry>,
}

impl Client {
    /// Loads the account with every lot that has something remaining, and with the lots in `also`.
    pub(crate) fn load(&self, also: &[RestoredPart]) -> Account {
        let named = |lot: &Lot| also.iter().any(|part| part.lot_seq == lot.seq);
        let lots = self.lots.values();
        let lots = lots.filter(|lot| lot.remaining.is_positive() || named(lot));
        Account::new(
            self.balance,
            self.debt,
            self.last_seq,
            lots.copied().collect(),
        )
    }

    pub(crate) fn save(&mut self, account: &Account) {
        for lot in account.changed_lots() {
            let stored = self
                .lots
                .get_mut(&lot.seq)
                .expect("a changed lot is a stored lot");
            stored.remaining = lot.remaining;
            assert_eq!(stored, lot, "only `remaining` of a stored lot may change");
        }
        for entry in account.new_entries() {
            if entry.opened.is_some() {
                let lot = *account
                    .lot(entry.seq)
                    .expect("a lot just opened is in memory");
                assert_eq!(self.lots.insert(lot.seq, lot), None);
            }
            self.entries.push(entry.clone());
        }
        self.balance = account.balance();
        self.debt = account.debt();
        self.last_seq = account.last_seq();
    }

    /// Returns the welcome bonuses that were given, not those that a merge brought.
    pub(crate) fn welcome_gifts(&self, now: Timestamp) -> Vec<WelcomeGift> {
        let is_given = |lot: &&Lot| lot.kind == LotKind::Welcome && !self.is_moved(lot.seq);
        let gift = |lot: &Lot| WelcomeGift {
            amount: lot.amount,
            expired: self.expired(now, |other| other.seq == lot.seq),
            remaining: if lot.is_expired(now) {
                Money::ZERO
            } else {
                lot.remaining
            },
        };
        self.lots.values().filter(is_given).map(gift).collect()
    }

    fn is_moved(&self, seq: i64) -> bool {
        let entry = self.entries.iter().find(|entry| entry.seq == seq);
        entry.is_some_and(|entry| matches!(entry.kind, EntryKind::MergeIn | EntryKind::Restore))
    }

    /// Returns everything that the sale redeemed, by lot. `is_own` is `false` if the account was
    /// merged into the one that is asked to restore it.
    pub(crate) fn taken_by(&self, sale_id: i64, is_own: bool) -> Vec<RestoredPart> {
        let redeemed = self.entries.iter().filter(|entry| {
            entry.kind == EntryKind::Redeem && entry.source.sale_id == Some(sale_id)
        });
        let allocations = redeemed.flat_map(|entry| &entry.allocations);
        allocations
            .map(|taken| RestoredPart {
                lot_seq: taken.lot_seq,
                amount: taken.amount,
                moved: (!is_own).then(|| self.lots[&taken.lot_seq]),
            })
            .collect()
    }

    /// Returns the bonuses that expired unspent, swept or not, in the lots for which `are_meant` is
    /// true.
    pub(crate) fn expired(&self, now: Timestamp, are_meant: impl Fn(&Lot) -> bool) -> Money {
        let meant = |seq: i64| are_meant(&self.lots[&seq]);
        let swept = self
            .entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Expire);
        let swept = swept.flat_map(|entry| &entry.allocations);
        let swept: Money = swept
            .filter(|taken| meant(taken.lot_seq))
            .map(|taken| taken.amount)
            .sum();
        let waiting = self
            .lots
            .values()
            .filter(|lot| lot.is_expired(now) && are_meant(lot));
        swept + waiting.map(|lot| lot.remaining).sum()
    }

    /// Checks invariants 2 and 3: the entries alone give the stored lots, balance and debt.
    pub(crate) fn assert_replays(&self) {
        let mut left: BTreeMap<i64, Money> = BTreeMap::new();
        let (mut balance, mut debt) = (Money::ZERO, Money::ZERO);
        for (seq, entry) in (1..).zip(&self.entries) {
            assert_eq!(entry.seq, seq, "entries are numbered without gaps");
            left.extend(entry.opened.map(|amount| (seq, amount)));
            let mut taken = Money::ZERO;
            for allocation in &entry.allocations {
                let lot = left
                    .get_mut(&allocation.lot_seq)
                    .expect("an entry takes only from lots already opened");
                *lot -= allocation.amount;
                taken += allocation.amount;
                let amount = self.lots[&allocation.lot_seq].amount;
                assert!(*lot >= Money::ZERO && *lot <= amount, "{entry:?}");
            }
            let opened = entry.opened.unwrap_or_default();
            assert_eq!(
                entry.amount,
                opened - taken - entry.debt_change,
                "{entry:?}"
            );
            balance += entry.amount;
            debt += entry.debt_change;
            assert!(debt >= Money::ZERO, "{entry:?}");
        }
        let stored = self.lots.iter().map(|(seq, lot)| (*seq, lot.remaining));
        assert_eq!(left, stored.collect());
        assert_eq!((balance, debt), (self.balance, self.debt));
        assert_eq!(self.last_seq, i64::try_from(self.entries.len()).unwrap());
    }

    /// Checks invariant 1: credits + moved = available + held + spent + expired + revoked +
    /// adjusted − debt, where what was moved came from a merged account or, below zero, left.
    pub(crate) fn assert_credits_are_accounted_for(&self, now: Timestamp) {
        let sum = |of: fn(EntryKind) -> bool| -> Money {
            let entries = self.entries.iter().filter(|entry| of(entry.kind));
            entries.map(|entry| entry.amount).sum()
        };
        let left = |of: &dyn Fn(&Lot) -> bool| -> Money {
            let lots = self.lots.values().filter(|lot| of(lot));
            lots.map(|lot| lot.remaining).sum()
        };
        let credits = sum(|kind| matches!(kind, EntryKind::Credit(_)));
        let spent = -sum(|kind| matches!(kind, EntryKind::Redeem | EntryKind::Restore));
        let swept = -sum(|kind| kind == EntryKind::Expire);
        let revoked = -sum(|kind| kind == EntryKind::Revoke);
        let adjusted = -sum(|kind| kind == EntryKind::Adjust);
        let moved = sum(|kind| matches!(kind, EntryKind::MergeIn | EntryKind::MergeOut));
        let held = left(&|lot| !lot.is_expired(now) && lot.is_held(now));
        let available = left(&|lot| !lot.is_expired(now) && !lot.is_held(now));
        let expired = swept + left(&|lot| lot.is_expired(now));
        assert_eq!(
            credits + moved,
            available + held + spent + expired + revoked + adjusted - self.debt
        );
        let figures = self.load(&[]).figures(now);
        assert_eq!(figures.held, held);
        assert_eq!(figures.bonus_balance, available + held - self.debt);
    }

    /// Checks that lots and figures are the same as those of the reference.
    pub(crate) fn assert_agrees_with(&self, purse: &Purse, now: Timestamp) {
        let lots = self.lots.values().map(|lot| {
            (
                lot.kind,
                lot.amount.dirams(),
                lot.remaining.dirams(),
                lot.available_at.micros(),
                lot.expires_at.map(Timestamp::micros),
            )
        });
        let pots = purse.pots.iter();
        let pots = pots.map(|pot| (pot.kind, pot.amount, pot.left, pot.from, pot.until));
        assert_eq!(lots.collect::<Vec<_>>(), pots.collect::<Vec<_>>());
        assert_eq!(self.debt.dirams(), purse.debt);

        let (figures, at) = (self.load(&[]).figures(now), now.micros());
        assert_eq!(figures.bonus_balance.dirams(), purse.balance(at));
        assert_eq!(figures.held.dirams(), purse.sum(at, |pot| at < pot.from));
        assert_eq!(figures.redeemable.dirams(), purse.redeemable(at, true));
        let welcome = purse.sum(at, |pot| pot.kind == LotKind::Welcome);
        assert_eq!(figures.welcome.dirams(), welcome);
    }
}
