//! One client's ledger in memory: lots, entries, debt. Operations append entries and change what
//! remains in lots. The caller that loaded the account stores what [`Account::new_entries`] and
//! [`Account::changed_lots`] return.

mod restoring;

pub use restoring::RestoredPart;

use std::collections::{BTreeMap, BTreeSet};

use crate::entry::{Allocation, Entry, EntryKind, Lot, LotKind, Source};
use crate::holdings::Holdings;
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::time::Timestamp;

/// A client's account: the stored state and the changes that operations have made to it. Not every
/// stored lot needs to be in memory; of the others only the sums are known.
#[derive(Clone, Debug)]
pub struct Account {
    balance: Money,
    debt: Money,
    last_seq: i64,
    /// The lots in memory, in spending order.
    lots: Vec<Lot>,
    /// The end of each lot, by the lot's number. The end and the number together find the lot in
    /// `lots` by binary search.
    ends: BTreeMap<i64, Timestamp>,
    unread: Holdings,
    entries: Vec<Entry>,
    touched: BTreeSet<i64>,
    /// No bonuses are redeemed before this moment.
    frozen_until: Option<Timestamp>,
}

impl Account {
    /// Makes an account from its stored state. `lots` must contain every lot that has something
    /// remaining.
    pub fn new(balance: Money, debt: Money, last_seq: i64, lots: Vec<Lot>) -> Self {
        let mut account = Self {
            balance,
            debt,
            last_seq,
            lots: Vec::new(),
            ends: BTreeMap::new(),
            unread: Holdings::default(),
            entries: Vec::new(),
            touched: BTreeSet::new(),
            frozen_until: None,
        };
        account.add(lots);
        account
    }

    /// Makes an account from its stored state without its lots. `unread` is what those lots hold.
    pub fn unread(balance: Money, debt: Money, last_seq: i64, unread: Holdings) -> Self {
        Self {
            unread,
            ..Self::new(balance, debt, last_seq, Vec::new())
        }
    }

    /// Forbids redemptions before `until`.
    #[must_use]
    pub fn frozen(mut self, until: Option<Timestamp>) -> Self {
        self.frozen_until = until;
        self
    }

    /// Returns the moment before which no bonuses are redeemed; `None` if that is over at `now`.
    pub(crate) fn frozen_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.frozen_until.filter(|until| now < *until)
    }

    /// Adds stored lots to those in memory. A lot that is already in memory stays as it is. `now`
    /// is the moment at which the sums of the unread lots were computed.
    ///
    /// Before bonuses are spent or revoked, the caller must read lots in spending order until they
    /// hold the amount. It must also read the lots that a revocation takes first and the lots that
    /// a restoration gives back to.
    pub fn read(&mut self, lots: Vec<Lot>, now: Timestamp) {
        let mut new = lots;
        new.retain(|lot| !self.ends.contains_key(&lot.seq));
        for lot in &new {
            self.unread.discount(lot, now);
        }
        self.add(new);
    }

    fn add(&mut self, lots: Vec<Lot>) {
        let ends = lots.iter().map(|lot| (lot.seq, lot.spending_order().0));
        self.ends.extend(ends);
        self.lots.extend(lots);
        self.lots.sort_by_key(Lot::spending_order);
    }

    /// Returns the sum of all entries: what remains in the lots, less the debt. Expired lots count
    /// until the nightly job ends them.
    pub fn balance(&self) -> Money {
        self.balance
    }

    /// Returns the amount that returns took beyond what the lots held and that no credit has paid
    /// yet.
    pub fn debt(&self) -> Money {
        self.debt
    }

    /// Returns the number of the last entry.
    pub fn last_seq(&self) -> i64 {
        self.last_seq
    }

    /// Returns the lots in memory, the soonest to expire first.
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// Returns what the lots that are not in memory hold.
    pub(crate) fn unread_total(&self) -> Money {
        self.unread.total()
    }

    /// Returns what the lots hold at `now`, split by what the client can do with it.
    pub fn holdings(&self, now: Timestamp) -> Holdings {
        let mut holdings = self.unread;
        for lot in &self.lots {
            holdings.count(lot, now);
        }
        holdings
    }

    /// Returns the entries added since loading. The caller stores them.
    pub fn new_entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the lot that the entry `seq` opened, with what remains of it now.
    pub fn lot(&self, seq: i64) -> Option<&Lot> {
        self.lots.get(self.place(seq)?)
    }

    fn place(&self, seq: i64) -> Option<usize> {
        let order = (*self.ends.get(&seq)?, seq);
        self.lots
            .binary_search_by_key(&order, Lot::spending_order)
            .ok()
    }

    /// Returns the lots that were stored before and whose `remaining` has changed since loading.
    pub fn changed_lots(&self) -> impl Iterator<Item = &Lot> {
        let first_new = self.entries.first().map_or(i64::MAX, |entry| entry.seq);
        self.touched
            .range(..first_new)
            .filter_map(|seq| self.lot(*seq))
    }

    /// Opens a lot; the debt is paid from it first. Does nothing if `amount` is zero.
    pub fn credit(
        &mut self,
        kind: LotKind,
        amount: Money,
        source: Source,
        now: Timestamp,
        available_at: Timestamp,
        expires_at: Option<Timestamp>,
    ) {
        let lot = Lot {
            seq: 0,
            kind,
            amount,
            remaining: amount,
            available_at,
            expires_at,
            sale_id: source.sale_id,
        };
        self.open_paying_debt(EntryKind::Credit(kind), lot, source, now);
    }

    /// Opens a lot with the amount, kind, dates and sale of `lot`; the debt is paid from it first.
    /// Does nothing if the amount is zero.
    pub(crate) fn open_paying_debt(
        &mut self,
        kind: EntryKind,
        lot: Lot,
        source: Source,
        now: Timestamp,
    ) {
        let amount = lot.amount;
        if !amount.is_positive() {
            return;
        }
        let seq = self.last_seq + 1;
        let to_debt = amount.min(self.debt);
        self.open(Lot {
            seq,
            remaining: amount - to_debt,
            ..lot
        });
        let allocations = allocation(seq, to_debt).into_iter().collect();
        self.append(kind, Some(amount), allocations, -to_debt, source, now);
    }

    /// Takes `amount` from available lots, the soonest to expire first. Takes welcome lots only if
    /// `welcome_allowed`.
    ///
    /// # Errors
    /// [`LedgerFault::Overspent`] if the lots do not hold the amount. The caller checks the rules
    /// first, so this means that the ledger is wrong.
    pub fn spend(
        &mut self,
        amount: Money,
        source: Source,
        now: Timestamp,
        welcome_allowed: bool,
    ) -> Result<(), LedgerFault> {
        let (allocations, missing) =
            self.take(amount, |lot| lot.is_spendable(now, welcome_allowed));
        if missing.is_positive() {
            return Err(LedgerFault::Overspent(missing));
        }
        self.append_debit(EntryKind::Redeem, allocations, Money::ZERO, source, now);
        Ok(())
    }

    /// Takes back `amount`: first from the lots for which `own` is true, even if they are held,
    /// then from the others. The rest becomes debt (rules, "Lots").
    ///
    /// # Errors
    /// [`LedgerFault::Unread`] if a debt would arise although not every lot has been read.
    pub fn revoke(
        &mut self,
        amount: Money,
        own: impl Fn(&Lot) -> bool,
        source: Source,
        now: Timestamp,
    ) -> Result<(), LedgerFault> {
        let (mut allocations, left) = self.take(amount, |lot| own(lot) && !lot.is_expired(now));
        let (others, to_debt) = self.take(left, |lot| !own(lot) && !lot.is_expired(now));
        let unread = self.unread.total();
        if to_debt.is_positive() && unread.is_positive() {
            let missing = to_debt;
            return Err(LedgerFault::Unread { missing, unread });
        }
        allocations.extend(others);
        self.append_debit(EntryKind::Revoke, allocations, to_debt, source, now);
        Ok(())
    }

    /// Ends every expired lot in memory, with one entry for each. Returns the sum of what they
    /// held.
    pub fn expire(&mut self, now: Timestamp) -> Money {
        let before = self.balance;
        // In spending order, the expired lots come first.
        let due = self.lots.partition_point(|lot| lot.is_expired(now));
        for place in 0..due {
            let Some(lot) = self.lots.get_mut(place) else {
                break;
            };
            let (seq, left) = (lot.seq, std::mem::take(&mut lot.remaining));
            self.touched.insert(seq);
            let taken = allocation(seq, left).into_iter().collect();
            let source = Source::default();
            self.append_debit(EntryKind::Expire, taken, Money::ZERO, source, now);
        }
        before - self.balance
    }

    /// Takes up to `amount` from the lots that `eligible` allows, in spending order. Returns the
    /// allocations and the amount that these lots did not hold.
    pub(crate) fn take(
        &mut self,
        amount: Money,
        eligible: impl Fn(&Lot) -> bool,
    ) -> (Vec<Allocation>, Money) {
        let mut left = amount;
        let mut allocations = Vec::new();
        for lot in self.lots.iter_mut().filter(|lot| eligible(lot)) {
            if left.is_zero() {
                break;
            }
            let taken = lot.remaining.min(left);
            if taken.is_positive() {
                lot.remaining -= taken;
                left -= taken;
                self.touched.insert(lot.seq);
                allocations.extend(allocation(lot.seq, taken));
            }
        }
        (allocations, left)
    }

    fn open(&mut self, lot: Lot) {
        self.ends.insert(lot.seq, lot.spending_order().0);
        let place = self
            .lots
            .partition_point(|other| other.spending_order() < lot.spending_order());
        self.lots.insert(place, lot);
    }

    pub(crate) fn append_debit(
        &mut self,
        kind: EntryKind,
        allocations: Vec<Allocation>,
        new_debt: Money,
        source: Source,
        at: Timestamp,
    ) {
        self.append(kind, None, allocations, new_debt, source, at);
    }

    /// Adds the entry that explains a change of the lots. Adds no entry if the balance does not
    /// change.
    pub(crate) fn append(
        &mut self,
        kind: EntryKind,
        opened: Option<Money>,
        allocations: Vec<Allocation>,
        debt_change: Money,
        source: Source,
        at: Timestamp,
    ) {
        let taken: Money = allocations.iter().map(|allocation| allocation.amount).sum();
        let amount = opened.unwrap_or_default() - taken - debt_change;
        if amount.is_zero() {
            return;
        }
        self.last_seq += 1;
        self.balance += amount;
        self.debt += debt_change;
        self.entries.push(Entry {
            seq: self.last_seq,
            kind,
            amount,
            debt_change,
            allocations,
            opened,
            source,
            at,
        });
    }
}

fn allocation(lot_seq: i64, amount: Money) -> Option<Allocation> {
    (!amount.is_zero()).then_some(Allocation { lot_seq, amount })
}
