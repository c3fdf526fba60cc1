//! Giving redeemed bonuses back.

use super::{Account, allocation};
use crate::entry::{EntryKind, Lot, LotKind, Source};
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::time::Timestamp;

/// Redeemed bonuses that a return puts back into the lot they came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoredPart {
    /// The number of the lot. The account must have been loaded with this lot, if it is its own.
    pub lot_seq: i64,
    /// The amount to put back.
    pub amount: Money,
    /// The lot, if it belongs to an account that was merged into this one. What is put back opens
    /// a lot of its kind, dates and sale here.
    pub moved: Option<Lot>,
}

impl Account {
    /// Puts redeemed bonuses back into the lots they came from. If a lot has expired since, its
    /// bonuses go into a new `restore` lot that ends at `expires_at`. Bonuses of a lot of a merged
    /// account open a lot like it. Debt is paid first.
    ///
    /// # Errors
    /// [`LedgerFault::UnknownLot`] if a lot is missing or would hold more than its amount.
    pub fn restore(
        &mut self,
        parts: &[RestoredPart],
        source: Source,
        now: Timestamp,
        expires_at: Option<Timestamp>,
    ) -> Result<(), LedgerFault> {
        let mut allocations = Vec::new();
        let (mut owed, mut expired) = (self.debt, Money::ZERO);
        let mut moved = Vec::new();
        for part in parts {
            if let Some(lot) = part.moved {
                if lot.is_expired(now) {
                    expired += part.amount;
                } else {
                    moved.push(Lot {
                        amount: part.amount,
                        ..lot
                    });
                }
                continue;
            }
            let place = self.place(part.lot_seq);
            let lot = place
                .and_then(|place| self.lots.get_mut(place))
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
        for lot in moved {
            self.open_paying_debt(EntryKind::Restore, lot, source, now);
        }
        Ok(())
    }
}
