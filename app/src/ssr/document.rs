//! The HTML document around a page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::bundle::Bundle;
use crate::locales::RU;

/// A page the browser takes over: `body` must be exactly what `hydrate` mounts.
pub(super) fn document<B: IntoView + 'static>(bundle: &Bundle, body: B) -> impl IntoView + use<B> {
    let js = format!("/pkg/{}", bundle.js);
    let wasm = format!("/pkg/{}", bundle.wasm);
    let start = format!(
        "import init, {{ hydrate }} from '{js}'; await init({{ module_or_path: '{wasm}' }}); hydrate();"
    );
    let scripts = view! {
        <link rel="modulepreload" href=js />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
        <script type="module" nonce=use_nonce() inner_html=start></script>
    };
    html(bundle, scripts, body)
}

/// The answer to an unknown address: nothing to take over, so no script.
pub(super) fn not_found(bundle: &Bundle) -> impl IntoView + use<> {
    let texts = &RU.document;
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
    html(bundle, (), body)
}

fn html<H, B>(bundle: &Bundle, head: H, body: B) -> impl IntoView + use<H, B>
where
    H: IntoView + 'static,
    B: IntoView + 'static,
{
    view! {
        <!DOCTYPE html>
        <html lang=RU.document.language>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=RU.document.description />
                <title>{RU.document.title}</title>
                <link rel="icon" href=format!("/pkg/{}", bundle.icon) />
                <link rel="stylesheet" href=format!("/pkg/{}", bundle.css) />
                {head}
            </head>
            <body>{body}</body>
        </html>
    }
}
