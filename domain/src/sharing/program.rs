//! The programs that tills send requests with.

use std::fmt;

use super::mark::Mark;

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

/// A browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of browsers")]
pub enum Browser {
    Chrome,
    Edge,
    Firefox,
    Opera,
    Safari,
    Samsung,
    Yandex,
    /// A program that calls itself Mozilla and nothing that is known.
    Other,
}

/// The system that a browser runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of systems")]
pub enum System {
    Android,
    ChromeOs,
    /// An iPhone or an iPad.
    Ios,
    Linux,
    MacOs,
    Windows,
    /// A system that is not known.
    Other,
}

/// The first word of a user agent: up to 16 letters, digits, dots, pluses, hyphens and underlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortName([u8; MAX_NAME]);

/// The signs of browsers, the most special first: most also call themselves Chrome and Safari.
const BROWSERS: [(&str, Browser); 11] = [
    ("YaBrowser/", Browser::Yandex),
    ("SamsungBrowser/", Browser::Samsung),
    ("EdgA/", Browser::Edge),
    ("EdgiOS/", Browser::Edge),
    ("Edg/", Browser::Edge),
    ("OPR/", Browser::Opera),
    ("Firefox/", Browser::Firefox),
    ("FxiOS/", Browser::Firefox),
    ("CriOS/", Browser::Chrome),
    ("Chrome/", Browser::Chrome),
    ("Version/", Browser::Safari),
];

/// The signs of systems, the most special first: Android also calls itself Linux.
const SYSTEMS: [(&str, System); 8] = [
    ("Android", System::Android),
    ("iPhone", System::Ios),
    ("iPad", System::Ios),
    ("Windows", System::Windows),
    ("Win32", System::Windows),
    ("CrOS", System::ChromeOs),
    ("Mac OS X", System::MacOs),
    ("Linux", System::Linux),
];

const BROWSER_NAMES: [(Browser, &str); 8] = [
    (Browser::Chrome, "Chrome"),
    (Browser::Edge, "Edge"),
    (Browser::Firefox, "Firefox"),
    (Browser::Opera, "Opera"),
    (Browser::Safari, "Safari"),
    (Browser::Samsung, "Samsung"),
    (Browser::Yandex, "Yandex"),
    (Browser::Other, "?"),
];

const SYSTEM_NAMES: [(System, &str); 7] = [
    (System::Android, "Android"),
    (System::ChromeOs, "ChromeOS"),
    (System::Ios, "iOS"),
    (System::Linux, "Linux"),
    (System::MacOs, "macOS"),
    (System::Windows, "Windows"),
    (System::Other, "?"),
];

impl Family {
    /// Returns the family of the program that sends this user agent.
    pub fn of(user_agent: &str) -> Self {
        if !user_agent.starts_with("Mozilla/") {
            return Self::named(user_agent);
        }

        let browser = BROWSERS
            .iter()
            .find(|&&(sign, _)| user_agent.contains(sign));
        let system = SYSTEMS.iter().find(|&&(sign, _)| user_agent.contains(sign));
        Self::Browser(
            browser.map_or(Browser::Other, |(_, browser)| *browser),
            system.map_or(System::Other, |(_, system)| *system),
        )
    }

    /// Reads what [`Display`](fmt::Display) writes. Returns `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let family = match text.split_once('/') {
            Some((browser, system)) => {
                let browser = BROWSER_NAMES.iter().find(|(_, name)| *name == browser)?;
                let system = SYSTEM_NAMES.iter().find(|(_, name)| *name == system)?;
                Self::Browser(browser.0, system.0)
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
        match user_agent {
            _ if user_agent.starts_with("1C") => Self::OneC,
            _ if user_agent.starts_with("Frontol") => Self::Frontol,
            _ => Self::Other(ShortName::of(user_agent)),
        }
    }
}

impl ShortName {
    fn of(user_agent: &str) -> Self {
        let is_kept = |sign: &u8| sign.is_ascii_alphanumeric() || b".+-_".contains(sign);
        let mut name = Self::default();
        for (sign, kept) in user_agent.bytes().take_while(is_kept).zip(&mut name.0) {
            *kept = sign;
        }
        name
    }
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
                let browser = BROWSER_NAMES.iter().find(|(named, _)| named == browser);
                let system = SYSTEM_NAMES.iter().find(|(named, _)| named == system);
                let browser = browser.map_or("?", |(_, name)| *name);
                let system = system.map_or("?", |(_, name)| *name);
                write!(f, "{browser}/{system}")
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
