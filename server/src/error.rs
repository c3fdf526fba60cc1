//! The one place that maps failures to HTTP.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::AuthError;
use backend::db::Outage;
use cashier_api::{ErrorCode, Failure, RequestError, Success, refusal_status};
use domain::{FieldErrors, Refusal};
use serde::Serialize;

/// When a till asks again that was told to wait for the database, in seconds.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// A failure on its way to the till.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: u16,
    code: &'static str,
    failure: Box<Failure>,
}

/// The code of a failed answer, left on it for the log and the counters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailureCode(pub(crate) &'static str);

impl ApiError {
    /// What a till is told of a failed use-case, where the fault is the request's.
    pub(crate) fn of_refusal(error: &backend::Error) -> Option<Self> {
        Some(match error {
            backend::Error::Refused(refusal) => refusal.into(),
            backend::Error::ExternalIdConflict => ErrorCode::ExternalIdConflict.into(),
            _ => return None,
        })
    }

    /// An internal failure; the cause goes to the log alone.
    pub(crate) fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(error = %cause, "a request failed");
        ErrorCode::Internal.into()
    }

    /// The database cannot do it now: the cause goes to the log, and the till asks again.
    fn of_outage(outage: Outage, cause: &backend::Error) -> Self {
        tracing::warn!(?outage, error = %cause, "the database could not do it");
        match outage {
            Outage::StorageFull => ErrorCode::StorageFull,
            Outage::Away => ErrorCode::Unavailable,
            Outage::Busy => ErrorCode::Timeout,
        }
        .into()
    }

    pub(crate) const fn status(&self) -> u16 {
        self.status
    }

    pub(crate) const fn code(&self) -> &'static str {
        self.code
    }

    pub(crate) const fn failure(&self) -> &Failure {
        &self.failure
    }

    /// A failure that shows the till what was recorded before.
    pub(crate) fn with_data(code: ErrorCode, data: &impl Serialize) -> Self {
        Self {
            status: code.status(),
            code: code.as_str(),
            failure: Box::new(Failure::new(code).with_data(data)),
        }
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self {
            status: code.status(),
            code: code.as_str(),
            failure: Box::new(Failure::new(code)),
        }
    }
}

impl From<&Refusal> for ApiError {
    fn from(refusal: &Refusal) -> Self {
        Self {
            status: refusal_status(refusal),
            code: refusal.code(),
            failure: Box::new(refusal.into()),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        (&refusal).into()
    }
}

impl From<FieldErrors> for ApiError {
    fn from(fields: FieldErrors) -> Self {
        Refusal::Invalid(fields).into()
    }
}

impl From<RequestError> for ApiError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Malformed => ErrorCode::MalformedJson.into(),
            RequestError::Invalid(fields) => fields.into(),
        }
    }
}

impl From<AuthError> for ApiError {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::BadTenantToken => ErrorCode::BadTenantToken.into(),
            AuthError::BadCashierToken => ErrorCode::BadCashierToken.into(),
            AuthError::CashierDisabled => ErrorCode::CashierDisabled.into(),
            AuthError::StoreSuspended => ErrorCode::StoreSuspended.into(),
            AuthError::DeviceIdRequired => ErrorCode::DeviceIdRequired.into(),
            AuthError::DeviceMismatch { .. } => ErrorCode::DeviceMismatch.into(),
            AuthError::Backend(error) => error.into(),
        }
    }
}

impl From<backend::Error> for ApiError {
    fn from(error: backend::Error) -> Self {
        if let Some(outage) = error.outage() {
            return Self::of_outage(outage, &error);
        }
        Self::of_refusal(&error).unwrap_or_else(|| Self::internal(&error))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &*self.failure);
        response.extensions_mut().insert(FailureCode(self.code));
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

/// A successful answer.
pub(crate) fn success(status: StatusCode, data: impl Serialize) -> Response {
    json(status.as_u16(), &Success::new(data))
}

fn json(status: u16, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => json_text(status, text),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An answer already written.
pub(crate) fn json_text(status: u16, text: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // Some tills take a text without a charset for a one-byte encoding.
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_s_faults_are_told_and_ours_are_not() {
        let refused = |error: backend::Error| {
            let error = ApiError::from(error);
            (error.status(), error.code())
        };
        assert_eq!(
            refused(Refusal::ClientNotFound.into()),
            (404, "client_not_found")
        );
        assert_eq!(
            refused(Refusal::ClientBlocked.into()),
            (403, "client_blocked")
        );
        let wrong = Refusal::field("total_amount", domain::FieldError::Required);
        assert_eq!(refused(wrong.into()), (422, "invalid_fields"));
        assert_eq!(
            refused(backend::Error::ExternalIdConflict),
            (422, "external_id_conflict")
        );
        let broken = ApiError::from(backend::Error::Corrupt("clients.phone = x".to_owned()));
        assert_eq!((broken.status(), broken.code()), (500, "internal"));
        let told = serde_json::to_string(broken.failure()).unwrap();
        assert!(!told.contains("clients.phone"), "{told}");
    }

    #[test]
    fn who_is_not_let_in_learns_the_contract_s_code() {
        for (error, status, code) in [
            (AuthError::BadTenantToken, 401, "bad_tenant_token"),
            (AuthError::BadCashierToken, 401, "bad_cashier_token"),
            (AuthError::CashierDisabled, 403, "cashier_disabled"),
            (AuthError::StoreSuspended, 403, "store_suspended"),
            (AuthError::DeviceIdRequired, 400, "device_id_required"),
            (
                AuthError::DeviceMismatch {
                    tenant_id: 1,
                    till_id: 1,
                },
                403,
                "device_mismatch",
            ),
        ] {
            let error = ApiError::from(error);
            assert_eq!((error.status(), error.code()), (status, code));
        }
    }
}
