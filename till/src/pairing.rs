//! The pairing code in what a phone opens, scans, or a person types.

use domain::PairingCode;

/// The fragment of a pairing link, before the code.
const MARK: &str = "#pair=";

/// Finds a code in the fragment of an address, in a whole link, or in typed text.
pub fn read(text: &str) -> Option<PairingCode> {
    let code = text.split_once(MARK).map_or(text, |(_, code)| code);
    PairingCode::parse(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_a_link_a_fragment_and_typed_text() {
        let code = PairingCode::parse("7K4M92QXTB6D");
        assert!(code.is_some());
        for text in [
            "https://cash.bonex.one/cash#pair=7K4M92QXTB6D",
            "#pair=7K4M92QXTB6D",
            "7k4m 92qx tb6d",
        ] {
            assert_eq!(read(text), code, "{text}");
        }
        for text in [
            "",
            "#",
            "#pair=",
            "+992901234567",
            "https://cash.bonex.one/cash",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
