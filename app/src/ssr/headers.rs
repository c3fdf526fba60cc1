//! The headers of the pages and their workers: what they may load, run and be embedded in, and what
//! to fetch early.

use axum::http::{HeaderName, HeaderValue, header};
use leptos::context::use_context;
use leptos::nonce::use_nonce;
use leptos_axum::ResponseOptions;

use super::bundle::Bundle;

/// Adds the content security policy and the related headers to the answer that is being rendered.
///
/// Inline scripts run only with the nonce of this answer, so an injected script does not run.
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

/// Lets the browser fetch the program while it still waits for the document: a slow phone needs a
/// tenth of a second to read the document up to a `<link>`.
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

/// Adds the header by which the service worker recognizes our page among the other answers that a
/// network may give at its address.
pub(super) fn mark_cash() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(PAGE, HeaderValue::from_static("cash"));
    }
}

const PAGE: HeaderName = HeaderName::from_static("x-bonex-page");

/// The page contains a nonce, so no cache may store it, except the cashier's own service worker,
/// which stores the policy header together with the page.
const COMPANIONS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(), payment=()",
    ),
];

/// The policy of scripts that a page runs as workers: a worker obeys the policy of its own file,
/// not the page's. One worker stores and fetches files, the other decodes camera frames in
/// WebAssembly.
pub(super) const OF_WORKERS: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

/// Returns the policy of a page. The few styles inside the document need the nonce too; `style`
/// attributes are not allowed.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
