//! Extractors: the authenticated caller of a request, and its body.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use backend::AuthError;
use backend::idempotency::IdempotencyKey;
use backend::stores::{self, AuthenticatedStore};
use backend::tills::{self, AuthenticatedTill, Credentials};
use cashier_api::ErrorCode;
use domain::{FieldError, FieldErrors};
use sha2::{Digest, Sha256};

use crate::app_state::App;
use crate::error::ApiError;
use crate::live;
use crate::throttle::{Allowance, Turn, too_many};
use crate::ticket;

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const MAX_IDEMPOTENCY_KEY: usize = 255;

/// The till that sent the request.
pub(crate) struct Till(pub(super) AuthenticatedTill);

impl FromRequestParts<App> for Till {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let credentials = Credentials {
            tenant_token: text(&parts.headers, "x-tenant-token"),
            cashier_token: text(&parts.headers, "x-cashier-token"),
            device_id: text(&parts.headers, "x-device-id"),
        };
        let till = tills::authenticate(&app.backend, credentials).await;
        let error = match till {
            Ok(till) => {
                let number = till.number();
                app.throttle.prove(Allowance::Till(number), parts);
                live::is_of(&parts.extensions, number);
                ticket::take(app, &till, parts).await;
                let span = tracing::Span::current();
                span.record("tenant_id", till.tenant_id);
                span.record("till_id", till.id);
                return Ok(Self(till));
            }
            Err(error) => error,
        };
        if let Some(till) = error.till() {
            live::is_of(&parts.extensions, till);
        }
        if let AuthError::DeviceMismatch(till) = error {
            app.metrics.mismatched();
            // An address over its limit of refusals must not cause a write with each attempt.
            if !app.throttle.is_blocked(parts) {
                tills::count_mismatch(&app.backend, till).await?;
            }
        }
        Err(error.into())
    }
}

/// The store whose back office sent the request, and its turn to send a stock list. The turn is
/// taken before the list is read, because lists are large.
pub(crate) struct InTurn(pub(super) AuthenticatedStore, pub(super) Turn);

impl FromRequestParts<App> for InTurn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let tenant_token = text(&parts.headers, "x-tenant-token");
        let store = stores::authenticate(&app.backend, tenant_token)
            .await
            .map_err(|error| ApiError::from(error).into_response())?;
        app.throttle.prove(Allowance::Store(store.tenant_id), parts);
        tracing::Span::current().record("tenant_id", store.tenant_id);
        let turn = app.throttle.turn(store.tenant_id).map_err(too_many)?;
        Ok(Self(store, turn))
    }
}

/// The body of a request without tokens, and the address from which it came.
pub(crate) struct FromStranger {
    pub(crate) body: Bytes,
    pub(crate) address: String,
}

impl FromRequest<App> for FromStranger {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let address = app.throttle.address_of(&request);
        let body = body_of(request, app).await?;
        Ok(Self { body, address })
    }
}

/// The body of a POST request and its idempotency key.
pub(crate) struct Posted {
    pub(super) body: Bytes,
    idempotency_key: Option<String>,
    request_hash: [u8; 32],
}

impl Posted {
    /// Returns the idempotency key of this request, scoped to the till.
    pub(super) fn key_of_till(&self, till: &AuthenticatedTill) -> Option<IdempotencyKey> {
        self.key(till.tenant_id, format!("cashier:{}", till.id))
    }

    /// Returns the idempotency key of this request, scoped to the store's back office.
    pub(super) fn key_of_store(&self, store: AuthenticatedStore) -> Option<IdempotencyKey> {
        self.key(store.tenant_id, "store".to_owned())
    }

    fn key(&self, tenant_id: i64, scope: String) -> Option<IdempotencyKey> {
        Some(IdempotencyKey {
            tenant_id,
            scope,
            key: self.idempotency_key.clone()?,
            request_hash: self.request_hash,
        })
    }
}

impl FromRequest<App> for Posted {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let idempotency_key = idempotency_key(request.headers())?;
        let mut hash = Sha256::new();
        hash.update(request.method().as_str());
        hash.update([0]);
        hash.update(request.uri().path());
        hash.update([0]);
        let body = body_of(request, app).await?;
        hash.update(&body);
        Ok(Self {
            body,
            idempotency_key,
            request_hash: hash.finalize().into(),
        })
    }
}

async fn body_of(request: Request, app: &App) -> Result<Bytes, ErrorCode> {
    Bytes::from_request(request, app)
        .await
        .map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::BodyTooLarge,
                // The connection is lost, so no caller receives this answer.
                _ => ErrorCode::MalformedJson,
            }
        })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        // `to_str` also accepts a tab.
        .filter(|key| (1..=MAX_IDEMPOTENCY_KEY).contains(&key.len()) && !key.contains('\t'))
        .map(|key| Some(key.to_owned()))
        .ok_or_else(|| {
            let max = MAX_IDEMPOTENCY_KEY;
            FieldErrors::one("Idempotency-Key", FieldError::NotPrintable { max }).into()
        })
}

/// Returns the text of a header as UTF-8. It may be Cyrillic: 1C sends the name of the computer,
/// and names of Windows computers may be Cyrillic.
fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok()
}
