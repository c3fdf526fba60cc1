//! Firebase Cloud Messaging, HTTP v1, and the access tokens for it
//! (<https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages>, RFC 7523).
//!
//! A signature is not verified, because the sandbox knows no account.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::messages::Channel;
use serde_json::{Value, json};
use uuid::Uuid;

use super::kept::{Account, Sandbox, Taken};
use crate::error::json_text;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";
/// The longest life of a signed request, and the most that clocks may differ, in seconds.
const LONGEST_LIFE: i64 = 3_600;
const CLOCKS: i64 = 600;
/// The most bytes of a message.
const LONGEST: usize = 4_096;
/// The beginning of the tokens of devices from which the app was removed.
const REMOVED: &str = "removed";

/// Gives an access token for a signed request.
pub(super) async fn give_token(
    State(sandbox): State<Arc<Sandbox>>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let refuse = |error: &str, description: &str| {
        let body = json!({"error": error, "error_description": description});
        json_text(400, body.to_string())
    };
    if form.get("grant_type").map(String::as_str) != Some(GRANT) {
        return refuse("unsupported_grant_type", "Invalid grant_type: ");
    }
    let assertion = form.get("assertion").map_or("", String::as_str);
    let account = match name_of(assertion, sandbox.with(|kept| kept.seconds())) {
        Ok(name) => Account {
            project: project_of(&name),
        },
        Err(description) => return refuse("invalid_grant", description),
    };
    let bearer = format!("ya29.{}", Uuid::new_v4().simple());
    let body = json!({"access_token": bearer, "expires_in": 3_599, "token_type": "Bearer"});
    sandbox.with(|kept| kept.give_bearer(bearer, account));
    json_text(200, body.to_string())
}

/// Returns the name of the account that has signed a request. `now` is in seconds since 1970.
fn name_of(assertion: &str, now: i64) -> Result<String, &'static str> {
    let parts: Vec<_> = assertion
        .split('.')
        .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap_or_default())
        .collect();
    let [header, claims, signature] = parts.as_slice() else {
        return Err("Invalid JWT: Failed to parse the token");
    };
    let [header, claims] =
        [header, claims].map(|part| serde_json::from_slice::<Value>(part).unwrap_or_default());
    if header.get("alg") != Some(&"RS256".into()) || signature.len() < 128 {
        return Err("Invalid JWT Signature.");
    }
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| claims.get(name).and_then(Value::as_i64).unwrap_or_default();
    if !text("iss").contains('@') {
        return Err("Invalid issuer.");
    }
    if !text("aud").ends_with("/token") {
        return Err("Invalid JWT: wrong audience");
    }
    if !text("scope").split(' ').any(|scope| scope == SCOPE) {
        return Err("Invalid OAuth scope or ID token audience provided.");
    }
    let (from, life) = (number("iat"), number("exp") - number("iat"));
    let age = now - from;
    if !(1..=LONGEST_LIFE).contains(&life) || !(-CLOCKS..life + CLOCKS).contains(&age) {
        return Err(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a \
                    reasonable timeframe.",
        );
    }
    Ok(text("iss").to_owned())
}

/// Returns the project of an account, which its name tells.
fn project_of(account: &str) -> Option<String> {
    let (_, domain) = account.split_once('@')?;
    let project = domain.strip_suffix(".iam.gserviceaccount.com")?;
    Some(project.to_owned())
}

/// What is wrong with a message.
enum Wrong {
    /// The access token.
    Bearer,
    /// The account may not send in this project.
    Project,
    /// A field of the message.
    Field(&'static str),
    /// The token of the device is none.
    Device,
    /// The app was removed from the device.
    Removed,
}

/// Takes a message, or only checks it.
pub(super) async fn send(
    State(sandbox): State<Arc<Sandbox>>,
    Path(project): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match checked(&sandbox, &project, &headers, &body) {
        Ok((_, true)) => name(&project, "fake_message_id"),
        Ok((message, false)) => {
            let id = sandbox.with(|kept| kept.take(message));
            name(&project, &format!("0:{id}%sandbox"))
        }
        Err(wrong) => refusal(&wrong),
    }
}

/// Returns the message, and whether it is only checked.
fn checked(
    sandbox: &Sandbox,
    project: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(Taken, bool), Wrong> {
    let bearer = headers.get(header::AUTHORIZATION);
    let bearer = bearer.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let bearer = bearer.ok_or(Wrong::Bearer)?;
    sandbox.with(|kept| match kept.account_of(bearer) {
        None => Err(Wrong::Bearer),
        Some(account) => match &account.project {
            Some(known) if known != project => Err(Wrong::Project),
            _ => Ok(()),
        },
    })?;
    let body: Value = serde_json::from_slice(body).map_err(|_| Wrong::Field("message"))?;
    let message = body.get("message").ok_or(Wrong::Field("message"))?;
    if message.to_string().len() > LONGEST {
        return Err(Wrong::Field("message"));
    }
    let text = |path: &str| message.pointer(path).and_then(Value::as_str);
    let targets = ["/token", "/topic", "/condition"];
    let mut targets = targets.iter().filter_map(|path| text(path));
    let (Some(to), None) = (targets.next(), targets.next()) else {
        return Err(Wrong::Field("message.token"));
    };
    let title = text("/notification/title").map(str::to_owned);
    let words = text("/notification/body").ok_or(Wrong::Field("message.notification.body"))?;
    let data = message.get("data").and_then(Value::as_object);
    if data.is_some_and(|data| !data.values().all(Value::is_string)) {
        return Err(Wrong::Field("message.data"));
    }
    if let Some(device) = text("/token") {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b":_-".contains(&byte);
        if device.is_empty() || !device.bytes().all(is_sign) {
            return Err(Wrong::Device);
        }
        if device.starts_with(REMOVED) {
            return Err(Wrong::Removed);
        }
    }
    let from = project.to_owned();
    let taken = Taken {
        title,
        ..Taken::new(Channel::Push, from, to.to_owned(), words.to_owned())
    };
    Ok((taken, body.get("validate_only") == Some(&Value::Bool(true))))
}

fn name(project: &str, id: &str) -> Response {
    let body = json!({"name": format!("projects/{project}/messages/{id}")});
    json_text(200, body.to_string())
}

fn refusal(wrong: &Wrong) -> Response {
    let of_device = |code: &str| json!([{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code}]);
    let (code, status, message, details) = match wrong {
        Wrong::Bearer => (
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials.",
            json!([]),
        ),
        Wrong::Project => (
            403,
            "PERMISSION_DENIED",
            "Permission 'cloudmessaging.messages.create' denied on resource.",
            json!([]),
        ),
        Wrong::Field(field) => (
            400,
            "INVALID_ARGUMENT",
            "Request contains an invalid argument.",
            json!([{
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": field, "description": "Invalid value"}],
            }]),
        ),
        Wrong::Device => (
            400,
            "INVALID_ARGUMENT",
            "The registration token is not a valid FCM registration token",
            of_device("INVALID_ARGUMENT"),
        ),
        Wrong::Removed => (
            404,
            "NOT_FOUND",
            "Requested entity was not found.",
            of_device("UNREGISTERED"),
        ),
    };
    let error = json!({"code": code, "message": message, "status": status, "details": details});
    json_text(code, json!({"error": error}).to_string())
}
