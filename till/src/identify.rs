//! Reading of typed, scanned or pasted text as an identifier of the contract.

use domain::{CardNumber, Identifier};

/// Reads a code as scanners, cameras and people provide it. A scanner may send control characters
/// or the kind of barcode (`]E0`) before the code and a line end after it. A QR code may contain a
/// link that calls or writes to a phone, or a contact with a phone. A copied phone may contain
/// invisible marks of direction. Returns `None` if the text names no client.
pub fn read_code(text: &str) -> Option<Identifier> {
    if let Some(properties) = contact(text) {
        return only_phone(properties);
    }
    let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    let code = without_symbology(visible.trim());
    if let Some(phone) = link_phone(code) {
        return Identifier::parse(&phone).ok();
    }
    Identifier::parse(code)
        .ok()
        .or_else(|| card_without_hyphen(code))
}

/// Reads text that was typed or pasted into a phone field. Ten digits there are a phone with one
/// digit too many, not a card. They are read as a card only if they begin with `00`, because no
/// phone does.
pub fn read_in_place_of_phone(text: &str) -> Option<Identifier> {
    read_code(text).filter(|identifier| {
        let is_card = matches!(identifier, Identifier::Card(_));
        !is_card || text.contains('-') || text.trim_start().starts_with("00")
    })
}

/// Writes an identifier in the form of the Cashier API: a phone in E.164, a card with its hyphen, a
/// barcode.
pub fn spelled(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Phone(phone) => phone.to_string(),
        Identifier::Card(card) => card.to_string(),
        Identifier::Ean13(barcode) => barcode.to_string(),
    }
}

/// Reads a card number without its hyphen, as some cards are printed: `0010000123`.
fn card_without_hyphen(code: &str) -> Option<Identifier> {
    let (series, number) = code.split_at_checked(3)?;
    CardNumber::parse(&[series, number].join("-")).map(Identifier::Card)
}

/// Returns the phone in a link that calls it or writes to it.
fn link_phone(code: &str) -> Option<String> {
    let lower = code.to_ascii_lowercase();
    if let Some(phone) = lower.strip_prefix("tel:") {
        return Some(number_of(phone).to_owned());
    }
    let address = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
        .unwrap_or(&lower);
    let phone = address
        .strip_prefix("wa.me/")
        .or_else(|| address.strip_prefix("api.whatsapp.com/send?phone="))
        .or_else(|| address.strip_prefix("api.whatsapp.com/send/?phone="))
        .or_else(|| address.strip_prefix("whatsapp://send?phone="))?;
    // The number is always international, mostly without a plus.
    let phone = number_of(phone);
    let bare = phone.strip_prefix("%2b").unwrap_or(phone);
    Some(["+", bare.trim_start_matches('+')].concat())
}

/// Returns the number at the start of a link. Parameters may follow it.
fn number_of(link: &str) -> &str {
    link.split([';', '?', '&', '/', '#'])
        .next()
        .unwrap_or_default()
}

/// Returns the properties of a contact: a vCard (RFC 6350) or a MECARD.
fn contact(text: &str) -> Option<impl Iterator<Item = &str>> {
    let text = text.trim_start_matches(is_invisible);
    let begins = |with: &str| {
        let start = text.get(..with.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let parts: &[char] = if begins("MECARD:") {
        &[';']
    } else if begins("BEGIN:VCARD") {
        &['\r', '\n']
    } else {
        return None;
    };
    let properties = text.split(parts);
    Some(properties.map(|property| property.strip_prefix("MECARD:").unwrap_or(property)))
}

/// Returns the phone of a contact. Returns `None` if it has several different phones, because any
/// of them may be the client's.
fn only_phone<'a>(properties: impl Iterator<Item = &'a str>) -> Option<Identifier> {
    let mut only = None;
    for property in properties {
        // `TEL:90…`, `item1.TEL;TYPE=CELL:+992…`, `TEL;VALUE=uri:tel:+992…`: the number comes last.
        let Some((before, number)) = property.rsplit_once(':') else {
            continue;
        };
        let name = before.split([';', ':']).next().unwrap_or_default();
        let name = name.rsplit('.').next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("TEL") {
            continue;
        }
        let phone = Identifier::parse(number).ok()?;
        if only.get_or_insert_with(|| phone.clone()) != &phone {
            return None;
        }
    }
    only
}

/// Removes the three characters that name the kind of barcode (ISO/IEC 15424).
fn without_symbology(code: &str) -> &str {
    match code.strip_prefix(']') {
        Some(rest) => rest.get(2..).unwrap_or_default(),
        None => code,
    }
}

pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_source_are_read() {
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
            ("https://wa.me/992901234567", "+992901234567"),
            ("wa.me/992901234567", "+992901234567"),
            ("HTTPS://WA.ME/+992901234567?text=hi", "+992901234567"),
            ("https://wa.me/79161234567", "+79161234567"),
            (
                "https://api.whatsapp.com/send?phone=992901234567&text=a",
                "+992901234567",
            ),
            ("whatsapp://send?phone=%2B992901234567", "+992901234567"),
            ("0010000123", "001-0000123"),
            ("]C00010000123\r\n", "001-0000123"),
            (
                "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Солиев;Парвиз\r\nTEL;TYPE=CELL:+992 90 123 45 67\r\nEND:VCARD\r\n",
                "+992901234567",
            ),
            (
                "BEGIN:VCARD\nitem1.TEL;VALUE=uri:tel:+992-90-123-45-67\nTEL;TYPE=HOME:901234567\nEND:VCARD",
                "+992901234567",
            ),
            ("MECARD:N:Soliev,Parviz;TEL:992901234567;;", "+992901234567"),
            ("MECARD:TEL:901234567;N:Soliev;;", "+992901234567"),
        ] {
            assert_eq!(
                read_code(text),
                Some(Identifier::parse(identifier).unwrap()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn text_without_a_client_is_not_read() {
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
            "https://wa.me/message/ABCDEF",
            "wa.me/",
            "BEGIN:VCARD\nTEL:901234567\nTEL:918887766\nEND:VCARD",
            "BEGIN:VCARD\nN:901234567\nEND:VCARD",
        ] {
            assert_eq!(read_code(text), None, "{text:?}");
        }
    }

    #[test]
    fn ten_digits_in_a_phone_field_are_a_card_only_after_00() {
        for card in ["001-0000123", "0010000123", " 0010000123"] {
            assert!(
                matches!(read_in_place_of_phone(card), Some(Identifier::Card(_))),
                "{card}"
            );
        }
        for phone in ["8900000501", "9012345678"] {
            assert_eq!(read_in_place_of_phone(phone), None, "{phone}");
        }
        assert!(read_in_place_of_phone("901234567").is_some());
    }
}
