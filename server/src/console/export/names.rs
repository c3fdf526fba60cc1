//! The names of files.

use std::fmt::Write as _;

/// The most characters of the list's name and of the store's name: a name of a file may have 255
/// bytes, and a Cyrillic letter takes two.
const MOST: usize = 50;

/// Returns the header `Content-Disposition` of a file (RFC 6266): the name in ASCII for old
/// programs, and the full name in UTF-8 (RFC 5987).
pub(super) fn disposition(list: &str, store: &str, day: &str, ending: &str) -> String {
    let name = format!("{} — {} — {day}.{ending}", plain(list), plain(store));
    attachment(&format!("bonex-{day}.{ending}"), &name)
}

/// Returns the header `Content-Disposition` of a file: `ascii` is its name for old programs, made
/// of letters, digits, `-`, `_` and `.`.
pub(crate) fn attachment(ascii: &str, name: &str) -> String {
    format!(
        "attachment; filename=\"{ascii}\"; filename*=UTF-8''{}",
        encoded(name)
    )
}

/// Returns a text without what file systems refuse and what changes the order of the letters, which
/// could hide the ending of the name.
pub(crate) fn plain(text: &str) -> String {
    let is_allowed = |letter: &char| {
        let is_mark = matches!(*letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        let is_special = matches!(
            *letter,
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*'
        );
        !letter.is_control() && !is_mark && !is_special
    };
    let kept: String = text.chars().filter(is_allowed).take(MOST).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Encodes a text as the value of an extended parameter (RFC 5987, `attr-char`).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}
