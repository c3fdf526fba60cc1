//! The cookies of the consoles.

use app::console::Console;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::browser;

/// A cookie of a console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cookie {
    /// The name, without the prefix that binds it to a secure host.
    name: &'static str,
    /// The paths that get it without HTTPS; a cookie with the prefix has all of its host.
    path: &'static str,
    /// The time for which browsers keep it.
    seconds: u32,
}

/// Browsers keep the cookie of a session as long as they can, 400 days; the session itself ends
/// earlier.
const LONGEST: u32 = 400 * 24 * 60 * 60;

/// Returns the cookie of a session.
pub(crate) const fn session(console: Console) -> Cookie {
    of(console, "panel", "admin", LONGEST)
}

/// Returns the cookie of a person whose password was right and whose second step is awaited.
pub(crate) const fn code(console: Console) -> Cookie {
    of(console, "panel_code", "admin_code", 600)
}

/// Returns the cookie of the message that the next page shows.
pub(crate) const fn notice(console: Console) -> Cookie {
    of(console, "panel_notice", "admin_notice", 10)
}

const fn of(
    console: Console,
    of_panel: &'static str,
    of_admin: &'static str,
    seconds: u32,
) -> Cookie {
    let (name, path) = match console {
        Console::Panel => (of_panel, "/"),
        Console::Admin => (of_admin, "/admin"),
    };
    Cookie {
        name,
        path,
        seconds,
    }
}

impl Cookie {
    /// Returns the value of the cookie in a request. The one of the secure host counts if there are
    /// both, because a neighbouring host can set the other one.
    pub(crate) fn read(self, headers: &HeaderMap) -> Option<&str> {
        [true, false]
            .into_iter()
            .find_map(|is_secure| browser::cookie(headers, &self.name(is_secure)))
    }

    /// Makes the header that sets the cookie in the browser that has sent these headers.
    pub(crate) fn set(self, headers: &HeaderMap, value: &str) -> Option<HeaderValue> {
        self.header(is_secure(headers), value, self.seconds)
    }

    /// Makes the header that deletes the cookie.
    pub(crate) fn delete(self, headers: &HeaderMap) -> Option<HeaderValue> {
        self.header(is_secure(headers), "", 0)
    }

    /// Makes the header that deletes the cookie if the browser has sent it.
    pub(crate) fn forget(self, headers: &HeaderMap) -> Option<HeaderValue> {
        let sent = [true, false]
            .into_iter()
            .find(|is_secure| browser::cookie(headers, &self.name(*is_secure)).is_some());
        self.header(sent?, "", 0)
    }

    fn header(self, is_secure: bool, value: &str, seconds: u32) -> Option<HeaderValue> {
        let (path, secure) = if is_secure {
            ("/", "; Secure")
        } else {
            (self.path, "")
        };
        let name = self.name(is_secure);
        let text = format!(
            "{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
        );
        HeaderValue::try_from(text).ok()
    }

    /// Returns the name. Browsers accept a `__Host-` cookie only from the secure host itself, so a
    /// neighbouring host cannot set it.
    fn name(self, is_secure: bool) -> String {
        let prefix = if is_secure { "__Host-" } else { "" };
        format!("{prefix}{}", self.name)
    }
}

/// Returns whether the browser uses HTTPS: an operator's proxy says so, or the page's origin.
fn is_secure(headers: &HeaderMap) -> bool {
    let is_https = |name: HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("https"))
    };
    is_https(browser::FORWARDED_PROTO) || is_https(header::ORIGIN)
}
