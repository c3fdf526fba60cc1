//! The headers of our pages and their workers: what they may load, run and be embedded in, and what to fetch ahead.

use axum::http::{HeaderName, HeaderValue, header};
use leptos::context::use_context;
use leptos::nonce::use_nonce;
use leptos_axum::ResponseOptions;

use super::bundle::Bundle;

/// Puts the policy and its companions on the answer being rendered.
///
/// Inline scripts run only with this answer's nonce, so an injected one stays dead text.
pub(super) fn announce() {
    let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    if let Ok(policy) = HeaderValue::try_from(policy(&nonce)) {
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in COMPANIONS {
        options.insert_header(name, HeaderValue::from_static(value));
    }
}

/// Has the browser fetch the program while it still waits for the document: a slow phone takes a tenth of a second to
/// read as far as a `<link>`.
pub(super) fn preload(bundle: &Bundle) {
    let links = format!(
        "<{}>; rel=preload; as=script, <{}>; rel=preload; as=fetch; type=\"application/wasm\"; crossorigin, \
         <{}>; rel=preload; as=style",
        bundle.js_url(),
        bundle.wasm_url(),
        bundle.css_url(),
    );
    if let (Some(options), Ok(links)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::try_from(links),
    ) {
        options.insert_header(header::LINK, links);
    }
}

/// By this the service worker tells our page from whatever else a network answers with under its address.
pub(super) fn mark_cash() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(PAGE, HeaderValue::from_static("cash"));
    }
}

const PAGE: HeaderName = HeaderName::from_static("x-bonex-page");

/// The page carries a nonce, so no cache may keep it but the cashier's own service worker, which keeps the header with it.
const COMPANIONS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(), payment=()",
    ),
];

/// Scripts that a page runs as workers: a worker obeys the policy of its own file, not the page's.
/// One keeps files and fetches them, the other decodes camera frames in WebAssembly.
pub(super) const OF_WORKERS: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

/// Styles have the nonce for the few that stand in the document; a `style` attribute stays refused.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
