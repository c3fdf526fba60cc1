//! What the header `User-Agent` says (RFC 9110, section 10.1.5). This is the one table of browsers
//! and systems. It is no proof of anything: a program may send what it likes.

/// A browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names of browsers")]
pub enum Browser {
    Chrome,
    Edge,
    Firefox,
    Mi,
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

/// The signs of browsers, each before the version; the most special first, because most browsers
/// also call themselves Chrome and Safari.
const BROWSERS: [(&str, Browser); 12] = [
    ("YaBrowser/", Browser::Yandex),
    ("SamsungBrowser/", Browser::Samsung),
    ("MiuiBrowser/", Browser::Mi),
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

/// The versions of Windows by the number of its kernel; later ones call themselves 10.
const WINDOWS: [(&str, &str); 3] = [
    ("Windows NT 6.1", "7"),
    ("Windows NT 6.3", "8.1"),
    ("Windows NT 10.0", "10"),
];

impl Browser {
    /// Every browser.
    pub const ALL: [Self; 9] = [
        Self::Chrome,
        Self::Edge,
        Self::Firefox,
        Self::Mi,
        Self::Opera,
        Self::Safari,
        Self::Samsung,
        Self::Yandex,
        Self::Other,
    ];

    /// Returns its name, `?` if it is not known.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrome => "Chrome",
            Self::Edge => "Edge",
            Self::Firefox => "Firefox",
            Self::Mi => "Mi Browser",
            Self::Opera => "Opera",
            Self::Safari => "Safari",
            Self::Samsung => "Samsung Internet",
            Self::Yandex => "Yandex Browser",
            Self::Other => "?",
        }
    }
}

impl System {
    /// Every system.
    pub const ALL: [Self; 7] = [
        Self::Android,
        Self::ChromeOs,
        Self::Ios,
        Self::Linux,
        Self::MacOs,
        Self::Windows,
        Self::Other,
    ];

    /// Returns its name, `?` if it is not known.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Android => "Android",
            Self::ChromeOs => "ChromeOS",
            Self::Ios => "iOS",
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
            Self::Other => "?",
        }
    }
}

/// What a browser says about itself. A version that is not known is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browsing<'a> {
    /// The browser.
    pub browser: Browser,
    /// The whole part of its version.
    pub version: &'a str,
    /// Its system.
    pub system: System,
    /// The version of the system: of Android, iOS and Windows.
    pub system_version: &'a str,
}

impl<'a> Browsing<'a> {
    /// Reads the header of a browser; `None` for any other program.
    pub fn of(user_agent: &'a str) -> Option<Self> {
        if !user_agent.starts_with("Mozilla/") {
            return None;
        }
        let after = |sign: &str| user_agent.split_once(sign).map(|(_, rest)| whole(rest));
        let mut browsers = BROWSERS.iter();
        let browser = browsers.find_map(|&(sign, browser)| Some((browser, after(sign)?)));
        let (browser, version) = browser.unwrap_or((Browser::Other, ""));
        let mut systems = SYSTEMS.iter();
        let system = systems.find(|(sign, _)| user_agent.contains(sign));
        let system = system.map_or(System::Other, |(_, system)| *system);
        let system_version = match system {
            System::Android => after("Android "),
            System::Ios => after("iPhone OS ").or_else(|| after("CPU OS ")),
            System::Windows => {
                let mut known = WINDOWS.iter();
                let known = known.find(|(sign, _)| user_agent.contains(sign));
                known.map(|(_, version)| *version)
            }
            _ => None,
        };
        Some(Self {
            browser,
            version,
            system,
            system_version: system_version.unwrap_or_default(),
        })
    }
}

/// Returns the digits at the beginning: the whole part of a version.
fn whole(version: &str) -> &str {
    let end = version.find(|sign: char| !sign.is_ascii_digit());
    version
        .get(..end.unwrap_or(version.len()))
        .unwrap_or_default()
}

/// Returns the first word of a program that is no browser, such as `curl` of `curl/8.5.0`.
pub fn first_word(user_agent: &str) -> &str {
    let is_kept = |sign: char| sign.is_ascii_alphanumeric() || ".+-_".contains(sign);
    let end = user_agent.find(|sign| !is_kept(sign));
    user_agent
        .get(..end.unwrap_or(user_agent.len()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_systems_are_read_with_their_versions() {
        for (user_agent, browser, system) in [
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) \
                 SamsungBrowser/23.0 Chrome/137.0.0.0 Mobile Safari/537.36",
                (Browser::Samsung, "23"),
                (System::Android, "13"),
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                (Browser::Safari, "17"),
                (System::Ios, "17"),
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/109.0.0.0 Safari/537.36 Edg/109.0",
                (Browser::Edge, "109"),
                (System::Windows, "7"),
            ),
            (
                "Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)",
                (Browser::Other, ""),
                (System::Windows, ""),
            ),
            ("Mozilla/", (Browser::Other, ""), (System::Other, "")),
        ] {
            let found = Browsing::of(user_agent).unwrap();
            assert_eq!((found.browser, found.version), browser, "{user_agent}");
            assert_eq!((found.system, found.system_version), system, "{user_agent}");
        }
        for other in ["", "curl/8.5.0", "1C+Enterprise/8.3"] {
            assert_eq!(Browsing::of(other), None, "{other}");
        }
    }

    #[test]
    fn the_first_word_has_only_plain_signs() {
        for (user_agent, word) in [
            ("curl/8.5.0", "curl"),
            ("1C+Enterprise/8.3", "1C+Enterprise"),
            ("<script>", ""),
            ("\u{43a}\u{430}ssa 1", ""),
            ("", ""),
        ] {
            assert_eq!(first_word(user_agent), word);
        }
    }
}
