//! The language in which the server renders a page.

use axum::http::{HeaderMap, header, request::Parts};
use leptos::context::use_context;

use crate::locales::Language;

/// The cookie with the visitor's own choice.
const COOKIE: &str = "bonex_language";

/// Returns the language of the page that is being rendered.
pub(super) fn of_page() -> Language {
    use_context::<Parts>().map_or_else(Language::default, |parts| asked(&parts.headers))
}

/// Returns the visitor's own choice, else the browser's most preferred language that we support,
/// else Russian.
pub fn asked(headers: &HeaderMap) -> Language {
    chosen(headers)
        .or_else(|| preferred(headers))
        .unwrap_or_default()
}

/// Returns the `Set-Cookie` value that keeps the visitor's choice for a year.
pub fn cookie(language: Language) -> String {
    let tag = language.tag();
    format!("{COOKIE}={tag}; Path=/; Max-Age=31536000; SameSite=Lax")
}

fn chosen(headers: &HeaderMap) -> Option<Language> {
    values(headers, header::COOKIE, ';')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, tag)| Language::from_tag(tag))
}

/// Returns the most preferred supported language of `Accept-Language`: sorted by quality, and for
/// equal quality in the given order.
fn preferred(headers: &HeaderMap) -> Option<Language> {
    let mut languages: Vec<(f32, Language)> = values(headers, header::ACCEPT_LANGUAGE, ',')
        .filter_map(|range| {
            let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
            let quality = quality.trim().strip_prefix("q=")?.parse().ok()?;
            Some((quality, Language::from_tag(tag)?))
        })
        .filter(|(quality, _)| *quality > 0.0)
        .collect();
    languages.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    languages.first().map(|(_, language)| *language)
}

/// Returns the items of a header, which may be present several times. Values that are not ASCII are
/// ignored.
fn values(
    headers: &HeaderMap,
    name: header::HeaderName,
    separator: char,
) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(move |value| value.split(separator))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asked_by(cookie: &'static str, accepted: &'static str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
        asked(&headers).tag()
    }

    #[test]
    fn russian_if_no_other_language_is_asked_for() {
        assert_eq!(asked(&HeaderMap::new()).tag(), "ru");
        for accepted in [
            "",
            "*",
            "uz",
            "fr-FR, de;q=0.5",
            ";;q=,=",
            "tg;q=0",
            "en;q=x",
        ] {
            assert_eq!(asked_by("", accepted), "ru", "{accepted}");
        }
    }

    #[test]
    fn the_first_supported_language_of_the_browser() {
        for (accepted, language) in [
            ("tg-TJ,tg;q=0.9,ru;q=0.8,en;q=0.7", "tg"),
            ("ru-RU,ru;q=0.9,tg;q=0.8", "ru"),
            ("en-US,en;q=0.9", "en"),
            ("uz, EN;q=0.5, ru;q=0.4", "en"),
            ("en;q=0.1, tg;q=0.25, ru;q=0.2", "tg"),
            ("en, tg", "en"),
        ] {
            assert_eq!(asked_by("", accepted), language, "{accepted}");
        }
    }

    #[test]
    fn the_cookie_overrides_the_browser() {
        assert_eq!(asked_by("bonex_language=tg", "en"), "tg");
        assert_eq!(asked_by("a=b; bonex_language=ru; c=d", "tg"), "ru");
        assert_eq!(asked_by("bonex_language=fr", "en"), "en");
        assert_eq!(asked_by("not_bonex_language=tg", "en"), "en");
    }
}
