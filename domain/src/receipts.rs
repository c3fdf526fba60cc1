//! Receipts (purchases without a client), and the time in which a till may void them.

use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The time in seconds during which a till may void its own receipt.
pub const VOIDABLE_SECONDS: i64 = 24 * 3_600;

/// Checks that a receipt recorded at `recorded_at` may be voided at `now`.
///
/// # Errors
/// [`Refusal::ReceiptTooOld`].
pub fn check_voidable(recorded_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if recorded_at.plus_seconds(VOIDABLE_SECONDS) < now {
        Err(Refusal::ReceiptTooOld)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_can_be_voided_for_a_day() {
        let (recorded, day) = (Timestamp::default(), Timestamp::default().plus_days(1));
        assert_eq!(check_voidable(recorded, day), Ok(()));
        let later = Timestamp::from_micros(day.micros() + 1);
        assert_eq!(check_voidable(recorded, later), Err(Refusal::ReceiptTooOld));
    }
}
