//! The page that follows after a sign-in or a password.

use app::console::{AccountUrl, Console};
use axum::extract::Query;
use axum::http::Uri;

use super::form::Pairs;

/// Returns the page that the query names, if it is one of the console.
pub(crate) fn of_query(console: Console, uri: &Uri) -> Option<String> {
    let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let next = query.into_iter().find(|(name, _)| name == "next");
    next.map(|(_, next)| next)
        .filter(|next| is_own(console, next))
}

/// Returns the page that a form names, if it is one of the console.
pub(crate) fn of_form(console: Console, pairs: &Pairs) -> Option<String> {
    let next = pairs.value("next").filter(|next| is_own(console, next));
    next.map(str::to_owned)
}

/// Returns whether an address is a page of the console: a link with the address of another site
/// must not lead there after the sign-in.
fn is_own(console: Console, next: &str) -> bool {
    let home = console.url(AccountUrl::Home);
    let rest = next.strip_prefix(&home);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && next.bytes().all(|sign| sign.is_ascii_graphic())
        && !next.contains([':', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_console_follow() {
        for own in [
            "/panel",
            "/panel/tills",
            "/panel/tills/1?a=%3A",
            "/panel?day=2026-06-05",
        ] {
            assert!(is_own(Console::Panel, own), "{own}");
            assert!(!is_own(Console::Admin, own), "{own}");
        }
        for other in [
            "",
            "/",
            "/panels",
            "/admin",
            "panel/tills",
            "//evil.example/panel",
            "https://evil.example/panel/",
            "/panel/\\evil.example",
            "/panel//evil:8080",
            "/panel/\n",
            "/panel/тест",
        ] {
            assert!(!is_own(Console::Panel, other), "{other:?}");
        }
        assert!(is_own(Console::Admin, "/admin/sessions"));
    }
}
