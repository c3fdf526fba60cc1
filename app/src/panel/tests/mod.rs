//! Tests of all pages: they are complete in each language, safe against hostile texts, small, and
//! usable without a script.

mod account_samples;
mod activity_samples;
mod admin_samples;
mod client_samples;
mod document;
mod import_samples;
mod ledger_samples;
mod platform_samples;
mod samples;
mod store_samples;
mod till_samples;
mod trade_samples;

use std::io::Write as _;

use crate::locales::Language;
use document::{has_attribute, hidden_faults, unlabelled_inputs};
use samples::Samples;

/// A text that tries to leave text, attributes, titles and text areas.
const HOSTILE: &str =
    "</title></textarea><script>alert(1)</script>\" onload=\"x\" '><img src=x>&lt;\u{202e}Ӣ";

fn pages(language: Language, hostile: Option<&'static str>, rows: usize) -> Vec<(String, String)> {
    let samples = Samples {
        language,
        hostile,
        rows,
    };
    let mut pages = samples.pages();
    pages.extend(samples.account_pages());
    pages.extend(samples.admin_pages());
    pages.extend(samples.platform_pages());
    pages.extend(samples.store_pages());
    pages.extend(samples.activity_pages());
    pages.extend(samples.client_pages());
    pages.extend(samples.ledger_pages());
    pages.extend(samples.import_pages());
    pages.extend(samples.trade_pages());
    pages
        .into_iter()
        .map(|(name, html)| (format!("{name} in {}", language.tag()), html))
        .collect()
}

fn all_languages(hostile: Option<&'static str>, rows: usize) -> Vec<(String, String)> {
    let of = |language| pages(language, hostile, rows);
    Language::ALL.into_iter().flat_map(of).collect()
}

#[test]
fn no_page_has_scripts_or_styles() {
    let script = format!(
        "<script defer src=\"{}\"></script>",
        crate::page::REFRESH_URL
    );
    for (name, html) in all_languages(None, 3) {
        // The one that brings a page up to date.
        let is_live = name.starts_with("live-");
        assert_eq!(
            html.matches(&script).count(),
            usize::from(is_live),
            "{name}"
        );
        let html = html.replace(&script, "");
        for forbidden in ["style=", "<script", "javascript:", "onclick"] {
            assert!(!html.contains(forbidden), "{name} has {forbidden}");
        }
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for (name, html) in pages(Language::Ru, Some(HOSTILE), 2) {
        let html = html.replace("<script defer", "");
        for markup in ["<script", "<img", "</textarea><s", "</title><s"] {
            assert!(!html.contains(markup), "{name} has {markup}");
        }
        assert!(!has_attribute(&html, "onload"), "{name}");
        let page_has_texts = !name.contains("sign") && !name.contains("alone");
        if page_has_texts {
            assert!(
                html.contains("&lt;/title&gt;") || html.contains("&lt;/title>"),
                "{name}"
            );
        }
    }
    // A text of only wide characters does not break a page.
    let emoji: &'static str = Box::leak("👩‍👩‍👧".repeat(64).into_boxed_str());
    for (name, html) in pages(Language::Tg, Some(emoji), 2) {
        assert!(html.ends_with("</html>"), "{name}");
    }
}

#[test]
fn ids_are_unique_and_every_input_has_a_label() {
    for (name, html) in all_languages(None, 3) {
        let faults = hidden_faults(&html);
        assert!(faults.is_empty(), "{name}: {faults:?}");
        let inputs = unlabelled_inputs(&html);
        assert!(inputs.is_empty(), "{name}: {inputs:?}");
    }
}

#[test]
fn every_page_has_one_heading_and_its_language() {
    for (name, html) in all_languages(None, 3) {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let language = name.rsplit(' ').next().unwrap_or_default();
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{name}"
        );
        assert!(!html.contains("{}"), "{name} has an empty place");
    }
}

/// Returns the number of bytes that the server sends, compressed as for any browser.
fn sent(html: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(html.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn long_pages_are_small() {
    const LIMIT: usize = 50 * 1024;
    // Pages with a secret are sent without compression, with at most 50 rows. No live page has one.
    for (name, html) in all_languages(None, 50) {
        let is_compressed = name.starts_with("live-");
        assert!(
            is_compressed || html.len() < LIMIT,
            "{name}: {} bytes",
            html.len()
        );
    }
    for (name, html) in all_languages(None, 100) {
        let size = sent(&html);
        assert!(size < LIMIT / 4, "{name}: {size} bytes");
    }
    assert!(
        crate::page::STYLE.len() < LIMIT,
        "{}",
        crate::page::STYLE.len()
    );
}

#[test]
fn a_wrong_form_names_each_problem_twice_and_hides_secrets() {
    for (name, html) in all_languages(None, 1) {
        if name.starts_with("wrong") {
            assert!(html.contains("role=\"alert\""), "{name}");
            assert!(html.contains("aria-invalid=\"true\""), "{name}");
        }
        assert!(!html.contains("secret-password"), "{name}");
    }
}

/// Writes every page to the folder in `BONEX_PAGES`, to look at them in a browser:
/// `BONEX_PAGES=/tmp/pages cargo test -p app --features ssr write_pages -- --ignored`
#[test]
#[ignore = "writes files for a person"]
fn write_pages() {
    let Some(folder) = std::env::var_os("BONEX_PAGES") else {
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let style = folder.join(crate::page::STYLE_URL.trim_start_matches('/'));
    std::fs::write(style, crate::page::STYLE).unwrap();
    for (name, html) in all_languages(None, 8) {
        let file = format!("{}.html", name.replace(' ', "-"));
        std::fs::write(folder.join(file), html).unwrap();
    }
}
