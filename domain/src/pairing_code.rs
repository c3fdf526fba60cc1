//! The one-time code by which a phone becomes a till.

use std::fmt;

/// The signs of a code (Crockford's base 32): no sign looks like another one.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code of twelve signs, which is 60 bits, in its one spelling. It is a secret, so it is not
/// printed by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode(String);

impl PairingCode {
    /// The number of signs.
    pub const SIGNS: usize = 12;

    /// Makes a code from random bytes. Of each byte the last five bits count.
    pub fn from_random(bytes: [u8; Self::SIGNS]) -> Self {
        let sign = |byte: u8| ALPHABET.get(usize::from(byte % 32)).copied();
        let signs = bytes.into_iter().filter_map(sign).map(char::from);
        Self(signs.collect())
    }

    /// Reads a code as a person types it: in any case, with spaces and hyphens, with signs that
    /// look like those of the code, also on a Cyrillic keyboard. Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut signs = String::with_capacity(Self::SIGNS);
        for sign in text.chars() {
            if sign.is_whitespace() || matches!(sign, '-' | '\u{2010}'..='\u{2015}') {
                continue;
            }
            signs.push(canonical(sign)?);
        }
        (signs.len() == Self::SIGNS).then_some(Self(signs))
    }

    /// Returns the twelve signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingCode")
    }
}

/// Returns the sign of the alphabet that was meant.
fn canonical(sign: char) -> Option<char> {
    let sign = match sign.to_ascii_uppercase() {
        'I' | 'L' => '1',
        // Letters of a Cyrillic keyboard that are drawn like a sign of the alphabet.
        '\u{410}' | '\u{430}' => 'A',
        '\u{412}' | '\u{432}' => 'B',
        '\u{415}' | '\u{435}' => 'E',
        '\u{417}' | '\u{437}' => '3',
        '\u{41a}' | '\u{43a}' => 'K',
        '\u{41c}' | '\u{43c}' => 'M',
        '\u{41d}' | '\u{43d}' => 'H',
        'O' | '\u{41e}' | '\u{43e}' => '0',
        '\u{420}' | '\u{440}' => 'P',
        '\u{421}' | '\u{441}' => 'C',
        '\u{422}' | '\u{442}' => 'T',
        '\u{423}' | '\u{443}' => 'Y',
        '\u{425}' | '\u{445}' => 'X',
        sign => sign,
    };
    let is_known = u8::try_from(sign).is_ok_and(|byte| ALPHABET.contains(&byte));
    is_known.then_some(sign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = PairingCode::parse("7K4M92QXTB6D").unwrap();
        for text in [
            "7k4m 92qx tb6d",
            " 7K4M-92QX-TB6D ",
            "7K4M\u{a0}92QX\u{a0}TB6D",
            // Typed with Cyrillic letters.
            "7\u{41a}4\u{41c} 92Q\u{425} \u{422}\u{412}6D",
        ] {
            assert_eq!(PairingCode::parse(text), Some(code.clone()), "{text}");
        }
        let zero = PairingCode::parse("000000000011").unwrap();
        assert_eq!(PairingCode::parse("oOo00 0oo00 iL"), Some(zero));
        for text in [
            "",
            "7K4M92QXTB6",
            "7K4M92QXTB6DD",
            "7K4M92QXTB6U",
            "7K4M92QXTB6\u{42f}",
            "🙂",
        ] {
            assert_eq!(PairingCode::parse(text), None, "{text}");
        }
        assert_eq!(format!("{code:?}"), "PairingCode");
    }

    proptest! {
        #[test]
        fn every_code_reads_back(bytes: [u8; PairingCode::SIGNS]) {
            let code = PairingCode::from_random(bytes);
            prop_assert_eq!(PairingCode::parse(code.as_str()), Some(code.clone()));
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            if let Some(code) = PairingCode::parse(&text) {
                prop_assert_eq!(code.as_str().len(), PairingCode::SIGNS);
            }
        }
    }
}
