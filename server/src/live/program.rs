//! The name of the program that sends a request, in words that need no translation.

use domain::ModuleAgent;
use domain::user_agent::{Browser, Browsing, System};

/// The longest name, in characters.
const MAX_NAME: usize = 60;

/// Reads the header `User-Agent`. Returns `None` if it is empty.
pub(super) fn program(user_agent: &str, is_web_till: bool) -> Option<String> {
    let name = if let Some(known) = Browsing::of(user_agent) {
        browsing(known)
    } else if let Some(module) = ModuleAgent::of(user_agent) {
        module.to_string()
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

/// Returns the browser and the system, as far as they are known.
fn browsing(known: Browsing<'_>) -> String {
    let with = |name: &str, version: &str| format!("{name} {version}").trim().to_owned();
    let browser =
        (known.browser != Browser::Other).then(|| with(known.browser.name(), known.version));
    let system =
        (known.system != System::Other).then(|| with(known.system.name(), known.system_version));
    let parts = [browser, system].into_iter().flatten();
    parts.collect::<Vec<_>>().join(", ")
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
                "Bonex-1C/0.1.0 (UNF; 3.0.8.73; 1C 8.3.24.1446)",
                false,
                Some("Bonex 0.1.0, 1C UNF 3.0.8.73, 8.3.24.1446"),
            ),
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
