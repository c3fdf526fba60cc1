//! The script for Frontol.

use std::fmt::Write as _;

use crate::template::fill;
use crate::{Till, VERSION};

/// The parts of the script, in the order in which they stand in it.
const PARTS: [&str; 9] = [
    include_str!("../frontol/src/settings.js"),
    include_str!("../frontol/src/values.js"),
    include_str!("../frontol/src/files.js"),
    include_str!("../frontol/src/http.js"),
    include_str!("../frontol/src/check.js"),
    include_str!("../frontol/src/client.js"),
    include_str!("../frontol/src/sale.js"),
    include_str!("../frontol/src/queue.js"),
    include_str!("../frontol/src/events.js"),
];

/// Returns the script for a till: ASCII, lines that end with CRLF. Frontol reads a script in the
/// code page of the computer, so every other letter stands as `\uXXXX` in a text.
pub fn frontol(till: &Till<'_>) -> Vec<u8> {
    let made = format!(
        "// Bonex {VERSION} for Frontol 6. Made for till {} ({}), {}, {}, on {}.\n\
         // Do not copy this file to another till: each till has a file of its own.\n\n",
        till.id,
        latin(till.name),
        latin(till.branch),
        latin(till.store),
        latin(till.made_on),
    );
    let source = PARTS.join("\n");
    let id = till.id.to_string();
    let filled = fill(&source, |name| {
        Some(match name {
            "API_URL" => quoted(till.api_url),
            "TENANT_TOKEN" => quoted(till.tenant_token),
            "CASHIER_TOKEN" => quoted(till.cashier_token),
            "TILL_ID" => id.clone(),
            "TILL_NAME" => quoted(till.name),
            "VERSION" => VERSION.to_owned(),
            _ => return None,
        })
    });
    (made + &escaped(&filled))
        .replace('\n', "\r\n")
        .into_bytes()
}

/// Returns a text as it stands between quotes in a script.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for sign in text.chars() {
        match sign {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(sign);
            }
            // `</` and `*/` end nothing in a text, but they do in what somebody puts around it.
            '*' | '<' => escape(&mut quoted, sign),
            _ if sign.is_control() => escape(&mut quoted, sign),
            _ => quoted.push(sign),
        }
    }
    quoted
}

/// Replaces every letter that is not ASCII.
fn escaped(source: &str) -> String {
    let mut ascii = String::with_capacity(source.len() * 2);
    for sign in source.chars() {
        if sign.is_ascii() {
            ascii.push(sign);
        } else {
            escape(&mut ascii, sign);
        }
    }
    ascii
}

fn escape(text: &mut String, sign: char) {
    for unit in sign.encode_utf16(&mut [0; 2]) {
        // Writing into a text cannot fail.
        let _ = write!(text, "\\u{unit:04x}");
    }
}

/// Returns a name in Latin letters, for a comment: people who open the file see whose it is.
fn latin(name: &str) -> String {
    let sign = |sign: char| -> String {
        let lower = sign.to_lowercase().next().unwrap_or(sign);
        let Some((_, latin)) = LATIN.iter().find(|(letter, _)| *letter == lower) else {
            let plain = sign.is_ascii() && !sign.is_ascii_control();
            return if plain { sign } else { '?' }.to_string();
        };
        if sign == lower {
            return (*latin).to_owned();
        }
        let mut letters = latin.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    };
    name.chars().map(sign).collect()
}

/// Russian and Tajik letters.
const LATIN: [(char, &str); 41] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ё', "yo"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ғ', "gh"),
    ('ӣ', "i"),
    ('қ', "q"),
    ('ӯ', "u"),
    ('ҳ', "h"),
    ('ҷ', "j"),
    ('«', "\""),
    ('»', "\""),
];
