//! Passwords that are guessed first.

/// The beginnings of the most common passwords of ten characters and more. A password is as bad if
/// it is one of them with a few more signs.
const COMMON: [&str; 33] = [
    "0123456789",
    "0987654321",
    "1122334455",
    "1234554321",
    "1234567890",
    "12345678910",
    "123456789a",
    "123456789q",
    "123qweasdzxc",
    "147258369",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "987654321",
    "abcdefghij",
    "admin12345",
    "administrator",
    "asdfghjkl",
    "bonex12345",
    "iloveyou",
    "parol12345",
    "password",
    "passw0rd",
    "q1w2e3r4t5",
    "qazwsxedc",
    "qwerty1234",
    "qwertyuiop",
    "qweasdzxc",
    "tajikistan",
    "zaq12wsx",
    "zxcvbnm",
    "dushanbe",
    "samsung",
    "welcome",
];

/// The characters that may follow the beginning.
const MORE: usize = 4;

/// Returns whether a password is among the first that a thief tries: a common one, one made of few
/// different characters, or one made of the person's login.
pub fn is_guessed_first(password: &str, login: &str) -> bool {
    let password = password.trim().to_lowercase();
    let login = login.trim().to_lowercase();
    let has_few = |rest: &str| rest.chars().count() <= MORE;
    let begins = |with: &str| password.strip_prefix(with).is_some_and(has_few);
    let mut signs: Vec<char> = password.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    let of_login = !login.is_empty() && password.replace(&login, "").chars().count() <= MORE;
    signs.len() < 5 || of_login || COMMON.into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_passwords_and_those_made_of_the_login_are_guessed_first() {
        for password in [
            "1234567890",
            "Password123",
            "QWERTYuiop!",
            "aaaaaaaaaaaa",
            "1212121212",
            "firuz1234",
            "FiruzFiruz",
            "firuz-firuz",
            " 1234567890 ",
        ] {
            assert!(is_guessed_first(password, "firuz"), "{password}");
        }
        for password in [
            "correct horse battery",
            "\u{451}\u{436}\u{438}\u{43a} \u{438} \u{451}\u{43b}\u{43a}\u{430}",
            "password of my grandmother",
            "another good password",
            "firuz and his shop",
        ] {
            assert!(!is_guessed_first(password, "firuz"), "{password}");
        }
        assert!(!is_guessed_first("correct horse", ""));
    }
}
