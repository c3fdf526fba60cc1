//! The HTML document around a page.

use leptos::prelude::*;

use super::bundle::Bundle;
use super::raw_text;
use crate::locales::Language;

/// The properties in which documents differ.
#[derive(Clone, Copy)]
pub(super) struct About {
    pub(super) language: Language,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) viewport: &'static str,
    /// `no` if a browser must not translate the page.
    pub(super) translate: Option<&'static str>,
}

impl About {
    /// Describes an ordinary page that scrolls.
    fn page(language: Language) -> Self {
        let texts = &language.texts().document;
        Self {
            language,
            title: texts.title,
            description: texts.description,
            viewport: "width=device-width, initial-scale=1",
            translate: None,
        }
    }
}

/// Renders the start page, which the browser hydrates: `body` must be exactly what `hydrate_start`
/// mounts.
pub(super) fn start<B: IntoView + 'static>(
    bundle: &Bundle,
    language: Language,
    body: B,
) -> impl IntoView + use<B> {
    let start = start_program(bundle, "hydrate_start", "");
    html(bundle, About::page(language), Some(start), (), body)
}

/// Returns JavaScript that loads the program while the browser still reads the document, and then
/// calls its function `begin`. `after` continues the promise of that call; it may use `parsed`, the
/// promise of the complete document. The script has no top-level `await`, because browsers older
/// than the required ones would fail to parse it.
pub(super) fn start_program(bundle: &Bundle, begin: &str, after: &str) -> String {
    let (load, wasm) = (bundle.js_load(), bundle.wasm_url());
    format!(
        "{{ const parsed = new Promise((then) => document.addEventListener('DOMContentLoaded', then)); \
         {load}.then(async (program) => {{ await program.default({{ module_or_path: '{wasm}' }}); await parsed; \
         program.{begin}(); }}){after}; }}"
    )
}

/// Renders the answer to an unknown address. There is nothing to hydrate, so it has no script.
pub(super) fn not_found(bundle: &Bundle, language: Language) -> impl IntoView + use<> {
    let texts = &language.texts().document;
    let body = view! {
        <main class="page">
            <header class="hero">
                <h1>{texts.not_found}</h1>
                <p class="lead">{texts.not_found_advice}</p>
            </header>
            <p>
                <a class="button" href="/">
                    {texts.home}
                </a>
            </p>
        </main>
    };
    html(bundle, About::page(language), None, (), body)
}

/// Renders the frame of every document. `script` comes before the style sheet, because browsers
/// delay scripts that follow a style sheet until it is loaded; `head` comes after it.
pub(super) fn html<H, B>(
    bundle: &Bundle,
    about: About,
    script: Option<String>,
    head: H,
    body: B,
) -> impl IntoView + use<H, B>
where
    H: IntoView + 'static,
    B: IntoView + 'static,
{
    view! {
        <!DOCTYPE html>
        <html lang=about.language.tag() translate=about.translate>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content=about.viewport />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=about.description />
                {raw_text::title(about.title)}
                {script.map(raw_text::script)}
                <link rel="icon" href=bundle.icon_url() />
                <link rel="stylesheet" href=bundle.css_url() />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}
