//! The files that make the cashier an installable app: its manifest, its icons, and the service
//! worker for bad networks.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use serde_json::json;

use super::bundle::Bundle;
use super::{headers, language};

/// The colours of the page behind the shell and of the start screen: `--surface` of the style
/// sheet, light and dark.
pub(super) const BACKGROUND: &str = "#f5f7f6";
pub(super) const DARK_BACKGROUND: &str = "#0f1513";

pub(super) const MANIFEST_URL: &str = "/cash/manifest.webmanifest";
pub(super) const TOUCH_ICON_URL: &str = "/cash/icon-180.png";
const ICON_192_URL: &str = "/cash/icon-192.png";
const ICON_512_URL: &str = "/cash/icon-512.png";
const MASKABLE_ICON_URL: &str = "/cash/icon-maskable.svg";
const MASKABLE_ICON_512_URL: &str = "/cash/icon-maskable-512.png";

/// The lifetime of an icon in caches: it may change with the next version, so it is requested again
/// after a day.
const A_DAY: &str = "public, max-age=86400";

/// The header that lets `sw.js`, which is loaded from `/cash/`, control `/cash` itself.
const SERVICE_WORKER_ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

pub(super) fn routes(bundle: &Arc<Bundle>) -> Router {
    Router::new()
        .route(MANIFEST_URL, manifest(Arc::clone(bundle)))
        .route(
            TOUCH_ICON_URL,
            png(include_bytes!("../../../style/icon-180.png")),
        )
        .route(
            ICON_192_URL,
            png(include_bytes!("../../../style/icon-192.png")),
        )
        .route(
            ICON_512_URL,
            png(include_bytes!("../../../style/icon-512.png")),
        )
        .route(
            MASKABLE_ICON_URL,
            icon(
                "image/svg+xml",
                include_bytes!("../../../style/icon-maskable.svg"),
            ),
        )
        .route(
            MASKABLE_ICON_512_URL,
            png(include_bytes!("../../../style/icon-maskable-512.png")),
        )
        .route("/cash/sw.js", worker(bundle))
}

fn png(content: &'static [u8]) -> MethodRouter {
    icon("image/png", content)
}

fn icon(media_type: &'static str, content: &'static [u8]) -> MethodRouter {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, A_DAY),
    ];
    get(async move || (headers, content))
}

fn manifest(bundle: Arc<Bundle>) -> MethodRouter {
    get(async move |headers: HeaderMap| {
        let language = language::asked(&headers);
        let texts = &language.texts().cash_document;
        let icon = |src: &str, sizes: &str, media_type: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": media_type, "purpose": purpose });
        let manifest = json!({
            "id": "/cash",
            "name": texts.title,
            "short_name": texts.short_name,
            "description": texts.description,
            "lang": language.tag(),
            "start_url": "/cash",
            "scope": "/cash",
            "display": "standalone",
            "background_color": BACKGROUND,
            "theme_color": BACKGROUND,
            "icons": [
                icon(ICON_192_URL, "192x192", "image/png", "any"),
                icon(ICON_512_URL, "512x512", "image/png", "any"),
                icon(&bundle.icon_url(), "any", "image/svg+xml", "any"),
                icon(MASKABLE_ICON_512_URL, "512x512", "image/png", "maskable"),
                icon(MASKABLE_ICON_URL, "any", "image/svg+xml", "maskable"),
            ],
        });
        let headers = [
            (header::CONTENT_TYPE, "application/manifest+json"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        (headers, manifest.to_string())
    })
}

/// Serves `sw.js` with the version and the files of this build. A new build changes its bytes, so
/// every browser with the old one installs the new one.
fn worker(bundle: &Bundle) -> MethodRouter {
    let build = json!({
        "version": bundle.inputs,
        "files": [bundle.js_url(), bundle.wasm_url(), bundle.css_url(), bundle.icon_url()],
        "scanner": bundle.scanner_urls(),
    });
    let script: Arc<str> = format!("const BUILD = {build};\n{}", include_str!("sw.js")).into();
    get(async move || {
        let headers = [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::CONTENT_SECURITY_POLICY, headers::OF_WORKERS),
            (SERVICE_WORKER_ALLOWED, "/cash"),
        ];
        (headers, script.to_string()).into_response()
    })
}
