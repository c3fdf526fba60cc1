//! The kind of window in which the page is open. It decides whether the device keeps the till.

/// The properties of the browser that the page can read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signs<'a> {
    /// `navigator.userAgent`.
    pub user_agent: &'a str,
    /// `true` if the page runs as an app installed on the home screen.
    pub is_installed: bool,
    /// `true` if the screen detects several touches. It distinguishes an iPad from a Mac, because
    /// an iPad's user agent says Macintosh.
    pub has_touch: bool,
    /// `true` if the page contains a script injected by Telegram.
    pub is_telegram: bool,
}

/// The kind of window, shown to the cashier as a hint before the keys are entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Surroundings {
    /// A browser that keeps the till.
    Browser,
    /// A browser on an iPhone or iPad. An app on its home screen has its own storage, so a till
    /// opened in the browser before does not exist in the app.
    BeforeHomeScreen,
    /// A window inside another app. Its storage is deleted with it.
    OtherApp,
}

/// Words that apps add to the user agent of their windows. `; wv)` is Android's own mark for any of
/// them.
const APPS: [&str; 8] = [
    "Instagram",
    "FBAN/",
    "FBAV/",
    "WhatsApp",
    "Telegram",
    "Viber",
    "Line/",
    "; wv)",
];

/// Determines the kind of window from the browser's properties.
pub fn surroundings(signs: Signs<'_>) -> Surroundings {
    let names = |word: &str| signs.user_agent.contains(word);
    let is_apple = ["iPhone", "iPad", "iPod"].into_iter().any(names)
        || (names("Macintosh") && signs.has_touch);
    if signs.is_telegram || APPS.into_iter().any(names) {
        Surroundings::OtherApp
    } else if !is_apple || signs.is_installed {
        Surroundings::Browser
    } else if names("Safari/") {
        Surroundings::BeforeHomeScreen
    } else {
        // Every browser on Apple's phones names Safari; a window of another app does not.
        Surroundings::OtherApp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    const IPAD: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15";
    const CHROME: &str = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
    const WEBVIEW: &str = "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36";
    const IN_INSTAGRAM: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 334.0.4.32.98";
    const IN_SOME_APP: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";

    fn seen(user_agent: &str, is_installed: bool, has_touch: bool) -> Surroundings {
        surroundings(Signs {
            user_agent,
            is_installed,
            has_touch,
            is_telegram: false,
        })
    }

    #[test]
    fn a_till_is_kept_by_a_browser_and_an_installed_app() {
        assert_eq!(seen(CHROME, false, true), Surroundings::Browser);
        assert_eq!(seen(CHROME, true, true), Surroundings::Browser);
        assert_eq!(seen(IPAD, false, false), Surroundings::Browser, "a Mac");
        // An app on the home screen of an iPhone does not name Safari.
        assert_eq!(seen(IN_SOME_APP, true, true), Surroundings::Browser);
    }

    #[test]
    fn on_an_iphone_the_home_screen_is_suggested_first() {
        assert_eq!(seen(SAFARI, false, true), Surroundings::BeforeHomeScreen);
        assert_eq!(seen(IPAD, false, true), Surroundings::BeforeHomeScreen);
    }

    #[test]
    fn a_window_of_another_app_is_recognised() {
        for user_agent in [
            WEBVIEW,
            IN_INSTAGRAM,
            IN_SOME_APP,
            &CHROME.replace("Mobile ", "WhatsApp/2.24 "),
        ] {
            assert_eq!(
                seen(user_agent, false, true),
                Surroundings::OtherApp,
                "{user_agent}"
            );
        }
        let telegram = Signs {
            user_agent: SAFARI,
            is_installed: false,
            has_touch: true,
            is_telegram: true,
        };
        assert_eq!(surroundings(telegram), Surroundings::OtherApp);
    }
}
