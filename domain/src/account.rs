//! One client's ledger in memory: lots, entries, debt. Operations append entries and change the
//! remaining of lots; whoever loaded the account stores what it says has changed.

use std::collections::BTreeSet;

use crate::entry::{Allocation, Entry, EntryKind, Lot, LotKind, Source};
use crate::money::Money;
use crate::time::Timestamp;

/// Redeemed bonuses on their way back to the lot they came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoredPart {
    /// The lot; the account must have been loaded with it.
    pub lot_seq: i64,
    /// How much.
    pub amount: Money,
}

/// The stored ledger contradicts itself. Never a till's fault; nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// More to spend than the lots hold, after the rules had allowed it.
    #[error("the lots do not hold the {0} that the rules allowed to spend")]
    Overspent(Money),
    /// An allocation names a lot that is not there, or gives back more than it took.
    #[error("lot {0} cannot take back what is to be restored to it")]
    UnknownLot(i64),
    /// The parts to restore are not what the return announced.
    #[error("{due} bonuses are due back, and {found} were found in the sale's redemption")]
    WrongRestore {
        /// As planned.
        due: Money,
        /// The sum of the parts.
        found: Money,
    },
}

/// A client's account: stored state, and what operations have added to it.
#[derive(Clone, Debug)]
pub struct Account {
    balance: Money,
    debt: Money,
    last_seq: i64,
    lots: Vec<Lot>,
    entries: Vec<Entry>,
    touched: BTreeSet<i64>,
}

impl Account {
    /// The account as stored. `lots`: at least every lot with something remaining.
    pub fn new(balance: Money, debt: Money, last_seq: i64, mut lots: Vec<Lot>) -> Self {
        lots.sort_by_key(Lot::spending_order);
        Self {
            balance,
            debt,
            last_seq,
            lots,
            entries: Vec::new(),
            touched: BTreeSet::new(),
        }
    }

    /// The sum of every entry: what remains in the lots (expired and unswept ones too) less the debt.
    pub fn balance(&self) -> Money {
        self.balance
    }

    /// What returns have taken beyond the lots, and no credit has paid yet.
    pub fn debt(&self) -> Money {
        self.debt
    }

    /// The number of the last entry.
    pub fn last_seq(&self) -> i64 {
        self.last_seq
    }

    /// The lots, soonest to expire first.
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// Entries added since loading, to be stored.
    pub fn new_entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The lot an entry opened, with what remains of it now.
    pub fn lot(&self, seq: i64) -> Option<&Lot> {
        self.lots.iter().find(|lot| lot.seq == seq)
    }

    /// Lots that were stored before and whose remaining has changed since loading.
    pub fn changed_lots(&self) -> impl Iterator<Item = &Lot> {
        let first_new = self.entries.first().map_or(i64::MAX, |entry| entry.seq);
        self.lots
            .iter()
            .filter(move |lot| lot.seq < first_new && self.touched.contains(&lot.seq))
    }

    /// Opens a lot; debt is paid from it first. Does nothing for zero.
    pub fn credit(
        &mut self,
        kind: LotKind,
        amount: Money,
        source: Source,
        now: Timestamp,
        available_at: Timestamp,
        expires_at: Option<Timestamp>,
    ) {
        if !amount.is_positive() {
            return;
        }
        let seq = self.last_seq + 1;
        let to_debt = amount.min(self.debt);
        self.open(Lot {
            seq,
            kind,
            amount,
            remaining: amount - to_debt,
            available_at,
            expires_at,
            sale_id: source.sale_id,
        });
        let allocations = allocation(seq, to_debt).into_iter().collect();
        self.append(
            EntryKind::Credit(kind),
            Some(amount),
            allocations,
            -to_debt,
            source,
            now,
        );
    }

    /// Takes `amount` from available lots, soonest to expire first; from welcome lots only where
    /// `welcome_allowed`.
    ///
    /// # Errors
    /// [`LedgerFault::Overspent`] where they do not hold it: the caller has asked the rules before.
    pub fn spend(
        &mut self,
        amount: Money,
        source: Source,
        now: Timestamp,
        welcome_allowed: bool,
    ) -> Result<(), LedgerFault> {
        let (allocations, missing) = self.take(amount, |lot| {
            !lot.is_held(now)
                && !lot.is_expired(now)
                && (welcome_allowed || lot.kind != LotKind::Welcome)
        });
        if missing.is_positive() {
            return Err(LedgerFault::Overspent(missing));
        }
        self.append_debit(EntryKind::Redeem, allocations, Money::ZERO, source, now);
        Ok(())
    }

    /// Takes back `amount`: from the lots that are `own` to what is revoked first, even held, then
    /// from the others, and the rest as debt (rules, "Lots").
    pub fn revoke(
        &mut self,
        amount: Money,
        own: impl Fn(&Lot) -> bool,
        source: Source,
        now: Timestamp,
    ) {
        let (mut allocations, left) = self.take(amount, |lot| own(lot) && !lot.is_expired(now));
        let (others, to_debt) = self.take(left, |lot| !own(lot) && !lot.is_expired(now));
        allocations.extend(others);
        self.append_debit(EntryKind::Revoke, allocations, to_debt, source, now);
    }

    /// Puts redeemed bonuses back into the lots they came from; what has expired meanwhile opens a
    /// `restore` lot that lives until `expires_at`. Debt is paid first.
    ///
    /// # Errors
    /// [`LedgerFault::UnknownLot`] where a lot is missing or would hold more than its amount.
    pub fn restore(
        &mut self,
        parts: &[RestoredPart],
        source: Source,
        now: Timestamp,
        expires_at: Option<Timestamp>,
    ) -> Result<(), LedgerFault> {
        let mut allocations = Vec::new();
        let (mut owed, mut expired) = (self.debt, Money::ZERO);
        for part in parts {
            let lot = self
                .lots
                .iter_mut()
                .find(|lot| lot.seq == part.lot_seq)
                .ok_or(LedgerFault::UnknownLot(part.lot_seq))?;
            if lot.is_expired(now) {
                expired += part.amount;
                continue;
            }
            let to_debt = part.amount.min(owed);
            owed -= to_debt;
            let back = part.amount - to_debt;
            if lot.remaining + back > lot.amount {
                return Err(LedgerFault::UnknownLot(part.lot_seq));
            }
            lot.remaining += back;
            self.touched.insert(lot.seq);
            allocations.extend(allocation(lot.seq, -back));
        }
        let opened = expired.is_positive().then_some(expired);
        if let Some(amount) = opened {
            let seq = self.last_seq + 1;
            let to_debt = amount.min(owed);
            owed -= to_debt;
            allocations.extend(allocation(seq, to_debt));
            self.open(Lot {
                seq,
                kind: LotKind::Restore,
                amount,
                remaining: amount - to_debt,
                available_at: now,
                expires_at,
                sale_id: None,
            });
        }
        self.append(
            EntryKind::Restore,
            opened,
            allocations,
            owed - self.debt,
            source,
            now,
        );
        Ok(())
    }

    /// Ends every lot whose time has come, one entry each. Returns what went.
    pub fn expire(&mut self, now: Timestamp) -> Money {
        let due: Vec<i64> = self
            .lots
            .iter()
            .filter(|lot| lot.is_expired(now) && lot.remaining.is_positive())
            .map(|lot| lot.seq)
            .collect();
        let before = self.balance;
        for seq in due {
            let (allocations, _) = self.take(Money::from_dirams(i64::MAX), |lot| lot.seq == seq);
            self.append_debit(
                EntryKind::Expire,
                allocations,
                Money::ZERO,
                Source::default(),
                now,
            );
        }
        before - self.balance
    }

    /// Takes up to `amount` from the lots that `eligible` allows, in spending order; what they did not
    /// hold comes back beside the allocations.
    fn take(&mut self, amount: Money, eligible: impl Fn(&Lot) -> bool) -> (Vec<Allocation>, Money) {
        let mut left = amount;
        let mut allocations = Vec::new();
        for lot in self.lots.iter_mut().filter(|lot| eligible(lot)) {
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
        let place = self
            .lots
            .partition_point(|other| other.spending_order() < lot.spending_order());
        self.lots.insert(place, lot);
    }

    fn append_debit(
        &mut self,
        kind: EntryKind,
        allocations: Vec<Allocation>,
        new_debt: Money,
        source: Source,
        at: Timestamp,
    ) {
        self.append(kind, None, allocations, new_debt, source, at);
    }

    /// Adds the entry that explains what was done to the lots; one that did nothing leaves no trace.
    fn append(
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
