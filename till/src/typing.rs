//! Decides which field a key is for after the keypad has switched to another field by itself.
//!
//! A cashier who types one digit too many after a phone does not mean it as a digit of the amount.
//! So keys that follow immediately do nothing, until the cashier has paused or has chosen a field.

use crate::amount::Key;
use crate::phone::PhoneEntry;

/// The time without a key after which typing counts as paused, in milliseconds.
pub const PAUSE_MS: u32 = 600;

/// The target of a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyTarget {
    /// The field that the keypad writes to now.
    Field,
    /// Nothing: the key followed the automatic switch too soon.
    Nothing,
    /// The completed phone. It contains its new state.
    Phone(PhoneEntry),
}

/// The time of the last key, and whether the keypad has switched fields by itself since the cashier
/// last chose one. Times are the `Event.timeStamp` of the keys.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Typing {
    last_ms: Option<i64>,
    has_switched: bool,
    /// The phone whose completion caused the switch.
    phone: Option<PhoneEntry>,
}

impl Typing {
    /// Records a key that was pressed in any field.
    pub fn record_key(&mut self, at_ms: i64) {
        self.last_ms = self.last_ms.max(Some(at_ms));
    }

    /// Records that the keypad now writes the amount, although the cashier has not chosen it: a
    /// `phone` was completed, a client was found, or a sale was finished.
    pub fn switched(&mut self, phone: Option<PhoneEntry>) {
        self.has_switched = true;
        self.phone = phone;
    }

    /// Records that the cashier has chosen the field to write to.
    pub fn chosen(&mut self) {
        self.has_switched = false;
        self.phone = None;
    }

    /// Returns whether a key at this moment follows the switch too soon, so that it was meant for
    /// the previous field.
    pub fn is_typed_on(&self, at_ms: i64) -> bool {
        let is_soon = |last| at_ms.saturating_sub(last) < i64::from(PAUSE_MS);
        self.has_switched && self.last_ms.is_some_and(is_soon)
    }

    /// Returns the phone that a digit continues, no matter how late the digit comes. This is only
    /// possible for a phone that may be the country code and the beginning of another number, and
    /// that belongs to no known client.
    pub fn go_on(&mut self, key: Key, at_ms: i64) -> Option<PhoneEntry> {
        let may_go_on = matches!(key, Key::Digit(_) | Key::DoubleZero)
            && self.phone.as_ref().is_some_and(PhoneEntry::may_go_on);
        if !may_go_on {
            return None;
        }
        let mut phone = self.phone.take()?;
        phone.key(key);
        self.record_key(at_ms);
        self.chosen();
        Some(phone)
    }

    /// Handles a key of the keypad while it writes the amount. As long as no client `is_found` by
    /// the phone, Backspace and Clear change the phone, no matter how late they come.
    pub fn press(&mut self, key: Key, at_ms: i64, is_found: bool) -> KeyTarget {
        let is_typed_on = self.is_typed_on(at_ms);
        self.record_key(at_ms);
        if matches!(key, Key::Backspace | Key::Clear)
            && (is_typed_on || !is_found)
            && let Some(mut phone) = self.phone.take()
        {
            phone.key(key);
            self.chosen();
            return KeyTarget::Phone(phone);
        }
        if is_typed_on {
            return KeyTarget::Nothing;
        }
        self.chosen();
        KeyTarget::Field
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

    /// Returns the state after a phone whose last digit was typed at 1,000 ms.
    fn whole() -> Typing {
        let mut typing = Typing::default();
        typing.record_key(1_000);
        typing.switched(Some(phone("900000500")));
        typing
    }

    #[test]
    fn keys_right_after_the_switch_do_nothing_until_a_pause() {
        let mut typing = whole();
        for at in [1_100, 1_600, 2_199] {
            assert_eq!(typing.press(Key::Digit(0), at, true), KeyTarget::Nothing);
        }
        // A busy page may handle a key late, after keys that were pressed later.
        assert_eq!(
            typing.press(Key::DoubleZero, 1_050, true),
            KeyTarget::Nothing
        );
        assert!(typing.is_typed_on(2_798));
        assert_eq!(typing.press(Key::Digit(5), 2_799, true), KeyTarget::Field);
        assert_eq!(typing.press(Key::Digit(5), 2_850, true), KeyTarget::Field);
    }

    #[test]
    fn a_chosen_field_takes_keys_at_once() {
        let mut typing = whole();
        typing.chosen();
        assert_eq!(typing.press(Key::Digit(5), 1_100, true), KeyTarget::Field);
    }

    #[test]
    fn without_keys_before_the_switch_no_key_is_ignored() {
        let mut typing = Typing::default();
        typing.switched(None);
        assert_eq!(typing.press(Key::Digit(5), 10, true), KeyTarget::Field);
        let mut typing = Typing::default();
        typing.record_key(1_000);
        typing.switched(None);
        assert_eq!(
            typing.press(Key::Backspace, 1_100, true),
            KeyTarget::Nothing
        );
        assert_eq!(typing.press(Key::Backspace, 1_700, true), KeyTarget::Field);
    }

    #[test]
    fn backspace_and_clear_open_the_phone_again() {
        let mut typing = whole();
        let corrected = KeyTarget::Phone(phone("90000050"));
        assert_eq!(typing.press(Key::Backspace, 1_300, true), corrected);
        assert_eq!(typing.press(Key::Digit(5), 1_350, false), KeyTarget::Field);
        let cleared = KeyTarget::Phone(PhoneEntry::default());
        assert_eq!(whole().press(Key::Clear, 1_300, true), cleared);
    }

    #[test]
    fn a_number_that_begins_with_the_code_can_be_continued_late() {
        let begun = || {
            let mut typing = Typing::default();
            typing.record_key(1_000);
            typing.switched(Some(phone("992900000")));
            typing
        };
        let mut typing = begun();
        assert_eq!(typing.go_on(Key::Digit(5), 9_000), Some(phone("9000005")));
        assert_eq!(typing.go_on(Key::Digit(0), 9_100), None);
        for key in [Key::Backspace, Key::Clear, Key::Comma] {
            assert_eq!(begun().go_on(key, 9_000), None);
        }
        assert_eq!(whole().go_on(Key::Digit(5), 9_000), None);
        // If the cashier has chosen the amount, it is a digit of the amount.
        let mut typing = begun();
        typing.chosen();
        assert_eq!(typing.go_on(Key::Digit(5), 9_000), None);
    }

    #[test]
    fn an_unknown_phone_can_be_corrected_until_an_amount_is_typed() {
        let corrected = KeyTarget::Phone(phone("90000050"));
        assert_eq!(whole().press(Key::Backspace, 9_000, false), corrected);
        assert_eq!(whole().press(Key::Backspace, 9_000, true), KeyTarget::Field);
        let mut typing = whole();
        assert_eq!(typing.press(Key::Digit(1), 9_000, false), KeyTarget::Field);
        assert_eq!(typing.press(Key::Backspace, 9_100, false), KeyTarget::Field);
    }
}
