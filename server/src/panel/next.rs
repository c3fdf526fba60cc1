//! The page that follows after a sign-in or a password.

use app::panel::urls::Url;
use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};

use super::form::Pairs;

/// Returns the page that the query names, if it is one of the panel.
pub(super) fn of_query(uri: &Uri) -> Option<String> {
    let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let next = query.into_iter().find(|(name, _)| name == "next");
    next.map(|(_, next)| next).filter(|next| is_own(next))
}

/// Returns the page that a form names, if it is one of the panel.
pub(super) fn of_form(pairs: &Pairs) -> Option<&str> {
    pairs.value("next").filter(|next| is_own(next))
}

/// Returns the page to which a person returns who has to sign in first: the one that was asked for,
/// or the one with the form that was sent. `None` is the first page.
pub(super) fn after(parts: &Parts) -> Option<String> {
    let uri = if matches!(parts.method, Method::GET | Method::HEAD) {
        Some(parts.uri.clone())
    } else {
        let referrer = parts.headers.get(header::REFERER);
        referrer.and_then(|referrer| referrer.to_str().ok()?.parse().ok())
    };
    let path = uri?.path_and_query()?.to_string();
    let home = Url::Today.to_string();
    Some(path).filter(|path| *path != home && is_own(path))
}

/// Returns the address of the sign-in form, from which `next` follows.
pub(super) fn sign_in(next: Option<&str>) -> String {
    Url::SignIn.with_query(&[("next", next.unwrap_or_default())])
}

/// Returns whether an address is a page of the panel: a link with the address of another site must
/// not lead there after the sign-in.
fn is_own(next: &str) -> bool {
    let home = Url::Today.to_string();
    let rest = next.strip_prefix(&home);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && next.bytes().all(|sign| sign.is_ascii_graphic())
        && !next.contains([':', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_panel_follow() {
        for own in [
            "/panel",
            "/panel/tills",
            "/panel/tills/1?a=%3A",
            "/panel?day=2026-06-05",
        ] {
            assert!(is_own(own), "{own}");
        }
        for other in [
            "",
            "/",
            "/panels",
            "panel/tills",
            "//evil.example/panel",
            "https://evil.example/panel/",
            "/panel/\\evil.example",
            "/panel//evil:8080",
            "/panel/\n",
            "/panel/тест",
        ] {
            assert!(!is_own(other), "{other:?}");
        }
    }
}
