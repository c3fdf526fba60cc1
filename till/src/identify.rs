//! What was typed, scanned or pasted, as an identifier of the contract.

use domain::Identifier;

/// Reads a code as scanners, cameras and people give it: a scanner may send control characters or the
/// kind of barcode (`]E0`) before it and a line's end after it, a QR may hold a `tel:` link, a copied
/// phone invisible marks of direction. None where it names no client.
pub fn read_code(text: &str) -> Option<Identifier> {
    let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    let code = without_symbology(visible.trim());
    let code = match code.split_at_checked(4) {
        // A link may say more of a phone after a semicolon.
        Some((scheme, phone)) if scheme.eq_ignore_ascii_case("tel:") => {
            phone.split_once(';').map_or(phone, |(number, _)| number)
        }
        _ => code,
    };
    Identifier::parse(code).ok()
}

/// Without the three characters that name the kind of barcode (ISO/IEC 15424).
fn without_symbology(code: &str) -> &str {
    match code.strip_prefix(']') {
        Some(rest) => rest.get(2..).unwrap_or_default(),
        None => code,
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_a_code_is_understood() {
        for (text, identifier) in [
            ("+992901234567", "+992901234567"),
            (" 90 123-45-67 ", "+992901234567"),
            ("tel:+992901234567", "+992901234567"),
            ("TEL:+992-90-123-45-67;ext=1", "+992901234567"),
            ("\u{202a}+992 90 123 45 67\u{202c}", "+992901234567"),
            ("001-0000123\r", "001-0000123"),
            ("\u{2}2000100001233\u{3}\r\n", "2000100001233"),
            ("]E02000100001233", "2000100001233"),
            ("]Q1+992901234567", "+992901234567"),
        ] {
            assert_eq!(
                read_code(text),
                Some(Identifier::parse(identifier).unwrap()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_names_no_client_is_nothing() {
        for text in [
            "",
            "\r",
            "]",
            "]Э",
            "тел:+992",
            "tel:",
            "4006381333931",
            "2000100001234",
            "https://bonex.tj/901234567",
        ] {
            assert_eq!(read_code(text), None, "{text:?}");
        }
    }
}
