//! Codes of authenticator apps (RFC 6238): SHA-1, six digits, 30 seconds.

use domain::Timestamp;
use totp_rs::{Builder, Secret, Totp};

use super::principal::Principal;
use crate::Error;
use crate::secrets::{SecretKey, random_bytes};

/// The bytes of a secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// Makes a new secret in base32, as people type it.
pub(super) fn new_secret() -> Result<String, Error> {
    Ok(Secret::from(random_bytes::<SECRET_BYTES>()?).to_base32())
}

/// Seals a secret for its person only.
pub(super) fn seal(
    secrets: &SecretKey,
    principal: Principal,
    secret: &str,
) -> Result<String, Error> {
    secrets.seal(&purpose(principal), secret)
}

/// Opens the secret of a person.
pub(super) fn open(
    secrets: &SecretKey,
    principal: Principal,
    sealed: &str,
) -> Result<String, Error> {
    secrets.open(&purpose(principal), sealed)
}

fn purpose(principal: Principal) -> String {
    format!("second step of person {}", principal.text())
}

/// Returns the time step of a code, if it is the code of the current step or of one beside it: the
/// clock of a phone may be wrong by half a minute.
pub(super) fn step_of(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let seconds = u64::try_from(now.micros() / 1_000_000).unwrap_or_default();
    let step = totp(secret)?.check(&code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &str) -> Result<Totp, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Secret(error.to_string());
    let secret = Secret::try_from_base32(secret).map_err(|error| failed(&error))?;
    Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret and codes of RFC 6238, appendix B, shortened to six digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_of(SECRET, code, at(seconds)).unwrap();
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_is_right_one_step_around_its_own() {
        let typed = "081 804";
        for (late, is_right) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let step = step_of(SECRET, typed, at(1_111_111_109 + late)).unwrap();
            assert_eq!(step.is_some(), is_right, "{late}");
        }
        for wrong in ["", "81804", "0818040", "08180x", "٠٨١٨٠٤"] {
            let step = step_of(SECRET, wrong, at(1_111_111_109)).unwrap();
            assert_eq!(step, None, "{wrong}");
        }
    }

    #[test]
    fn a_sealed_secret_belongs_to_its_person() {
        let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
        let secret = new_secret().unwrap();
        assert_eq!(secret.len(), 32);
        let person = |user_id| Principal::Person {
            tenant_id: 1,
            user_id,
        };
        let sealed = seal(&secrets, person(2), &secret).unwrap();
        assert_eq!(open(&secrets, person(2), &sealed).unwrap(), secret);
        for other in [person(3), Principal::Admin { admin_id: 2 }] {
            assert!(open(&secrets, other, &sealed).is_err(), "{other:?}");
        }
    }
}
