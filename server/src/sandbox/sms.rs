//! The SMS gateway OsonSMS, protocol 2.0.2 (<https://osonsms.com>).

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use channels::osonsms::parts;
use domain::messages::Channel;
use serde_json::json;

use super::kept::{Sandbox, Taken};
use crate::error::json_text;

/// The fewest signs of an account's token.
const SHORTEST_TOKEN: usize = 16;
/// The most signs of a sender's name, and of the number of an SMS.
const LONGEST_SENDER: usize = 11;
const LONGEST_NUMBER: usize = 32;

/// The errors of the gateway.
const NO_PARAMETER: i64 = 100;
const WRONG_HASH: i64 = 106;
const WRONG_SENDER: i64 = 107;
const TAKEN_BEFORE: i64 = 108;
const WRONG_TOKEN: i64 = 119;

/// What a request says.
type Said = Query<HashMap<String, String>>;

/// Takes an SMS, each number only once.
pub(super) async fn send(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    Query(query): Said,
) -> Response {
    let value = |name: &str| query.get(name).map_or("", String::as_str);
    if let Some(refused) = unknown_account(&headers, &query) {
        return refused;
    }
    let (number, text, sender) = (value("txn_id"), value("msg"), value("from"));
    if text.is_empty() || number.is_empty() || number.len() > LONGEST_NUMBER {
        return error(422, NO_PARAMETER, "Required parameter is missing");
    }
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b" .-_".contains(&byte);
    if !(1..=LONGEST_SENDER).contains(&sender.len()) || !sender.bytes().all(is_name) {
        return error(422, WRONG_SENDER, "Incorrect sender");
    }
    let phone = value("phone_number");
    let is_phone = phone.len() == 12 && phone.starts_with("992");
    if !is_phone || !phone.bytes().all(|byte| byte.is_ascii_digit()) {
        return error(422, NO_PARAMETER, "Incorrect phone_number");
    }
    let message = Taken {
        is_confidential: value("is_confidential") == "true",
        ..Taken::new(
            Channel::Sms,
            sender.to_owned(),
            format!("+{phone}"),
            text.to_owned(),
        )
    };
    let taken = sandbox.with(|kept| {
        let key = (value("login").to_owned(), number.to_owned());
        let is_new = kept.numbers.insert(key);
        is_new.then(|| (kept.take(message), kept.now()))
    });
    let Some((id, at)) = taken else {
        return error(409, TAKEN_BEFORE, "Duplicate txn_id");
    };
    let body = json!({
        "status": "ok",
        "timestamp": at.to_string(),
        "txn_id": number,
        "msg_id": id,
        "smsc_msg_status": "success",
        "smsc_msg_parts": parts(text),
    });
    json_text(201, body.to_string())
}

/// Tells the money of an account, which never ends here.
pub(super) async fn balance(headers: HeaderMap, Query(query): Said) -> Response {
    match unknown_account(&headers, &query) {
        Some(refused) => refused,
        None => json_text(200, json!({"balance": "250.75"}).to_string()),
    }
}

/// Returns the refusal of an account that is not known. Every token and every hash of the right
/// form is good, because the sandbox knows no shared text.
fn unknown_account(headers: &HeaderMap, query: &HashMap<String, String>) -> Option<Response> {
    if query.get("login").is_none_or(String::is_empty) {
        return Some(error(401, NO_PARAMETER, "Required parameter is missing"));
    }
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let token = value.to_str().ok();
        let token = token.and_then(|token| token.strip_prefix("Bearer "));
        let is_token = |token: &str| {
            token.len() >= SHORTEST_TOKEN && token.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let is_good = token.is_some_and(is_token);
        return (!is_good).then(|| error(401, WRONG_TOKEN, "Incorrect token"));
    }
    let hash = query.get("str_hash").map_or("", String::as_str);
    let is_good = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_good).then(|| error(401, WRONG_HASH, "Incorrect hash"))
}

fn error(status: u16, code: i64, words: &str) -> Response {
    let error = json!({"code": code, "msg": words});
    json_text(status, json!({"error": error}).to_string())
}
