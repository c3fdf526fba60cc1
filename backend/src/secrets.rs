//! Tokens, passwords and the key that seals what must be shown again.

use std::fs;
use std::io::Write;
use std::path::Path;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use crate::{Error, private_file};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Returns bytes that cannot be guessed.
///
/// # Errors
/// [`Error::Secret`] if the system has no randomness.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one source of randomness"
    )]
    getrandom::fill(&mut bytes).map_err(|error| Error::Secret(error.to_string()))?;
    Ok(bytes)
}

/// Makes a new token: 64 hexadecimal digits, 256 bits.
///
/// # Errors
/// The errors of [`random_bytes`].
pub fn random_token() -> Result<String, Error> {
    Ok(hex::encode(random_bytes::<32>()?))
}

/// Returns the hash that is stored and looked up instead of a token. Tokens carry 256 bits, so a
/// plain hash is enough (OWASP, "Session Management": high-entropy tokens need no salt or
/// stretching).
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Returns the one spelling of a token: without spaces around it, in lower case.
pub fn canonical_token(token: &str) -> String {
    token.trim().to_ascii_lowercase()
}

/// Returns the first and the last four signs of a token, by which people tell tokens apart.
pub fn ends(token: &str) -> (String, String) {
    let signs: Vec<char> = token.chars().collect();
    let last = signs.len().saturating_sub(4).max(4);
    let part = |signs: &[char]| signs.iter().collect();
    (
        part(signs.get(..4).unwrap_or_default()),
        part(signs.get(last..).unwrap_or_default()),
    )
}

/// Returns the hash under which a sent token is stored; `None` if the text is not a token.
pub(crate) fn sent_token_hash(token: Option<&str>) -> Option<String> {
    let token = canonical_token(token?);
    let well_formed = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    well_formed.then(|| token_hash(&token))
}

/// Hashes a password with Argon2id at the library's recommended cost. Returns the PHC form.
///
/// # Errors
/// [`Error::Secret`].
pub fn password_hash(password: &str) -> Result<String, Error> {
    let salt = random_bytes::<16>()?;
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| Error::Secret(error.to_string()))?;
    Ok(hash.to_string())
}

/// Returns whether `password` has this hash in PHC form.
pub(crate) fn password_is(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// The key of everything sealed at rest.
#[derive(Clone)]
pub struct SecretKey([u8; KEY_BYTES]);

impl SecretKey {
    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`Error::Secret`] for anything else.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let mut key = [0; KEY_BYTES];
        hex::decode_to_slice(text.trim(), &mut key).map_err(|_| {
            Error::Secret("the key must be 64 hexadecimal digits (openssl rand -hex 32)".to_owned())
        })?;
        Ok(Self(key))
    }

    /// Reads the key from `path`. Makes it on first use, readable only by its owner.
    ///
    /// # Errors
    /// [`Error::Secret`] if it cannot be read or made.
    pub fn load_or_create(path: &Path) -> Result<Self, Error> {
        let failed = |error: std::io::Error| Error::Secret(format!("{}: {error}", path.display()));
        match fs::read_to_string(path) {
            Ok(text) => {
                private_file::close_to_others(path);
                return Self::from_text(&text);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        let key = Self(random_bytes()?);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        writeln!(file, "{}", hex::encode(key.0)).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        Ok(key)
    }

    /// Seals `secret` (XChaCha20-Poly1305). The same `purpose` must be given to open it, so that a
    /// sealed value cannot be moved to another place.
    ///
    /// # Errors
    /// [`Error::Secret`].
    pub fn seal(&self, purpose: &str, secret: &str) -> Result<String, Error> {
        let nonce = random_bytes::<NONCE_BYTES>()?;
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: purpose.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|error| Error::Secret(error.to_string()))?;
        Ok(format!("{}{}", hex::encode(nonce), hex::encode(sealed)))
    }

    /// Opens what [`SecretKey::seal`] sealed.
    ///
    /// # Errors
    /// [`Error::Secret`] if it was sealed with another key or for another purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<String, Error> {
        let wrong = || {
            Error::Secret(format!(
                "{purpose} was sealed with another BONEX_SECRET_KEY"
            ))
        };
        let bytes = hex::decode(sealed).map_err(|_| wrong())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(wrong)?;
        let payload = Payload {
            msg: sealed,
            aad: purpose.as_bytes(),
        };
        let secret = self
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| wrong())?;
        String::from_utf8(secret).map_err(|_| wrong())
    }

    /// Derives a password from this key and `purpose`. It is the same each time and cannot be
    /// guessed without the key.
    pub fn derived_password(&self, purpose: &str) -> String {
        // The key has a fixed length and comes before the message, and most of the digest is
        // withheld. Both prevent a length-extension attack.
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(purpose)
            .finalize();
        hex::encode(digest).chars().take(16).collect()
    }

    /// Derives a token from this key and `purpose`: 256 bits that are the same each time and cannot
    /// be guessed without the key.
    pub fn derived_token(&self, purpose: &str) -> String {
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(purpose)
            .finalize();
        // The second hash hides the first one, which could be extended.
        hex::encode(Sha256::digest(digest))
    }

    /// Derives 64 bits from this key and a text. They are the same each time, and without the key
    /// they cannot be traced back to the text, even if there are few possible texts.
    pub(crate) fn derived_bits(&self, text: &str) -> u64 {
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(text)
            .finalize();
        // Most of the digest is withheld, so that it cannot be extended.
        let (bits, _) = digest.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        u64::from_be_bytes(*bits)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_the_same_key_and_purpose() {
        let (key, other) = (SecretKey([1; 32]), SecretKey([2; 32]));
        let sealed = key.seal("tenant token", "секрет").unwrap();
        assert!(!sealed.contains("секрет"));
        assert_eq!(key.open("tenant token", &sealed).unwrap(), "секрет");
        assert!(key.open("cashier token", &sealed).is_err());
        assert!(other.open("tenant token", &sealed).is_err());
        assert!(key.open("tenant token", "00").is_err());
    }

    #[test]
    fn the_key_is_made_once() {
        let folder = std::env::temp_dir().join(random_token().unwrap());
        fs::create_dir(&folder).unwrap();
        let path = folder.join("secret.key");
        let made = SecretKey::load_or_create(&path).unwrap();
        assert_eq!(SecretKey::load_or_create(&path).unwrap().0, made.0);
        assert!(SecretKey::from_text("короткий").is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
