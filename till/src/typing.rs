//! Whom a key is meant for, when the keypad has begun to write elsewhere by itself.
//!
//! Who types a digit too many behind a phone means no digit of the sum. So what is typed on does nothing, until the
//! typing has paused or the cashier has chosen where to write.

use crate::amount::Key;
use crate::phone::PhoneEntry;

/// Typing has paused after this long without a key, in milliseconds.
pub const PAUSE_MS: u32 = 600;

/// What a key is meant for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meant {
    /// What the keypad writes now.
    Field,
    /// Nothing: it was typed on.
    Nothing,
    /// The phone that was whole, which is this now.
    Phone(PhoneEntry),
}

/// When keys were pressed, and whether the keypad writes elsewhere since. Moments are those of the keys themselves.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Typing {
    last_ms: Option<i64>,
    has_turned: bool,
    /// What was typed until it was whole.
    phone: Option<PhoneEntry>,
}

impl Typing {
    /// A key was pressed, in whatever field.
    pub fn heard(&mut self, at_ms: i64) {
        self.last_ms = self.last_ms.max(Some(at_ms));
    }

    /// The keypad writes the sum from here on, and nobody has chosen it: a `phone` is whole, a client was found, a check
    /// is done.
    pub fn turned(&mut self, phone: Option<PhoneEntry>) {
        self.has_turned = true;
        self.phone = phone;
    }

    /// The cashier has chosen what the keypad writes.
    pub fn chosen(&mut self) {
        self.has_turned = false;
        self.phone = None;
    }

    /// Whether a key at this moment is typed on, and meant for what the keypad wrote before.
    pub fn is_typed_on(&self, at_ms: i64) -> bool {
        let is_soon = |last| at_ms.saturating_sub(last) < i64::from(PAUSE_MS);
        self.has_turned && self.last_ms.is_some_and(is_soon)
    }

    /// The phone that a digit goes on with, however late: one that may be the country's code and the beginning of another,
    /// and that no client is known to have.
    pub fn go_on(&mut self, key: Key, at_ms: i64) -> Option<PhoneEntry> {
        let may_go_on = matches!(key, Key::Digit(_) | Key::DoubleZero)
            && self.phone.as_ref().is_some_and(PhoneEntry::may_go_on);
        if !may_go_on {
            return None;
        }
        let mut phone = self.phone.take()?;
        phone.key(key);
        self.heard(at_ms);
        self.chosen();
        Some(phone)
    }

    /// A key of the keypad while it writes the sum. While nobody `is_found` by the phone, what takes back is meant for
    /// the phone, however late.
    pub fn press(&mut self, key: Key, at_ms: i64, is_found: bool) -> Meant {
        let is_typed_on = self.is_typed_on(at_ms);
        self.heard(at_ms);
        if matches!(key, Key::Backspace | Key::Clear)
            && (is_typed_on || !is_found)
            && let Some(mut phone) = self.phone.take()
        {
            phone.key(key);
            self.chosen();
            return Meant::Phone(phone);
        }
        if is_typed_on {
            return Meant::Nothing;
        }
        self.chosen();
        Meant::Field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(digits: &str) -> PhoneEntry {
        let mut phone = PhoneEntry::default();
        phone.set(digits);
        phone
    }

    /// A phone whose last digit was typed at 1 000 ms.
    fn whole() -> Typing {
        let mut typing = Typing::default();
        typing.heard(1_000);
        typing.turned(Some(phone("900000500")));
        typing
    }

    #[test]
    fn what_is_typed_on_does_nothing_until_the_typing_has_paused() {
        let mut typing = whole();
        for at in [1_100, 1_600, 2_199] {
            assert_eq!(typing.press(Key::Digit(0), at, true), Meant::Nothing);
        }
        // A busy page may hear of a key that was pressed before.
        assert_eq!(typing.press(Key::DoubleZero, 1_050, true), Meant::Nothing);
        assert!(typing.is_typed_on(2_798));
        assert_eq!(typing.press(Key::Digit(5), 2_799, true), Meant::Field);
        assert_eq!(typing.press(Key::Digit(5), 2_850, true), Meant::Field);
    }

    #[test]
    fn the_cashier_s_choice_ends_it() {
        let mut typing = whole();
        typing.chosen();
        assert_eq!(typing.press(Key::Digit(5), 1_100, true), Meant::Field);
    }

    #[test]
    fn nobody_types_on_who_has_not_typed() {
        let mut typing = Typing::default();
        typing.turned(None);
        assert_eq!(typing.press(Key::Digit(5), 10, true), Meant::Field);
        let mut typing = Typing::default();
        typing.heard(1_000);
        typing.turned(None);
        assert_eq!(typing.press(Key::Backspace, 1_100, true), Meant::Nothing);
        assert_eq!(typing.press(Key::Backspace, 1_700, true), Meant::Field);
    }

    #[test]
    fn taking_back_opens_the_phone_again() {
        let mut typing = whole();
        let mended = Meant::Phone(phone("90000050"));
        assert_eq!(typing.press(Key::Backspace, 1_300, true), mended);
        assert_eq!(typing.press(Key::Digit(5), 1_350, false), Meant::Field);
        let cleared = Meant::Phone(PhoneEntry::default());
        assert_eq!(whole().press(Key::Clear, 1_300, true), cleared);
    }

    #[test]
    fn a_number_that_began_with_the_country_s_code_goes_on_however_late() {
        let begun = || {
            let mut typing = Typing::default();
            typing.heard(1_000);
            typing.turned(Some(phone("992900000")));
            typing
        };
        let mut typing = begun();
        assert_eq!(typing.go_on(Key::Digit(5), 9_000), Some(phone("9000005")));
        assert_eq!(typing.go_on(Key::Digit(0), 9_100), None);
        for key in [Key::Backspace, Key::Clear, Key::Comma] {
            assert_eq!(begun().go_on(key, 9_000), None);
        }
        assert_eq!(whole().go_on(Key::Digit(5), 9_000), None);
        // Where the cashier has chosen the sum, it is a digit of it.
        let mut typing = begun();
        typing.chosen();
        assert_eq!(typing.go_on(Key::Digit(5), 9_000), None);
    }

    #[test]
    fn a_phone_of_nobody_is_mended_however_late_until_a_sum_is_typed() {
        let mended = Meant::Phone(phone("90000050"));
        assert_eq!(whole().press(Key::Backspace, 9_000, false), mended);
        assert_eq!(whole().press(Key::Backspace, 9_000, true), Meant::Field);
        let mut typing = whole();
        assert_eq!(typing.press(Key::Digit(1), 9_000, false), Meant::Field);
        assert_eq!(typing.press(Key::Backspace, 9_100, false), Meant::Field);
    }
}
