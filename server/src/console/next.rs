//! The page that follows after a sign-in or a password.

use app::console::urls::with_query;
use app::console::{AccountUrl, Console};
use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};

use super::pairs::Pairs;

/// Returns the page that the query names, if it is one of the console.
pub(crate) fn of_query(console: Console, uri: &Uri) -> Option<String> {
    let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let next = query.into_iter().find(|(name, _)| name == "next");
    next.map(|(_, next)| next)
        .filter(|next| is_own(console, next))
}

/// Returns the page that a form names, if it is one of the console.
pub(crate) fn of_form(console: Console, pairs: &Pairs) -> Option<&str> {
    pairs.value("next").filter(|next| is_own(console, next))
}

/// Returns the page to which a person returns who has to sign in first: the one that was asked for,
/// or the one with the form that was sent. `None` is the first page.
pub(crate) fn after(console: Console, parts: &Parts) -> Option<String> {
    let uri = if matches!(parts.method, Method::GET | Method::HEAD) {
        Some(parts.uri.clone())
    } else {
        let referrer = parts.headers.get(header::REFERER);
        referrer.and_then(|referrer| referrer.to_str().ok()?.parse().ok())
    };
    let path = uri?.path_and_query()?.to_string();
    let home = console.url(AccountUrl::Home);
    Some(path).filter(|path| *path != home && is_own(console, path))
}

/// Returns the address of the sign-in form, from which `next` follows.
pub(crate) fn sign_in(console: Console, next: Option<&str>) -> String {
    let next = [("next", next.unwrap_or_default())];
    with_query(console.url(AccountUrl::SignIn), &next)
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
