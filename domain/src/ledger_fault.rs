//! Contradictions in a stored ledger.

use crate::money::Money;

/// A contradiction in the stored ledger. It is never the till's fault, and nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerFault {
    /// A redemption that the rules allowed takes more than the lots hold.
    #[error("the lots do not hold the {0} that the rules allowed to spend")]
    Overspent(Money),
    /// A restoration names a lot that is not in memory, or puts more into a lot than was taken from
    /// it.
    #[error("lot {0} cannot take back what is to be restored to it")]
    UnknownLot(i64),
    /// A debt would arise although lots that are not in memory still hold bonuses.
    #[error("{missing} are missing in the lots read, and {unread} are in the others")]
    Unread {
        /// The amount that the lots in memory do not hold.
        missing: Money,
        /// The amount that the lots not in memory hold.
        unread: Money,
    },
    /// The parts to restore do not add up to the amount that the return announced.
    #[error("{due} bonuses are due back, and {found} were found in the sale's redemption")]
    WrongRestore {
        /// The amount that the return announced.
        due: Money,
        /// The sum of the parts.
        found: Money,
    },
}
