//! Normalization of the request path: tills add a trailing slash.

use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// Removes one trailing slash from a path of the API.
pub(crate) fn forgive_slash(mut request: Request) -> Request {
    if let Some(uri) = without_slash(request.uri()) {
        *request.uri_mut() = uri;
    }
    request
}

fn without_slash(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_suffix('/')?;
    if !path.starts_with("/api/v1/") {
        return None;
    }
    let bare = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(bare).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_trailing_slash_is_removed_from_a_path_of_the_api() {
        for (sent, looked_up) in [
            ("/api/v1/cashier/sale/", Some("/api/v1/cashier/sale")),
            (
                "/api/v1/cashier/client/901234567/?check_amount=1",
                Some("/api/v1/cashier/client/901234567?check_amount=1"),
            ),
            ("/api/v1/cashier/sale", None),
            ("/api/v1/", None),
            ("/cash/", None),
            ("/", None),
        ] {
            let uri = without_slash(&Uri::from_static(sent));
            assert_eq!(uri.map(|uri| uri.to_string()).as_deref(), looked_up);
        }
    }
}
