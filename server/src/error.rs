//! The mapping of all failures to HTTP answers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::AuthError;
use backend::db::Outage;
use cashier_api::{ErrorCode, Failure, RequestError, Success, refusal_status};
use domain::{FieldErrors, Refusal};
use serde::Serialize;

/// The seconds that a till waits before it repeats a request that the database could not serve.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// The answer to a request that failed.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: u16,
    code: &'static str,
    failure: Box<Failure>,
}

/// The code of a failed answer, an extension of the response for the log and the counters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailureCode(pub(crate) &'static str);

impl ApiError {
    /// Returns the answer to a failed command if the request is at fault, otherwise `None`.
    pub(crate) fn of_refusal(error: &backend::Error) -> Option<Self> {
        Some(match error {
            backend::Error::Refused(refusal) => refusal.into(),
            backend::Error::ExternalIdConflict => ErrorCode::ExternalIdConflict.into(),
            backend::Error::SaleVoided => ErrorCode::SaleVoided.into(),
            _ => return None,
        })
    }

    /// Returns the answer to an internal failure. The cause is written only to the log.
    pub(crate) fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(error = %cause, "a request failed");
        ErrorCode::Internal.into()
    }

    /// Returns the answer for a database that cannot serve the request now: the till repeats the
    /// request later. The cause is written only to the log.
    fn of_outage(outage: Outage, cause: &backend::Error) -> Self {
        tracing::warn!(?outage, error = %cause, "the database could not serve a request");
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

    /// Returns a failure that the Cashier API does not have.
    pub(crate) fn other(status: u16, code: &'static str, sentence: &str) -> Self {
        let failure = Failure {
            success: false,
            error: sentence.to_owned(),
            code: code.to_owned(),
            data: None,
            fields: None,
        };
        Self {
            status,
            code,
            failure: Box::new(failure),
        }
    }

    /// Returns the failure with data that the caller can use to continue.
    pub(crate) fn and_data(mut self, data: &impl Serialize) -> Self {
        self.failure = Box::new(self.failure.with_data(data));
        self
    }

    /// Returns a failure with `data`, which shows the till what was recorded before.
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
            AuthError::CashierDisabled(_) => ErrorCode::CashierDisabled.into(),
            AuthError::StoreSuspended => ErrorCode::StoreSuspended.into(),
            AuthError::DeviceIdRequired(_) => ErrorCode::DeviceIdRequired.into(),
            AuthError::DeviceMismatch(_) => ErrorCode::DeviceMismatch.into(),
            AuthError::BadClientToken => Self::other(
                401,
                "bad_client_token",
                "Вход истёк. Войдите ещё раз по коду из SMS.",
            ),
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

/// Returns a successful answer.
pub(crate) fn success(status: StatusCode, data: impl Serialize) -> Response {
    json(status.as_u16(), &Success::new(data))
}

fn json(status: u16, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => json_text(status, text),
        Err(error) => {
            tracing::error!(%error, "an answer could not be serialized");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Returns an answer with a body that is already serialized.
pub(crate) fn json_text(status: u16, text: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // Without a charset, some tills read the text in a one-byte encoding.
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

#[cfg(test)]
mod tests {
    use backend::tills::TillNumber;

    use super::*;

    #[test]
    fn faults_of_a_request_are_reported_and_internal_ones_are_not() {
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
        let shown = serde_json::to_string(broken.failure()).unwrap();
        assert!(!shown.contains("clients.phone"), "{shown}");
    }

    #[test]
    fn failed_authentication_has_the_code_of_the_contract() {
        let till = TillNumber {
            tenant_id: 1,
            till_id: 1,
        };
        for (error, status, code) in [
            (AuthError::BadTenantToken, 401, "bad_tenant_token"),
            (AuthError::BadCashierToken, 401, "bad_cashier_token"),
            (AuthError::CashierDisabled(till), 403, "cashier_disabled"),
            (AuthError::StoreSuspended, 403, "store_suspended"),
            (AuthError::DeviceIdRequired(till), 400, "device_id_required"),
            (AuthError::DeviceMismatch(till), 403, "device_mismatch"),
        ] {
            let error = ApiError::from(error);
            assert_eq!((error.status(), error.code()), (status, code));
        }
    }
}
