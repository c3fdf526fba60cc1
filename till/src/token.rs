//! The two keys of a till, as people copy them: with a label, in quotes, with line breaks, or both
//! at once.

use crate::identify::is_invisible;

/// The length of a key in characters.
pub const LENGTH: usize = 64;

/// The keys found in a text field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pasted {
    /// Both keys, in whichever field they were pasted.
    Both {
        /// The key of the store.
        tenant: String,
        /// The key of the till.
        cashier: String,
    },
    /// One key, or text that is not a whole key yet.
    One(String),
}

/// Finds the keys in a text. Labels decide which key is which; without labels the store's key comes
/// first.
pub fn read(text: &str) -> Pasted {
    let text: String = text
        .chars()
        .filter(|&character| !is_invisible(character) || character.is_whitespace())
        // Letter by letter, because `str::to_lowercase` needs more of Unicode's tables and would
        // make the program larger.
        .flat_map(char::to_lowercase)
        .collect();
    let found = keys(&text);
    match found.as_slice() {
        [(_, key)] => Pasted::One(key.clone()),
        [(label, first), (_, second)] => {
            let is_till_s = ["cashier", "касс"].iter().any(|word| label.contains(word));
            let (tenant, cashier) = if is_till_s {
                (second, first)
            } else {
                (first, second)
            };
            Pasted::Both {
                tenant: tenant.clone(),
                cashier: cashier.clone(),
            }
        }
        _ => Pasted::One(
            text.chars()
                .filter(|character| !character.is_whitespace() && !character.is_ascii_punctuation())
                .collect(),
        ),
    }
}

/// Returns whether the text is a whole key.
pub fn is_whole(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the whole keys of a text, each with the text before it. If there are none, looks again
/// for keys that contain whitespace, because a mail program may have broken a key into two lines.
fn keys(text: &str) -> Vec<(&str, String)> {
    let mut found = words(text, |character| !character.is_ascii_alphanumeric());
    if found.is_empty() {
        found = words(text, |character| {
            !character.is_ascii_hexdigit() && !character.is_whitespace()
        });
    }
    found
}

fn words(text: &str, parts: impl Fn(char) -> bool) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut label_from = 0;
    let mut at = 0;
    for piece in text.split_inclusive(&parts) {
        let word: String = piece.chars().filter(char::is_ascii_alphanumeric).collect();
        if is_whole(&word) {
            found.push((text.get(label_from..at).unwrap_or_default(), word));
            label_from = at + piece.len();
        }
        at += piece.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant() -> String {
        "0123456789abcdef".repeat(4)
    }

    fn cashier() -> String {
        "fedcba9876543210".repeat(4)
    }

    #[test]
    fn one_key_is_found_in_the_text_copied_with_it() {
        let key = tenant();
        let (start, end) = key.split_at(40);
        for text in [
            key.clone(),
            format!("  {key}\n"),
            format!("«{key}»"),
            format!("\"{key}\","),
            format!("\u{feff}\u{200b}{key}\u{2060}"),
            format!("Tenant Token: {key}"),
            format!("Ключ кассы — {}", key.to_uppercase()),
            format!("{start}\r\n  {end}"),
            format!("Tenant Token (ключ магазина): {start}\n{end}"),
            format!("{start}\u{200b}{end}"),
        ] {
            assert_eq!(read(&text), Pasted::One(key.clone()), "{text:?}");
        }
    }

    #[test]
    fn both_keys_are_distinguished() {
        let both = Pasted::Both {
            tenant: tenant(),
            cashier: cashier(),
        };
        for text in [
            format!("{} {}", tenant(), cashier()),
            format!("{}\n{}", tenant(), cashier()),
            format!("Tenant Token: {}\nCashier Token: {}", tenant(), cashier()),
            format!("Cashier Token: {}\nTenant Token: {}", cashier(), tenant()),
            format!("касса «{}», магазин «{}»", cashier(), tenant()),
            format!(
                "{{\"tenant\":\"{}\",\"cashier\":\"{}\"}}",
                tenant(),
                cashier()
            ),
        ] {
            assert_eq!(read(&text), both, "{text}");
        }
    }

    #[test]
    fn text_that_is_not_a_key_is_kept_as_typed() {
        assert_eq!(read(" 01 Ab\u{200b}"), Pasted::One("01ab".to_owned()));
        assert!(!is_whole("01ab"));
        assert!(is_whole(&tenant()));
        assert!(!is_whole(&"г".repeat(32)));
        let three = format!("{} {} {}", tenant(), cashier(), tenant());
        assert!(matches!(read(&three), Pasted::One(text) if !is_whole(&text)));
    }
}
