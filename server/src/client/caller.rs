//! The client who sends a request.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use backend::membership::{self, AuthenticatedClient};

use crate::app_state::App;
use crate::error::ApiError;

/// The client who sent the request, by `Authorization: Bearer`.
pub(crate) struct Client {
    pub(super) client: AuthenticatedClient,
    /// The token of the session.
    pub(super) token: String,
}

impl FromRequestParts<App> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let sent = parts.headers.get(AUTHORIZATION);
        let sent = sent.and_then(|value| value.to_str().ok());
        let token = sent.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token)
        });
        let client = membership::authenticate(&app.backend, token).await?;
        tracing::Span::current().record("tenant_id", client.tenant_id);
        Ok(Self {
            client,
            token: token.unwrap_or_default().to_owned(),
        })
    }
}
