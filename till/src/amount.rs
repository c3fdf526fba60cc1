//! The amount of a check, typed on our own keypad.

use domain::Money;

use crate::format::grouped;

/// The largest amount that can be typed: 9 999 999,99.
const MAX_DIRAMS: i64 = 999_999_999;

/// A key of the keypad.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// `0` to `9`; any other number is no key and does nothing.
    Digit(u8),
    /// `00`.
    DoubleZero,
    /// From here on dirams are typed.
    Comma,
    /// Takes back what was typed last.
    Backspace,
    /// Takes back everything.
    Clear,
}

impl Key {
    /// Whether it writes, and takes nothing back.
    fn is_figure(self) -> bool {
        matches!(self, Self::Digit(_) | Self::DoubleZero | Self::Comma)
    }

    /// The key that a keyboard has in its place: `key` is the browser's `KeyboardEvent.key`.
    pub fn from_keyboard(key: &str) -> Option<Self> {
        match key {
            // The keys with `,` and `.` in the Cyrillic layout, under Caps Lock too.
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

/// An amount in the middle of being typed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct AmountEntry {
    dirams: i64,
    /// How many decimals stand after the comma; none where there is no comma yet.
    decimals: Option<u8>,
    /// Nobody has typed it: it gives way to the first figure.
    is_filled_in: bool,
}

impl AmountEntry {
    /// Presses a key. One that would make the amount too large, or add a third decimal, does nothing.
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

    /// What has been typed so far.
    pub fn money(&self) -> Money {
        Money::from_dirams(self.dirams)
    }

    /// As typed, in groups of three digits with no-break spaces: `1 234,5`; `0` where nothing is.
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

    /// The rest of the spelling that every amount has, `,00`, where it has not been typed.
    pub fn rest(&self) -> &'static str {
        match self.decimals {
            None => ",00",
            Some(0) => "00",
            Some(1) => "0",
            Some(_) => "",
        }
    }

    /// True where nothing has been typed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As if `amount` had been typed; what cannot be typed is held at the nearest that can.
    pub fn from_money(amount: Money) -> Self {
        let dirams = amount.dirams().clamp(0, MAX_DIRAMS);
        Self {
            dirams,
            decimals: (dirams % 100 != 0).then_some(2),
            is_filled_in: false,
        }
    }

    /// The same as a proposal: the first figure typed begins anew.
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

    /// Before the comma both zeros or none: one alone would make an amount that nobody meant.
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
