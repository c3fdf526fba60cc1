//! A keyboard-wedge scanner. It types a whole code in a burst, and most scanners end it with Enter
//! or Tab.

use domain::{CardNumber, Phone};

/// The largest gap between two keys of most scanners, in milliseconds. A person's keys are hardly
/// ever as close, and never [`LET_THROUGH`] + 1 keys in a row.
const MAX_GAP_MS: i64 = 100;

/// The largest gap between two keys of slow scanners, in milliseconds: 120 ms, plus two polls of
/// the keyboard (8 ms each) by which time stamps may be wrong. At this pace only a whole code
/// distinguishes a scanner from a person.
const SLOW_GAP_MS: i64 = 136;

/// The largest gap between a character and the end key of a scanner, in milliseconds, that
/// distinguishes even a single character from a person's: nobody presses a digit and then Enter as
/// fast. Codes of goods and of forms, or their first lines, may be that short.
const MAX_END_GAP_MS: i64 = 60;

/// The time after a scanner's end key in which further end keys are the scanner's too, in
/// milliseconds: some scanners end a code with two Enters.
const AFTER_END_MS: i64 = 300;

/// The number of close keys that may still come from a person: the key `000` of a numeric keypad
/// sends three at once. The page handles these keys as usual, and more of them from a slow scanner.
/// When the code is complete, it must undo them; [`Wedge::is_first`] says when to save the state
/// for that.
pub const LET_THROUGH: usize = 3;

/// The time without a key after which a burst is over, in milliseconds. Some scanners are
/// configured to send no end key. After this time the page calls [`Wedge::take`].
pub const SILENCE_MS: u32 = 250;

/// The meaning of a key, recognised from the keys before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recognised {
    /// A key that may come from a person. The page handles it as usual.
    Nothing,
    /// A key of a scanner. The page ignores it.
    Burst,
    /// The end of the text that a scanner has typed, whether or not it is a code. The page ignores
    /// this key.
    Code(String),
    /// The text that a scanner has typed ended before this key. This key may come from a person.
    CodeBefore(String),
}

/// Recognises scanned codes among all keys of the page. It must not receive repeated keys or keys
/// with Ctrl or Alt.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Wedge {
    typed: String,
    last_ms: i64,
    /// The number of last keys that followed each other as closely as a scanner's keys.
    close: usize,
    is_scanner: bool,
    /// The length of the part of `typed` that was already taken. Keys that follow in time by their
    /// time stamps still belong to the same code: on a busy machine the page may notice a silence
    /// in the middle of a code.
    taken: usize,
    /// The moment of the last end key of a scanner. Keys that follow it closely are the next line
    /// of the same code.
    ended_ms: Option<i64>,
}

impl Wedge {
    /// Handles a key. `key` is the browser's `KeyboardEvent.key`. `at_ms` is the time stamp of the
    /// key, not the moment when the page handles it, because a busy page receives even a person's
    /// keys all at once.
    pub fn key(&mut self, key: &str, at_ms: i64) -> Recognised {
        if is_modifier(key) {
            return Recognised::Nothing;
        }
        let gap = at_ms.saturating_sub(self.last_ms);
        let goes_on = !self.typed.is_empty() && (0..=SLOW_GAP_MS).contains(&gap);
        let Some(character) = single(key) else {
            return self.named(key, at_ms, goes_on);
        };
        let is_next_line = self.is_after_end(at_ms, SLOW_GAP_MS);
        let before = if goes_on { None } else { self.end() };
        let is_close = goes_on && gap <= MAX_GAP_MS;
        self.close = if is_close { self.close + 1 } else { 1 };
        self.typed.push(character);
        self.last_ms = at_ms;
        self.is_scanner |= is_next_line || self.is_burst() || is_whole(&self.typed);
        match before {
            Some(code) => Recognised::CodeBefore(code),
            None if self.is_scanner => Recognised::Burst,
            None => Recognised::Nothing,
        }
    }

    /// Handles a key that types no character; it ends the typed text. Right after several keys it
    /// may come from a slow scanner, and then it must not press a button.
    fn named(&mut self, key: &str, at_ms: i64, goes_on: bool) -> Recognised {
        let is_end = matches!(key, "Enter" | "Tab");
        if is_end && self.typed.is_empty() && self.is_after_end(at_ms, AFTER_END_MS) {
            return Recognised::Burst;
        }
        let is_at_once = goes_on && at_ms.saturating_sub(self.last_ms) <= MAX_END_GAP_MS;
        self.is_scanner |= is_end && (is_at_once || goes_on && is_short_barcode(&self.typed));
        let is_scanner_s = self.is_scanner || self.typed.chars().nth(LET_THROUGH).is_some();
        let recognised = match self.end() {
            Some(code) => Recognised::Code(code),
            None if goes_on && is_end && is_scanner_s => Recognised::Burst,
            None => return Recognised::Nothing,
        };
        self.ended_ms = is_end.then_some(at_ms);
        recognised
    }

    fn is_after_end(&self, at_ms: i64, within_ms: i64) -> bool {
        self.ended_ms
            .is_some_and(|ended_ms| (0..=within_ms).contains(&at_ms.saturating_sub(ended_ms)))
    }

    /// Returns the text that a scanner has typed; called after a silence. The keys are kept, so
    /// that the rest of the same code can be added.
    pub fn take(&mut self) -> Option<String> {
        let is_new = self.is_scanner && self.taken < self.typed.len();
        is_new.then(|| {
            self.taken = self.typed.len();
            self.typed.clone()
        })
    }

    /// Returns whether the last key may be the first of a code.
    pub fn is_first(&self) -> bool {
        self.typed.chars().nth(1).is_none()
    }

    fn end(&mut self) -> Option<String> {
        let code = self.take();
        *self = Self::default();
        code
    }

    /// Zeros alone do not count: one key of a numeric keypad types two or three of them.
    fn is_burst(&self) -> bool {
        self.close > LET_THROUGH && self.typed.chars().any(|character| character != '0')
    }
}

/// Returns whether the text is a whole card, barcode or phone. A person does not type one at this
/// pace by accident.
fn is_whole(typed: &str) -> bool {
    // A phone typed with its country code may be longer than a barcode.
    let begins_as_phone = || typed.starts_with("992") || typed.starts_with("00992");
    (is_ean13(typed) && !begins_as_phone())
        || CardNumber::parse(typed).is_some()
        || (typed.starts_with('+') && Phone::parse(typed).is_ok())
}

/// Returns whether the text is a barcode of goods with eight or twelve digits (EAN-8, UPC-A). It is
/// looked at only when an end key follows: one in ten of the phones and barcodes that begin with
/// such a text would be mistaken for it.
fn is_short_barcode(typed: &str) -> bool {
    matches!(typed.len(), 8 | 12) && has_check_digit(typed)
}

fn is_ean13(typed: &str) -> bool {
    typed.len() == 13 && has_check_digit(typed)
}

/// Returns whether the text is digits, and the last one is the check digit of a barcode (GS1
/// General Specifications, 7.9).
fn has_check_digit(typed: &str) -> bool {
    let digits: Option<Vec<u32>> = typed.chars().map(|digit| digit.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let weighted = digits.iter().rev().zip([1, 3].into_iter().cycle());
        let sum: u32 = weighted.map(|(digit, weight)| digit * weight).sum();
        sum.is_multiple_of(10)
    })
}

/// Returns the character that a key types; keys without a character have longer names.
fn single(key: &str) -> Option<char> {
    let mut characters = key.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// Returns whether a key is a modifier. A scanner holds modifiers for a `+` or a capital letter in
/// the middle of a code.
fn is_modifier(key: &str) -> bool {
    matches!(
        key,
        "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "NumLock"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_keys(wedge: &mut Wedge, keys: &[(&str, i64)]) -> Vec<Recognised> {
        keys.iter().map(|(key, at)| wedge.key(key, *at)).collect()
    }

    /// Types `text` from moment `from` on, a key every `pace` milliseconds. Returns the last answer
    /// and the moment of the next key.
    fn scan(wedge: &mut Wedge, text: &str, from: i64, pace: i64) -> (Recognised, i64) {
        let mut last = Recognised::Nothing;
        let mut at = from;
        for key in text.chars() {
            last = wedge.key(&key.to_string(), at);
            at += pace;
        }
        (last, at)
    }

    fn code(text: &str) -> Recognised {
        Recognised::Code(text.to_owned())
    }

    #[test]
    fn shift_does_not_end_a_code_but_other_named_keys_do() {
        let mut wedge = Wedge::default();
        let recognised = type_keys(
            &mut wedge,
            &[
                ("Shift", 1_000),
                ("+", 1_005),
                ("9", 1_010),
                ("9", 1_015),
                ("Shift", 1_020),
                ("2", 1_025),
                ("9", 1_030),
                ("0", 1_035),
                ("Tab", 1_040),
            ],
        );
        assert_eq!(recognised.last(), Some(&code("+99290")));
        let (_, at) = scan(&mut wedge, "1234", 2_000, 10);
        assert_eq!(wedge.key("F8", at), code("1234"));
        assert_eq!(wedge.take(), None);
    }

    #[test]
    fn three_zeros_at_once_are_a_key_of_a_numeric_keypad() {
        let mut wedge = Wedge::default();
        for (at, keys) in [(0, "1"), (300, "000"), (500, "000"), (505, "000")] {
            let (recognised, _) = scan(&mut wedge, keys, at, 1);
            assert_eq!(recognised, Recognised::Nothing, "{keys} at {at}");
        }
        assert_eq!(wedge.take(), None);
        let (recognised, _) = scan(&mut wedge, "350", 2_000, 30);
        assert_eq!(recognised, Recognised::Nothing);
        assert_eq!(wedge.key("Enter", 2_300), Recognised::Nothing);
    }

    #[test]
    fn a_whole_code_is_recognised_at_every_pace() {
        for code_text in [
            "2000100001233",
            "4006381333931",
            "001-0000123",
            "+992901234567",
        ] {
            for pace in [5, 60, 100, 110, 120] {
                let mut wedge = Wedge::default();
                assert_eq!(wedge.key("5", 0), Recognised::Nothing);
                let (recognised, at) = scan(&mut wedge, code_text, 400, pace);
                assert_eq!(recognised, Recognised::Burst, "{code_text} every {pace} ms");
                assert_eq!(wedge.key("Enter", at), code(code_text));
            }
        }
    }

    #[test]
    fn a_slow_scanner_may_have_an_uneven_pace() {
        for code_text in ["2000100001233", "001-0000123"] {
            let mut wedge = Wedge::default();
            let mut at = 0;
            for (place, key) in code_text.chars().enumerate() {
                at += if place % 3 == 0 { 136 } else { 112 };
                wedge.key(&key.to_string(), at);
            }
            assert_eq!(wedge.key("Enter", at + 121), code(code_text));
        }
    }

    #[test]
    fn at_a_slow_pace_only_a_whole_code_is_a_scan() {
        for typed in ["2000100001234", "125050", "992901234567", "0099290123456"] {
            let mut wedge = Wedge::default();
            let (recognised, at) = scan(&mut wedge, typed, 0, 110);
            assert_eq!(recognised, Recognised::Nothing, "{typed}");
            // It may still be a scanner, so its end key must not press a button.
            assert_eq!(wedge.clone().key("Enter", at), Recognised::Burst);
            assert_eq!(wedge.key("Enter", at + 200), Recognised::Nothing);
        }
    }

    #[test]
    fn a_late_end_key_ends_a_code_even_if_the_clock_was_set_back() {
        for end in [1_200, 900] {
            let mut wedge = Wedge::default();
            scan(&mut wedge, "123456", 1_100, 1);
            assert_eq!(wedge.key("Enter", end), code("123456"));
            assert_eq!(wedge.key("Enter", end + 300), Recognised::Burst);
            assert_eq!(wedge.key("Enter", end + 301), Recognised::Nothing);
        }
    }

    #[test]
    fn a_code_without_an_end_key_ends_at_a_later_key_or_when_taken() {
        let mut wedge = Wedge::default();
        assert_eq!(scan(&mut wedge, "1234", 0, 5).0, Recognised::Burst);
        assert_eq!(
            wedge.key("5", 300),
            Recognised::CodeBefore("1234".to_owned())
        );
        assert!(wedge.is_first());
        assert_eq!(scan(&mut wedge, "678", 305, 5).0, Recognised::Burst);
        assert!(!wedge.is_first());
        assert_eq!(wedge.take(), Some("5678".to_owned()));
        assert_eq!(wedge.take(), None);
        assert_eq!(wedge.key("Enter", 700), Recognised::Nothing);
    }

    #[test]
    fn a_code_of_any_length_is_a_scan_if_its_end_key_follows_at_once() {
        for typed in ["7", "12", "123", "A12", "0000", "00000000"] {
            for pace in [1, 5, 30, 60] {
                let mut wedge = Wedge::default();
                let (_, at) = scan(&mut wedge, typed, 1_000, pace);
                assert_eq!(wedge.key("Enter", at), code(typed), "every {pace} ms");
                assert_eq!(wedge.key("Enter", at + pace), Recognised::Burst);
                assert_eq!(wedge.key("Tab", at + 2 * pace), Recognised::Burst);
            }
        }
        // A person is slower.
        let mut wedge = Wedge::default();
        let (_, at) = scan(&mut wedge, "12", 1_000, 61);
        assert_eq!(wedge.key("Enter", at), Recognised::Nothing);
    }

    #[test]
    fn every_line_of_a_code_is_a_scan() {
        for pace in [5, 60, 110, 130] {
            let mut wedge = Wedge::default();
            let (_, at) = scan(&mut wedge, "2000100001233", 1_000, pace);
            assert_eq!(wedge.key("Enter", at), code("2000100001233"));
            let (recognised, at) = scan(&mut wedge, "12", at + pace, pace);
            assert_eq!(recognised, Recognised::Burst, "every {pace} ms");
            assert_eq!(wedge.key("Enter", at), code("12"));
            let (recognised, at) = scan(&mut wedge, "7", at + 137, 10);
            assert_eq!(recognised, Recognised::Nothing);
            assert_eq!(wedge.key("Enter", at + 200), Recognised::Nothing);
        }
    }

    #[test]
    fn a_slow_scanner_reads_short_barcodes_too() {
        for typed in ["46012340", "036000291452"] {
            let mut wedge = Wedge::default();
            let (recognised, at) = scan(&mut wedge, typed, 0, 110);
            assert_eq!(recognised, Recognised::Nothing);
            assert_eq!(wedge.key("Enter", at), code(typed));
        }
    }

    #[test]
    fn a_late_silence_does_not_split_a_code() {
        for place in 0..13 {
            let mut wedge = Wedge::default();
            let (first, rest) = "2000100001233".split_at(place);
            let (_, at) = scan(&mut wedge, first, 0, 5);
            let taken = wedge.take();
            assert_eq!(taken.is_some(), place > LET_THROUGH, "{place}");
            let (_, at) = scan(&mut wedge, rest, at, 5);
            assert_eq!(wedge.key("Enter", at), code("2000100001233"));
        }
        // The end key that comes after the silence presses nothing.
        let mut wedge = Wedge::default();
        let (_, at) = scan(&mut wedge, "2000100001233", 0, 5);
        assert!(wedge.take().is_some());
        assert_eq!(wedge.key("Enter", at), Recognised::Burst);
    }
}
