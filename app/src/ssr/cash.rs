//! The cashier's document: a shell that is the same for every till, for only the phone knows its tokens.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::bundle::Bundle;
use super::document::{About, html, start_program};
use super::install::{BACKGROUND, DARK_BACKGROUND, MANIFEST_URL, TOUCH_ICON_URL};
use crate::Cash;
use crate::locales::{CashDocumentTexts, Language};

/// To the edges of the glass, and above the keyboard rather than under it.
const VIEWPORT: &str =
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";

/// Says that the program could not be started: a shell that stays one explains nothing.
const NOT_STARTED: &str = ".catch(async (error) => { await parsed; document.querySelector('.cash').replaceWith(\
     document.getElementById('not-started').content); throw error; })";

/// Where the phone keeps the program, the till stands there before one could read that it opens: drawing that as well
/// would only put it off. A phone that takes longer than a second is told.
const OPENS_AT_ONCE: &str = "if (navigator.serviceWorker && navigator.serviceWorker.controller) { \
     const { classList } = document.documentElement; classList.add('opens-at-once'); \
     setTimeout(() => classList.remove('opens-at-once'), 1000); }";

/// The whole document of `/cash`.
pub(super) fn document(bundle: &Bundle, language: Language) -> impl IntoView + use<> {
    let texts = &language.texts().cash_document;
    let about = About {
        language,
        title: texts.title,
        description: texts.description,
        viewport: VIEWPORT,
        translate: Some("no"),
    };
    let start = start_program(bundle, "open_cash", NOT_STARTED);
    let script = format!("{OPENS_AT_ONCE} {start}");
    let scanner = bundle
        .scanner_js_url()
        .map(|url| view! { <meta name="bonex-scanner" content=url /> });
    let head = view! {
        {theme_color("(prefers-color-scheme: light)", BACKGROUND)}
        {theme_color("(prefers-color-scheme: dark)", DARK_BACKGROUND)}
        // A translated page no longer shows what the till writes there.
        <meta name="google" content="notranslate" />
        // With the cookie, which tells the language.
        <link rel="manifest" href=MANIFEST_URL crossorigin="use-credentials" />
        <link rel="apple-touch-icon" href=TOUCH_ICON_URL />
        {scanner}
        <noscript>
            <style nonce=use_nonce() inner_html=".cash { display: none }"></style>
        </noscript>
    };
    let body = view! {
        <Cash language />
        <noscript>{no_script(texts)}</noscript>
        <template id="not-started">{not_started(texts)}</template>
    };
    html(bundle, about, Some(script), head, body)
}

/// The colour of what the browser draws around the page. (`view!` knows no `media` of a `meta`.)
fn theme_color(media: &'static str, color: &'static str) -> impl IntoView {
    leptos::html::meta()
        .name("theme-color")
        .attr("media", media)
        .content(color)
}

/// What is needed with JavaScript off, and how to get it.
fn no_script(texts: &'static CashDocumentTexts) -> impl IntoView + use<> {
    view! {
        <main class="page notice">
            <header class="hero">
                <h1>{texts.no_script}</h1>
                <p class="lead">{texts.no_script_needs}</p>
            </header>
            <ul class="card">
                <li>{texts.no_script_chrome}</li>
                <li>{texts.no_script_safari}</li>
            </ul>
        </main>
    }
}

/// What takes the shell's place where the program did not load or is not understood.
fn not_started(texts: &'static CashDocumentTexts) -> impl IntoView + use<> {
    view! {
        <main class="page notice">
            <div class="hero" role="alert">
                <h1>{texts.not_started}</h1>
                <p class="lead">{texts.not_started_advice}</p>
            </div>
            <p>
                <a class="button" href="/cash?anew">
                    {texts.open_again}
                </a>
            </p>
        </main>
    }
}
