//! A keyboard-wedge scanner: it types a whole code in a burst, and most end it with Enter or Tab.

use domain::{CardNumber, Phone};

/// Keys of a scanner follow each other at least this closely, in milliseconds; a person's hardly ever do, and not
/// [`LET_THROUGH`] in a row and one more.
const MAX_GAP_MS: i64 = 100;

/// Some scanners are slower: 120 ms, give or take the two polls of a keyboard (8 ms each) that a key's stamp may be late
/// or early by. At this pace only a whole code tells them from a person.
const SLOW_GAP_MS: i64 = 136;

/// So many keys are a person's at any pace: the key `000` of a numeric keypad sends three at once. A page that has
/// taken them, or more of a slow scanner, undoes them when the code comes: [`Wedge::is_first`] is when to remember.
pub const LET_THROUGH: usize = 3;

/// After this long without a key a burst is over, in milliseconds, though nothing has ended it: some scanners are set
/// up so. The page then asks [`Wedge::take`].
pub const SILENCE_MS: u32 = 250;

/// What a key turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Perhaps a person's: the page does with it what it always does.
    Nothing,
    /// A scanner's: the page ignores it.
    Burst,
    /// The end of what a scanner has typed, whether it is a code or not; the page ignores the key.
    Code(String),
    /// What a scanner has typed was over before this key, which is perhaps a person's.
    CodeBefore(String),
}

/// Listens to every key of the page, `repeat`ed ones and those with Ctrl or Alt left out.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Wedge {
    typed: String,
    last_ms: i64,
    /// How many of the last keys followed each other as closely as a scanner's do.
    close: usize,
    is_scanner: bool,
    /// How much of `typed` has been taken. What follows by its own time stamp is joined with it all the same: on a busy
    /// machine a silence is heard in the middle of a code.
    taken: usize,
}

impl Wedge {
    /// Hears a key. `key` is the browser's `KeyboardEvent.key`; `at_ms` is when it was pressed, not when
    /// the page came to it: a busy page gets the keys of a person in one go too.
    pub fn key(&mut self, key: &str, at_ms: i64) -> Heard {
        if is_modifier(key) {
            return Heard::Nothing;
        }
        let gap = at_ms.saturating_sub(self.last_ms);
        let goes_on = !self.typed.is_empty() && (0..=SLOW_GAP_MS).contains(&gap);
        let Some(character) = single(key) else {
            return self.named(key, goes_on);
        };
        let before = if goes_on { None } else { self.end() };
        let is_close = goes_on && gap <= MAX_GAP_MS;
        self.close = if is_close { self.close + 1 } else { 1 };
        self.typed.push(character);
        self.last_ms = at_ms;
        self.is_scanner |= self.is_burst() || is_whole(&self.typed);
        match before {
            Some(code) => Heard::CodeBefore(code),
            None if self.is_scanner => Heard::Burst,
            None => Heard::Nothing,
        }
    }

    /// A key that types nothing ends what was typed. On the heels of so many keys it is perhaps a slow scanner's, and
    /// shall press nothing.
    fn named(&mut self, key: &str, goes_on: bool) -> Heard {
        let is_scanner_s = self.is_scanner || self.typed.chars().nth(LET_THROUGH).is_some();
        let is_end = matches!(key, "Enter" | "Tab");
        match self.end() {
            Some(code) => Heard::Code(code),
            None if goes_on && is_end && is_scanner_s => Heard::Burst,
            None => Heard::Nothing,
        }
    }

    /// What a scanner has typed, at a silence. The first keys of the next code stay.
    pub fn take(&mut self) -> Option<String> {
        let is_new = self.is_scanner && self.taken < self.typed.len();
        is_new.then(|| {
            self.taken = self.typed.len();
            self.typed.clone()
        })
    }

    /// Whether the last key was the first of what may become a code.
    pub fn is_first(&self) -> bool {
        self.typed.chars().nth(1).is_none()
    }

    fn end(&mut self) -> Option<String> {
        let code = self.take();
        *self = Self::default();
        code
    }

    /// Zeros alone are pressed, two or three with one key.
    fn is_burst(&self) -> bool {
        self.close > LET_THROUGH && self.typed.chars().any(|character| character != '0')
    }
}

/// A whole card, barcode or phone, which nobody types at such a pace without meaning it.
fn is_whole(typed: &str) -> bool {
    // A phone that is typed with its country's code grows beyond the length of a barcode.
    let begins_as_phone = || typed.starts_with("992") || typed.starts_with("00992");
    (is_ean13(typed) && !begins_as_phone())
        || CardNumber::parse(typed).is_some()
        || (typed.starts_with('+') && Phone::parse(typed).is_ok())
}

/// Thirteen digits, the last of which is right (GS1 General Specifications, 7.9).
fn is_ean13(typed: &str) -> bool {
    let digits: Option<Vec<u32>> = typed.chars().map(|digit| digit.to_digit(10)).collect();
    digits.is_some_and(|digits| {
        let weighted = digits.iter().zip([1, 3].into_iter().cycle());
        let sum: u32 = weighted.map(|(digit, weight)| digit * weight).sum();
        digits.len() == 13 && sum.is_multiple_of(10)
    })
}

/// The character that a key types; other keys have names.
fn single(key: &str) -> Option<char> {
    let mut characters = key.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// A scanner holds these for a `+` or a capital letter, in the middle of a code.
fn is_modifier(key: &str) -> bool {
    matches!(
        key,
        "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "NumLock"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(wedge: &mut Wedge, keys: &[(&str, i64)]) -> Vec<Heard> {
        keys.iter().map(|(key, at)| wedge.key(key, *at)).collect()
    }

    /// Types `text` from `from` on, a key every `pace` milliseconds; the last answer, and when the next key would come.
    fn scan(wedge: &mut Wedge, text: &str, from: i64, pace: i64) -> (Heard, i64) {
        let mut last = Heard::Nothing;
        let mut at = from;
        for key in text.chars() {
            last = wedge.key(&key.to_string(), at);
            at += pace;
        }
        (last, at)
    }

    fn code(text: &str) -> Heard {
        Heard::Code(text.to_owned())
    }

    #[test]
    fn shift_in_the_middle_is_no_end_and_a_named_key_is() {
        let mut wedge = Wedge::default();
        let heard = hear(
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
        assert_eq!(heard.last(), Some(&code("+99290")));
        let (_, at) = scan(&mut wedge, "1234", 2_000, 10);
        assert_eq!(wedge.key("F8", at), code("1234"));
        assert_eq!(wedge.take(), None);
    }

    #[test]
    fn three_zeros_at_once_are_a_key_of_a_numeric_keypad() {
        let mut wedge = Wedge::default();
        for (at, keys) in [(0, "1"), (300, "000"), (500, "000"), (505, "000")] {
            let (heard, _) = scan(&mut wedge, keys, at, 1);
            assert_eq!(heard, Heard::Nothing, "{keys} at {at}");
        }
        assert_eq!(wedge.take(), None);
        let (heard, _) = scan(&mut wedge, "350", 2_000, 30);
        assert_eq!(heard, Heard::Nothing);
        assert_eq!(wedge.key("Enter", 2_300), Heard::Nothing);
    }

    #[test]
    fn a_slow_scanner_s_code_is_heard_at_every_pace() {
        for code_text in [
            "2000100001233",
            "4006381333931",
            "001-0000123",
            "+992901234567",
        ] {
            for pace in [5, 60, 100, 110, 120] {
                let mut wedge = Wedge::default();
                assert_eq!(wedge.key("5", 0), Heard::Nothing);
                let (heard, at) = scan(&mut wedge, code_text, 400, pace);
                assert_eq!(heard, Heard::Burst, "{code_text} every {pace} ms");
                assert_eq!(wedge.key("Enter", at), code(code_text));
            }
        }
    }

    #[test]
    fn a_slow_scanner_s_pace_is_not_even() {
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
    fn between_a_scanner_s_pace_and_a_person_s_only_a_whole_code_is_a_scan() {
        for typed in ["2000100001234", "125050", "992901234567", "0099290123456"] {
            let mut wedge = Wedge::default();
            let (heard, at) = scan(&mut wedge, typed, 0, 110);
            assert_eq!(heard, Heard::Nothing, "{typed}");
            // It may be a scanner all the same, and what it ends with shall press nothing.
            assert_eq!(wedge.clone().key("Enter", at), Heard::Burst);
            assert_eq!(wedge.key("Enter", at + 200), Heard::Nothing);
        }
    }

    #[test]
    fn a_late_end_ends_a_code_too_even_by_a_clock_set_back() {
        for end in [1_200, 900] {
            let mut wedge = Wedge::default();
            scan(&mut wedge, "123456", 1_100, 1);
            assert_eq!(wedge.key("Enter", end), code("123456"));
            assert_eq!(wedge.key("Enter", end), Heard::Nothing);
        }
    }

    #[test]
    fn a_code_without_an_end_is_over_with_the_next_key_or_when_it_is_taken() {
        let mut wedge = Wedge::default();
        assert_eq!(scan(&mut wedge, "1234", 0, 5).0, Heard::Burst);
        assert_eq!(wedge.key("5", 300), Heard::CodeBefore("1234".to_owned()));
        assert!(wedge.is_first());
        assert_eq!(scan(&mut wedge, "678", 305, 5).0, Heard::Burst);
        assert!(!wedge.is_first());
        assert_eq!(wedge.take(), Some("5678".to_owned()));
        assert_eq!(wedge.take(), None);
        assert_eq!(wedge.key("Enter", 700), Heard::Nothing);
    }

    #[test]
    fn a_silence_heard_late_parts_no_code() {
        for place in 0..13 {
            let mut wedge = Wedge::default();
            let (first, rest) = "2000100001233".split_at(place);
            let (_, at) = scan(&mut wedge, first, 0, 5);
            let taken = wedge.take();
            assert_eq!(taken.is_some(), place > LET_THROUGH, "{place}");
            let (_, at) = scan(&mut wedge, rest, at, 5);
            assert_eq!(wedge.key("Enter", at), code("2000100001233"));
        }
        // Its end, heard behind the silence, presses nothing.
        let mut wedge = Wedge::default();
        let (_, at) = scan(&mut wedge, "2000100001233", 0, 5);
        assert!(wedge.take().is_some());
        assert_eq!(wedge.key("Enter", at), Heard::Burst);
    }
}
