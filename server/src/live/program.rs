//! The name of the program that sends a request, in words that need no translation.

/// The longest name, in characters.
const MAX_NAME: usize = 60;

/// The names in the header of a browser, the most special first: most browsers also call themselves
/// Chrome and Safari.
const BROWSERS: [(&str, &str); 10] = [
    ("YaBrowser/", "Yandex"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

/// Reads the header `User-Agent`. Returns `None` if it is empty.
pub(super) fn program(user_agent: &str, is_web_till: bool) -> Option<String> {
    let name = if user_agent.starts_with("Mozilla/") {
        let parts = [browser(user_agent), system(user_agent)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    } else {
        let first = user_agent.split_whitespace().next().unwrap_or_default();
        first.replace(['+', '/'], " ")
    };
    let name = match (is_web_till, name.is_empty()) {
        (true, false) => format!("Bonex, {name}"),
        (true, true) => "Bonex".to_owned(),
        (false, _) => name,
    };
    let fit = |sign: &char| !sign.is_control();
    let name: String = name.chars().filter(fit).take(MAX_NAME).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn browser(user_agent: &str) -> Option<String> {
    BROWSERS.iter().find_map(|(mark, name)| {
        let (_, version) = user_agent.split_once(mark)?;
        Some(format!("{name} {}", whole(version)))
    })
}

fn system(user_agent: &str) -> Option<String> {
    let after = |mark: &str| user_agent.split_once(mark).map(|(_, rest)| whole(rest));
    if let Some(version) = after("Android ") {
        return Some(format!("Android {version}"));
    }
    if let Some(version) = after("iPhone OS ").or_else(|| after("CPU OS ")) {
        return Some(format!("iOS {version}"));
    }
    let named = [
        ("Windows NT 6.1", "Windows 7"),
        ("Windows NT 6.3", "Windows 8.1"),
        ("Windows NT 10.0", "Windows 10"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let found = named.iter().find(|(mark, _)| user_agent.contains(mark));
    found.map(|(_, name)| (*name).to_owned())
}

/// Returns the digits at the beginning: the whole part of a version.
fn whole(version: &str) -> String {
    version.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_named() {
        for (user_agent, is_web_till, name) in [
            ("1C+Enterprise/8.3", false, Some("1C Enterprise 8.3")),
            ("Frontol 6", false, Some("Frontol")),
            (
                "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/137.0.0.0 Mobile Safari/537.36",
                true,
                Some("Bonex, Chrome 137, Android 13"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
                true,
                Some("Bonex, Safari 17, iOS 17"),
            ),
            (
                "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/109.0.0.0 Safari/537.36",
                false,
                Some("Chrome 109, Windows 7"),
            ),
            ("", false, None),
            ("", true, Some("Bonex")),
            ("Mozilla/", false, None),
        ] {
            assert_eq!(program(user_agent, is_web_till).as_deref(), name);
        }
        let long = "я".repeat(500);
        assert_eq!(program(&long, false).unwrap().chars().count(), MAX_NAME);
    }
}
