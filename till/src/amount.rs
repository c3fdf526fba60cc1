//! The amount of a sale, typed on the page's own keypad.

use domain::Money;

use crate::format::grouped;

/// The largest amount that can be typed: 9 999 999,99.
const MAX_DIRAMS: i64 = 999_999_999;

/// A key of the keypad.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// A digit from `0` to `9`. Any greater number does nothing.
    Digit(u8),
    /// The key `00`.
    DoubleZero,
    /// The comma: the digits after it are dirams.
    Comma,
    /// Removes the character typed last.
    Backspace,
    /// Removes everything.
    Clear,
}

impl Key {
    /// Returns whether the key writes something; the other keys only remove.
    fn is_figure(self) -> bool {
        matches!(self, Self::Digit(_) | Self::DoubleZero | Self::Comma)
    }

    /// Returns the keypad's key for a key of a keyboard. `key` is the browser's
    /// `KeyboardEvent.key`.
    pub fn from_keyboard(key: &str) -> Option<Self> {
        match key {
            // In the Cyrillic layout these letters are on the keys of `,` and `.`; with Caps Lock
            // they are capital.
            "," | "." | "б" | "ю" | "Б" | "Ю" => Some(Self::Comma),
            "Backspace" => Some(Self::Backspace),
            "Delete" | "Escape" => Some(Self::Clear),
            _ => match key.as_bytes() {
                [digit @ b'0'..=b'9'] => Some(Self::Digit(digit - b'0')),
                _ => None,
            },
        }
    }
}

/// An amount that is being typed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct AmountEntry {
    dirams: i64,
    /// The number of decimals typed after the comma; `None` if no comma has been typed.
    decimals: Option<u8>,
    /// `true` if the page has proposed the amount. The first digit typed then replaces it.
    is_filled_in: bool,
}

impl AmountEntry {
    /// Presses a key. A key that would make the amount too large, or add a third decimal, does
    /// nothing.
    pub fn press(&mut self, key: Key) {
        if std::mem::take(&mut self.is_filled_in) && key.is_figure() {
            *self = Self::default();
        }
        match key {
            Key::Digit(digit) => self.digit(digit),
            Key::DoubleZero => self.double_zero(),
            Key::Comma => self.decimals = self.decimals.or(Some(0)),
            Key::Backspace => self.backspace(),
            Key::Clear => *self = Self::default(),
        }
    }

    /// Returns the amount typed so far.
    pub fn money(&self) -> Money {
        Money::from_dirams(self.dirams)
    }

    /// Returns the text as typed, in groups of three digits with no-break spaces: `1 234,5`.
    /// Returns `0` if nothing has been typed.
    pub fn text(&self) -> String {
        let somoni = grouped((self.dirams / 100).unsigned_abs());
        let hundredths = self.dirams % 100;
        match self.decimals {
            None => somoni,
            Some(0) => format!("{somoni},"),
            Some(1) => format!("{somoni},{}", hundredths / 10),
            Some(_) => format!("{somoni},{hundredths:02}"),
        }
    }

    /// Returns the part of `,00` that has not been typed yet, so that every amount is shown with
    /// two decimals.
    pub fn rest(&self) -> &'static str {
        match self.decimals {
            None => ",00",
            Some(0) => "00",
            Some(1) => "0",
            Some(_) => "",
        }
    }

    /// Returns whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Makes an entry as if `amount` had been typed. An amount that cannot be typed becomes the
    /// nearest one that can.
    pub fn from_money(amount: Money) -> Self {
        let dirams = amount.dirams().clamp(0, MAX_DIRAMS);
        Self {
            dirams,
            decimals: (dirams % 100 != 0).then_some(2),
            is_filled_in: false,
        }
    }

    /// Makes an entry with a proposed amount: the first digit typed replaces it.
    pub fn filled_in(amount: Money) -> Self {
        Self {
            is_filled_in: true,
            ..Self::from_money(amount)
        }
    }

    fn digit(&mut self, digit: u8) {
        if digit > 9 {
            return;
        }
        let digit = i64::from(digit);
        let (longer, decimals) = match self.decimals {
            None => (self.dirams * 10 + digit * 100, None),
            Some(0) => (self.dirams + digit * 10, Some(1)),
            Some(1) => (self.dirams + digit, Some(2)),
            Some(_) => return,
        };
        if longer <= MAX_DIRAMS {
            (self.dirams, self.decimals) = (longer, decimals);
        }
    }

    /// Adds both zeros or, if there is no room for both before the comma, no zero: with only one of
    /// them the amount would be wrong.
    fn double_zero(&mut self) {
        if self.decimals.is_some() || self.dirams <= MAX_DIRAMS / 100 {
            self.digit(0);
            self.digit(0);
        }
    }

    fn backspace(&mut self) {
        (self.dirams, self.decimals) = match self.decimals {
            None => (self.dirams / 1_000 * 100, None),
            Some(0) => (self.dirams, None),
            Some(1) => (self.dirams / 100 * 100, Some(0)),
            Some(_) => (self.dirams / 10 * 10, Some(1)),
        };
    }
}
