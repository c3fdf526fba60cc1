//! The session of a client's pages: a cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::AuthError;
use backend::membership::{self, AuthenticatedClient};

use crate::app_state::App;
use crate::browser::{cookie, own_origin};
use crate::error::ApiError;

const COOKIE: &str = "client";
/// The longest time that browsers keep a cookie, 400 days; the session itself ends earlier.
const LIFETIME_SECONDS: u32 = 400 * 24 * 60 * 60;

/// The client who has opened a page. Anybody else is sent to the sign-in.
pub(crate) struct Visitor {
    pub(super) client: AuthenticatedClient,
    pub(super) token: String,
}

/// Returns the client of a request's cookie, if there is one.
pub(super) async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Visitor>, ApiError> {
    let Some(token) = cookie(headers, COOKIE) else {
        return Ok(None);
    };
    match membership::authenticate(&app.backend, Some(token)).await {
        Ok(client) => Ok(Some(Visitor {
            client,
            token: token.to_owned(),
        })),
        Err(AuthError::BadClientToken) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let found = find(app, &parts.headers).await;
        let found = found.map_err(IntoResponse::into_response)?;
        found.ok_or_else(|| Redirect::to(app::client::HOME).into_response())
    }
}

/// Makes the header that keeps a token in the browser; an empty one deletes it. Inside Telegram's
/// web version the page is a frame of another site, which gets only a partitioned cookie.
pub(super) fn set_cookie(headers: &HeaderMap, token: &str) -> Option<HeaderValue> {
    let seconds = if token.is_empty() {
        0
    } else {
        LIFETIME_SECONDS
    };
    let place = if own_origin(headers).starts_with("https:") {
        "SameSite=None; Secure; Partitioned"
    } else {
        "SameSite=Lax"
    };
    let value = format!("{COOKIE}={token}; Path=/app; Max-Age={seconds}; HttpOnly; {place}");
    HeaderValue::try_from(value).ok()
}

/// Adds the cookie of a token to an answer.
pub(super) fn keep(mut answer: Response, headers: &HeaderMap, token: &str) -> Response {
    if let Some(cookie) = set_cookie(headers, token) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
