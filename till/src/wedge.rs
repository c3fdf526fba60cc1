//! A keyboard-wedge scanner: it types a whole code in a burst, and most end it with Enter or Tab.

/// Keys of a scanner follow each other at least this closely, in milliseconds; a person's hardly ever
/// do, and never three in a row.
const MAX_GAP_MS: i64 = 50;

/// How many keys of every code are heard as [`Heard::Nothing`] before the burst is certain: one hasty
/// pair of digits is still a person's, and losing one of them would change an amount. A page that has
/// taken them undoes as many when the code comes.
pub const LET_THROUGH: usize = 2;

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
}

/// Listens to every key of the page, `repeat`ed ones and those with Ctrl or Alt left out.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Wedge {
    typed: String,
    last_ms: i64,
}

impl Wedge {
    /// Hears a key. `key` is the browser's `KeyboardEvent.key`; `at_ms` is when it was pressed, not when
    /// the page came to it: a busy page gets the keys of a person in one go too.
    pub fn key(&mut self, key: &str, at_ms: i64) -> Heard {
        if is_modifier(key) {
            return Heard::Nothing;
        }
        let in_burst = (0..=MAX_GAP_MS).contains(&at_ms.saturating_sub(self.last_ms));
        let character = single(key);
        let mut ended = None;
        if !in_burst || character.is_none() {
            ended = self.take();
            self.typed.clear();
        }
        if let Some(character) = character {
            self.typed.push(character);
            self.last_ms = at_ms;
        }
        match ended {
            Some(code) => Heard::Code(code),
            None if self.is_burst() => Heard::Burst,
            None => Heard::Nothing,
        }
    }

    /// Ends a burst, if this is one: what has been typed is all that comes. The first keys of the next one stay.
    pub fn take(&mut self) -> Option<String> {
        self.is_burst().then(|| std::mem::take(&mut self.typed))
    }

    fn is_burst(&self) -> bool {
        self.typed.chars().nth(LET_THROUGH).is_some()
    }
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
        let heard = hear(
            &mut wedge,
            &[("1", 2_000), ("2", 2_010), ("3", 2_020), ("F8", 2_030)],
        );
        assert_eq!(heard.last(), Some(&code("123")));
        assert_eq!(wedge.take(), None);
    }

    #[test]
    fn a_hasty_pair_of_digits_is_a_person_s() {
        let mut wedge = Wedge::default();
        let heard = hear(
            &mut wedge,
            &[("1", 100), ("5", 130), ("0", 400), ("Enter", 410)],
        );
        assert_eq!(heard, vec![Heard::Nothing; 4]);
        assert_eq!(wedge.take(), None);
    }

    #[test]
    fn a_late_end_ends_a_code_too_even_by_a_clock_set_back() {
        for end in [1_200, 900] {
            let mut wedge = Wedge::default();
            for (key, at) in ["1", "2", "3", "4", "5", "6"].iter().zip(1_100..) {
                wedge.key(key, at);
            }
            assert_eq!(wedge.key("Enter", end), code("123456"));
            assert_eq!(wedge.key("Enter", end), Heard::Nothing);
        }
    }

    #[test]
    fn a_code_without_an_end_is_over_with_the_next_one_or_when_it_is_taken() {
        let mut wedge = Wedge::default();
        let once = [("1", 0), ("2", 5), ("3", 10)];
        assert_eq!(hear(&mut wedge, &once).last(), Some(&Heard::Burst));
        let again = [("4", 300), ("5", 305), ("6", 310)];
        let heard = hear(&mut wedge, &again);
        assert_eq!(heard, [code("123"), Heard::Nothing, Heard::Burst]);
        assert_eq!(wedge.take(), Some("456".to_owned()));
        assert_eq!(wedge.take(), None);
    }

    #[test]
    fn a_silence_heard_late_takes_nothing_from_the_next_code() {
        let mut wedge = Wedge::default();
        hear(&mut wedge, &[("7", 0), ("8", 5)]);
        assert_eq!(wedge.take(), None);
        let heard = hear(&mut wedge, &[("9", 10), ("Enter", 15)]);
        assert_eq!(heard, [Heard::Burst, code("789")]);
    }
}
