//! A request of a till.

use super::address::AddressPrefix;
use super::mark::{DeviceMark, Mark};
use super::program::Program;
use crate::time::Timestamp;

/// The most digits of a receipt's number. Longer ones are ids and count nothing.
const MAX_DIGITS: usize = 12;

/// A request, as far as it tells who uses the till. Earlier events are less than later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// The moment at which the server got it.
    pub at: Timestamp,
    /// What was asked.
    pub kind: EventKind,
    /// Where it came from.
    pub prefix: AddressPrefix,
    /// The program that sent it.
    pub program: Program,
    /// The client that was looked up, or whose sale or return it is.
    pub client: Option<Mark>,
    /// The number of the receipt, if it [is one](receipt_number).
    pub receipt: Option<u64>,
    /// By how many seconds the date of the document is earlier than [`at`](Self::at), negative if
    /// later. `None` if the till has named no date.
    pub behind_seconds: Option<i32>,
    /// `true` if the till made the document without a connection and sent it later.
    pub is_queued: bool,
}

/// What a request asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A client, and got one.
    Lookup,
    /// To record a sale.
    Sale,
    /// To record a return.
    Return,
    /// Anything, from a device to which the till is not bound. It was refused.
    Refused(DeviceMark),
    /// Something else.
    Other,
}

/// Returns the number that counts a till's receipts: the digits at the end of a receipt number such
/// as `1041` or `AB-000123`. Returns `None` if other digits than zeros come before them, or if
/// there are none or more than twelve.
pub fn receipt_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let before = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let digits = text.strip_prefix(before)?.trim_start_matches('0');
    let is_series = before.chars().all(|sign| sign == '0' || !sign.is_numeric());
    let is_number = is_series && before.len() < text.len() && digits.len() <= MAX_DIGITS;
    let value = if digits.is_empty() { "0" } else { digits };
    value.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_number_is_the_digits_at_its_end() {
        for (text, number) in [
            ("1041", Some(1_041)),
            (" 000123 ", Some(123)),
            ("0000-000123", Some(123)),
            ("AB-000123", Some(123)),
            ("0", Some(0)),
            ("999999999999", Some(999_999_999_999)),
            ("1999999999999", None),
            ("7f3a-12", None),
            ("12/1041", None),
            ("AB", None),
            ("12A", None),
            ("", None),
        ] {
            assert_eq!(receipt_number(text), number, "{text}");
        }
    }
}
