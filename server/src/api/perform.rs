//! Running the command of a request once per idempotency key.

use std::sync::OnceLock;

use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use backend::Command;
use backend::idempotency::{Answer, IdempotencyKey, Once, run_once};
use cashier_api::{ErrorCode, Success};
use serde::Serialize;

use crate::app_state::App;
use crate::error::{ApiError, FailureCode, json_text};

/// Runs `command` and answers with what `answer_of` returns for its outcome. A repeated `key` gets
/// the first answer again. A success is counted as `kind`.
pub(super) async fn perform<C: Command, T: Serialize>(
    app: &App,
    kind: &'static str,
    key: Option<IdempotencyKey>,
    command: &C,
    answer_of: impl Fn(C::Outcome) -> Result<(StatusCode, T), ApiError> + Send + Sync,
) -> Result<Response, ApiError> {
    let refused = OnceLock::new();
    let answer = |result: Result<C::Outcome, &backend::Error>| {
        let answered = match result {
            Ok(outcome) => answer_of(outcome),
            Err(error) => Err(ApiError::of_refusal(error)?),
        };
        match answered {
            Ok((status, data)) => written(status.as_u16(), &Success::new(data)),
            Err(error) => {
                refused.get_or_init(|| FailureCode(error.code()));
                written(error.status(), error.failure())
            }
        }
    };
    let once = run_once(&app.backend, key.as_ref(), command, answer).await?;
    Ok(match once {
        Once::KeyReused => return Err(ErrorCode::IdempotencyKeyReused.into()),
        Once::Fresh(answer) => {
            let mut response = json_text(answer.status, answer.body);
            match refused.get() {
                Some(code) => drop(response.extensions_mut().insert(*code)),
                None => app.metrics.recorded(kind),
            }
            response
        }
        Once::Replayed(answer) => {
            let mut response = json_text(answer.status, answer.body);
            let replayed = HeaderValue::from_static("true");
            response
                .headers_mut()
                .insert("idempotency-replayed", replayed);
            response
        }
    })
}

fn written(status: u16, body: &impl Serialize) -> Option<Answer> {
    let body = serde_json::to_string(body).ok()?;
    Some(Answer { status, body })
}
