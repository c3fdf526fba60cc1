//! What stands for a client, a program or a device where the thing itself must not be kept.

use std::fmt;

/// The signs of a device's id that are kept readable.
const TAIL: usize = 4;

/// A keyed hash. The same thing always has the same mark, and a mark does not lead back to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u64);

impl Mark {
    /// Makes a mark of the first 64 bits of a keyed hash.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Returns the 64 bits.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Reads what [`Display`](fmt::Display) writes. Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bits = u64::from_str_radix(text, 16).ok();
        bits.filter(|_| is_hex).map(Self)
    }
}

/// Writes the bits as a hexadecimal number.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

/// A device: its mark, and the last signs of its id, by which its owner recognises it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceMark {
    mark: Mark,
    tail: [char; TAIL],
}

impl DeviceMark {
    /// Makes the mark of the device with this id.
    pub fn new(mark: Mark, device_id: &str) -> Self {
        let mut tail = ['\0'; TAIL];
        let skipped = device_id.chars().count().saturating_sub(TAIL);
        for (sign, kept) in device_id.chars().skip(skipped).zip(&mut tail) {
            // The other signs divide lines and fields of the text form.
            *kept = if sign.is_alphanumeric() { sign } else { '_' };
        }
        Self { mark, tail }
    }

    /// Returns the keyed hash of the id.
    pub const fn mark(self) -> Mark {
        self.mark
    }

    /// Returns the last four signs of the id. Signs other than letters and digits are `_`.
    pub fn tail(self) -> String {
        self.tail.iter().filter(|&&sign| sign != '\0').collect()
    }
}
