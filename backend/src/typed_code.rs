//! Codes that a person reads and types: twelve signs, 60 bits, in groups of four.

use crate::Error;
use crate::secrets::random_bytes;

/// Crockford's 32 signs: no letter looks like a digit.
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The signs of a code.
const LENGTH: usize = 12;

/// Makes a new code such as `7k3m-q0zx-9d2f`.
///
/// # Errors
/// [`Error::Secret`] if the system has no randomness.
pub(crate) fn new() -> Result<String, Error> {
    let mut code = String::with_capacity(LENGTH + 2);
    for (index, byte) in random_bytes::<LENGTH>()?.into_iter().enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            code.push('-');
        }
        // 256 is a multiple of 32, so all signs are equally likely.
        let sign = SIGNS.get(usize::from(byte % 32)).copied();
        code.extend(sign.map(char::from));
    }
    Ok(code)
}

/// Returns the one spelling of a typed code: without separators, in lower case, with digits in
/// place of the letters that look like them. Returns `None` if the text is not a code.
pub(crate) fn canonical(text: &str) -> Option<String> {
    let code: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '-')
        .map(|sign| match sign.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            sign => sign,
        })
        .collect();
    let is_code = code.len() == LENGTH && code.bytes().all(|sign| SIGNS.contains(&sign));
    is_code.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = new().unwrap();
        assert_eq!(code.len(), 14, "{code}");
        let plain = canonical(&code).unwrap();
        assert_eq!(canonical(&plain), Some(plain.clone()));
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(canonical(&typed), Some(plain));
        assert_eq!(canonical("OoIi-LlAa-0123").as_deref(), Some("001111aa0123"));
        for wrong in [
            "",
            "1234",
            "0123-4567-89au",
            "0123-4567-89ab-c",
            "ё123-4567-89a",
        ] {
            assert_eq!(canonical(wrong), None, "{wrong}");
        }
    }
}
