//! The programs that tills send requests with.

use std::fmt;

use super::mark::Mark;
use crate::user_agent::{Browser, Browsing, System, first_word};
use crate::{ModuleAgent, TillModule};

/// The most letters of a name that is not known.
const MAX_NAME: usize = 16;

/// A program: the keyed hash of its whole user agent, with every version, and its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Program {
    /// The hash of the header `User-Agent`.
    pub mark: Mark,
    /// What the header says to a reader.
    pub family: Family,
}

/// A kind of program, without its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 1C:Enterprise.
    OneC,
    /// Frontol.
    Frontol,
    /// The web cashier in a browser.
    Browser(Browser, System),
    /// Another program.
    Other(ShortName),
}

/// The first word of a user agent: up to 16 letters, digits, dots, pluses, hyphens and underlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortName([u8; MAX_NAME]);

impl Family {
    /// Returns the family of the program that sends this user agent.
    pub fn of(user_agent: &str) -> Self {
        match Browsing::of(user_agent) {
            Some(known) => Self::Browser(known.browser, known.system),
            None => Self::named(user_agent),
        }
    }

    /// Reads what [`Display`](fmt::Display) writes. Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let family = match text.split_once('/') {
            Some((browser, system)) => {
                let mut browsers = Browser::ALL.into_iter();
                let mut systems = System::ALL.into_iter();
                Self::Browser(
                    browsers.find(|known| short(known.name()) == browser)?,
                    systems.find(|known| known.name() == system)?,
                )
            }
            None => Self::named(text),
        };
        (family.to_string() == text).then_some(family)
    }

    /// Returns whether it runs on a phone, which moves from one network to another.
    pub const fn is_phone(self) -> bool {
        matches!(self, Self::Browser(_, System::Android | System::Ios))
    }

    fn named(user_agent: &str) -> Self {
        match ModuleAgent::of(user_agent) {
            Some(agent) if agent.module == Some(TillModule::Frontol) => Self::Frontol,
            Some(_) => Self::OneC,
            None if user_agent.starts_with("1C") => Self::OneC,
            None if user_agent.starts_with("Frontol") => Self::Frontol,
            None => Self::Other(ShortName::of(user_agent)),
        }
    }
}

impl ShortName {
    fn of(user_agent: &str) -> Self {
        let mut name = Self::default();
        for (sign, kept) in first_word(user_agent).bytes().zip(&mut name.0) {
            *kept = sign;
        }
        name
    }
}

/// Returns the first word of a browser's name.
fn short(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

/// Writes the name, or `?` if it is empty.
impl fmt::Display for ShortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.0.iter().take_while(|&&letter| letter != 0);
        let name: String = letters.map(|&letter| char::from(letter)).collect();
        f.write_str(if name.is_empty() { "?" } else { &name })
    }
}

/// Writes `1C`, `Frontol`, `Chrome/Android` or the name of another program.
impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneC => f.write_str("1C"),
            Self::Frontol => f.write_str("Frontol"),
            Self::Browser(browser, system) => {
                write!(f, "{}/{}", short(browser.name()), system.name())
            }
            Self::Other(name) => name.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_told_by_the_user_agent() {
        for (user_agent, family, is_phone) in [
            ("1C+Enterprise/8.3", "1C", false),
            ("Frontol 6", "Frontol", false),
            ("Bonex-1C/0.1.0 (UNF; 3.0.8; 1C 8.3.24)", "1C", false),
            ("Bonex-Frontol/0.1.0", "Frontol", false),
            (
                "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36",
                "Samsung/Android",
                true,
            ),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/137.0.0.0 Mobile Safari/537.36",
                "Chrome/Android",
                true,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari/iOS",
                true,
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0",
                "Firefox/Windows",
                false,
            ),
            (
                "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)",
                "?/Windows",
                false,
            ),
            ("Mozilla/", "?/?", false),
            ("curl/8.5.0", "curl", false),
            ("a-till-with-a-very-long-name 1", "a-till-with-a-ve", false),
            ("", "?", false),
            ("; DROP", "?", false),
        ] {
            let found = Family::of(user_agent);
            assert_eq!(found.to_string(), family);
            assert_eq!(found.is_phone(), is_phone, "{user_agent}");
            assert_eq!(Family::parse(family), Some(found));
        }
        for text in ["", "Chrome/", "1C+Enterprise", "curl 8", "Chrome/Linux/2"] {
            assert_eq!(Family::parse(text), None, "{text}");
        }
    }
}
