//! The failures of the client API that the Cashier API does not have.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use cashier_api::client::TermsData;
use serde::Serialize;

use crate::error::ApiError;

#[derive(Serialize)]
struct Left {
    /// The tries that are left.
    tries_left: i64,
}

/// There is no such store, or it is suspended: nobody can join it.
pub(super) fn store_not_found() -> ApiError {
    ApiError::other(404, "store_not_found", "Такого магазина нет.")
}

pub(super) fn wrong_code(left: i64) -> ApiError {
    let sentence = "Неверный код. Проверьте SMS и введите ещё раз.";
    ApiError::other(422, "wrong_code", sentence).and_data(&Left { tries_left: left })
}

pub(super) fn code_is_over() -> ApiError {
    let sentence = "Этот код больше не действует. Запросите новый.";
    ApiError::other(422, "code_is_over", sentence)
}

pub(super) fn terms_not_accepted(terms: &TermsData) -> ApiError {
    let sentence = "Чтобы вступить, примите условия магазина.";
    ApiError::other(422, "terms_not_accepted", sentence).and_data(terms)
}

pub(super) fn sms_unavailable() -> ApiError {
    let sentence = "Сейчас не получается отправить SMS. Повторите через минуту.";
    ApiError::other(503, "sms_unavailable", sentence)
}

/// Too many codes: the seconds that must pass.
pub(super) fn too_many_codes(seconds: i64) -> Response {
    let sentence = "Слишком много кодов. Подождите и запросите ещё раз.";
    let mut answer = ApiError::other(429, "too_many_codes", sentence).into_response();
    let seconds = HeaderValue::from(seconds);
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}
