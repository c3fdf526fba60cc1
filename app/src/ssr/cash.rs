//! The cashier's document: a shell that is the same for every till, because only the phone knows
//! its tokens.

use leptos::prelude::*;

use super::bundle::Bundle;
use super::document::{About, html, start_program};
use super::install::{BACKGROUND, DARK_BACKGROUND, MANIFEST_URL, TOUCH_ICON_URL};
use super::raw_text;
use crate::Cash;
use crate::locales::{CashDocumentTexts, Language};

/// The viewport: the page extends to the edges of the screen, and ends above the on-screen keyboard
/// instead of below it.
const VIEWPORT: &str =
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";

/// The JavaScript that shows a message if the program cannot be started. Otherwise the shell would
/// stay, without an explanation.
const NOT_STARTED: &str = ".catch(async (error) => { await parsed; document.querySelector('.cash').replaceWith(\
     document.getElementById('not-started').content); throw error; })";

/// The JavaScript that hides the shell for one second if the phone has stored the program. The till
/// then opens before a user could read that it is opening, and rendering that text would only delay
/// it. A slower phone shows the text after the second.
const OPENS_AT_ONCE: &str = "if (navigator.serviceWorker && navigator.serviceWorker.controller) { \
     const { classList } = document.documentElement; classList.add('opens-at-once'); \
     setTimeout(() => classList.remove('opens-at-once'), 1000); }";

/// Renders the whole document of `/cash`.
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
        // On a translated page the till's updates would not be visible.
        <meta name="google" content="notranslate" />
        // With credentials, because the cookie contains the language.
        <link rel="manifest" href=MANIFEST_URL crossorigin="use-credentials" />
        <link rel="apple-touch-icon" href=TOUCH_ICON_URL />
        {scanner}
        <noscript>
            {raw_text::style(".cash { display: none }")}
        </noscript>
    };
    let body = view! {
        <Cash language />
        <noscript>{no_script(texts)}</noscript>
        <template id="not-started">{not_started(texts)}</template>
    };
    html(bundle, about, Some(script), head, body)
}

/// Sets the colour of the browser's own bars around the page. (`view!` does not support `media` on
/// `meta`.)
fn theme_color(media: &'static str, color: &'static str) -> impl IntoView {
    leptos::html::meta()
        .name("theme-color")
        .attr("media", media)
        .content(color)
}

/// Renders the message for browsers with JavaScript off, with the way to switch it on.
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

/// Renders the message that replaces the shell if the program did not load or the browser does not
/// support it.
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
