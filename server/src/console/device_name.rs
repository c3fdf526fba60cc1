//! The name of a browser and its system, as far as the user agent tells.

use domain::user_agent::{Browser, Browsing, System, first_word};

/// Returns a name such as `Chrome, Android`; `None` if the user agent tells nothing known.
pub(crate) fn device_name(user_agent: &str) -> Option<String> {
    let Some(known) = Browsing::of(user_agent) else {
        let name = first_word(user_agent);
        return (!name.is_empty()).then(|| name.to_owned());
    };
    let system = match known.system {
        System::Ios if user_agent.contains("iPad") => "iPad",
        System::Ios => "iPhone",
        system => system.name(),
    };
    match (known.browser, known.system) {
        (Browser::Other, System::Other) => None,
        (Browser::Other, _) => Some(system.to_owned()),
        (browser, System::Other) => Some(browser.name().to_owned()),
        (browser, _) => Some(format!("{}, {system}", browser.name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_not_taken_for_the_one_that_it_copies() {
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/109.0.0.0 Safari/537.36",
                Some("Chrome, Windows"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 11; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) \
                 SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
                Some("Samsung Internet, Android"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
                Some("Safari, iPhone"),
            ),
            ("curl/8.5.0", Some("curl")),
            ("<script>", None),
            ("", None),
        ] {
            assert_eq!(device_name(user_agent).as_deref(), name, "{user_agent}");
        }
    }
}
