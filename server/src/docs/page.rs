//! The page.

use utoipa::openapi::OpenApi;

/// Policy.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'";

/// Writes it.
pub(super) fn page(_document: &OpenApi) -> String {
    String::new()
}
