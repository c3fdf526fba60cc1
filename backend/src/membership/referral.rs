//! The code by which a client brings a friend: the client's number and a keyed check, so that a
//! code is read without a look into the database and cannot be made up.

use crate::secrets::SecretKey;

/// The digits of the check.
const CHECK: usize = 4;

/// Returns the code of a client.
pub fn referral_code(secrets: &SecretKey, tenant_id: i64, client_id: i64) -> String {
    let number = u64::try_from(client_id).unwrap_or_default();
    format!("{number:x}{}", check(secrets, tenant_id, client_id))
}

/// Returns the number of the client with a code; `None` if no client of the store has it.
pub(super) fn client_of(secrets: &SecretKey, tenant_id: i64, code: &str) -> Option<i64> {
    let code = code.trim().to_ascii_lowercase();
    let (number, _) = code.split_at_checked(code.len().checked_sub(CHECK)?)?;
    let client_id = i64::from_str_radix(number, 16).ok()?;
    (referral_code(secrets, tenant_id, client_id) == code).then_some(client_id)
}

fn check(secrets: &SecretKey, tenant_id: i64, client_id: i64) -> String {
    let bits = secrets.derived_bits(&format!("referral {tenant_id} {client_id}"));
    let mut digits = format!("{bits:016x}");
    digits.truncate(CHECK);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_its_clients_and_its_stores() {
        let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
        let code = referral_code(&secrets, 1, 4_242);
        assert_eq!(client_of(&secrets, 1, &code), Some(4_242));
        assert_eq!(client_of(&secrets, 1, &code.to_uppercase()), Some(4_242));
        assert_eq!(client_of(&secrets, 2, &code), None);
        let guesses = (0..1_000)
            .filter(|client| client_of(&secrets, 1, &format!("{client:x}0000")).is_some());
        assert!(guesses.count() <= 2);
        for wrong in ["", "1", "abcd", "zzzz12", "-1abcd", "ффффф"] {
            assert_eq!(client_of(&secrets, 1, wrong), None, "{wrong}");
        }
    }
}
