//! Telegram's Bot API: a bot's calls (<https://core.telegram.org/bots/api>).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::messages::Channel;
use serde_json::{Value, json};

use super::kept::{Hook, Kept, Sandbox, Taken};
use crate::error::json_text;

/// The signs of the key in a token.
const KEY_LENGTH: usize = 35;
/// The most UTF-16 units of a text.
const LONGEST_TEXT: usize = 4_096;
/// The most signs of a webhook's secret.
const LONGEST_SECRET: usize = 256;

/// Why a call is refused: the status and the description.
type Refused = (u16, &'static str);

/// Answers a call of a bot's method, which Telegram reads without its case.
pub(super) async fn call(
    State(sandbox): State<Arc<Sandbox>>,
    Path((token, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let result = bot_of(&token).and_then(|bot| {
        let body = if body.is_empty() {
            json!({})
        } else {
            serde_json::from_slice(&body)
                .map_err(|_| (400, "Bad Request: can't parse JSON object"))?
        };
        sandbox.with(|kept| match method.to_ascii_lowercase().as_str() {
            "getme" => Ok(user(bot)),
            "sendmessage" => send(kept, bot, &body),
            "setwebhook" => set_webhook(kept, bot, &body),
            "setchatmenubutton" => set_menu_button(&body),
            _ => Err((404, "Not Found")),
        })
    });
    match result {
        Ok(result) => json_text(200, json!({"ok": true, "result": result}).to_string()),
        Err((status, description)) => {
            let body = json!({"ok": false, "error_code": status, "description": description});
            json_text(status, body.to_string())
        }
    }
}

/// Returns the bot's number of a token. Every token of the right form is good.
fn bot_of(token: &str) -> Result<i64, Refused> {
    let (id, key) = token.split_once(':').ok_or((404, "Not Found"))?;
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let id = id.parse().ok().filter(|id| is_number && *id > 0);
    match id {
        Some(id) if key.len() == KEY_LENGTH && key.bytes().all(is_key) => Ok(id),
        _ => Err((401, "Unauthorized")),
    }
}

/// Returns the name of a bot after the at sign.
pub(super) fn username(bot: i64) -> String {
    format!("sandbox_{bot}_bot")
}

/// Returns a bot as Telegram describes a user.
pub(super) fn user(bot: i64) -> Value {
    let name = "Песочница";
    json!({"id": bot, "is_bot": true, "first_name": name, "username": username(bot)})
}

fn send(kept: &mut Kept, bot: i64, body: &Value) -> Result<Value, Refused> {
    let chat = match body.get("chat_id") {
        None | Some(Value::Null) => return Err((400, "Bad Request: chat_id is empty")),
        Some(Value::String(text)) => text.parse().ok(),
        Some(other) => other.as_i64(),
    };
    let chat = chat.filter(|chat| *chat != 0);
    let chat = chat.ok_or((400, "Bad Request: chat not found"))?;
    let text = body.get("text").and_then(Value::as_str).unwrap_or_default();
    if text.trim().is_empty() {
        return Err((400, "Bad Request: message text is empty"));
    }
    if text.encode_utf16().count() > LONGEST_TEXT {
        return Err((400, "Bad Request: message is too long"));
    }
    if kept.blocked.contains(&(bot, chat)) {
        return Err((403, "Forbidden: bot was blocked by the user"));
    }
    let keyboard = match body.get("reply_markup") {
        None | Some(Value::Null) => None,
        Some(keyboard) if keyboard.is_object() => Some(keyboard.clone()),
        Some(_) => return Err((400, "Bad Request: object expected as reply markup")),
    };
    let from = format!("@{}", username(bot));
    let message = Taken {
        is_silent: body.get("disable_notification") == Some(&Value::Bool(true)),
        keyboard,
        ..Taken::new(Channel::Telegram, from, chat.to_string(), text.to_owned())
    };
    Ok(json!({
        "message_id": kept.take(message),
        "from": user(bot),
        "chat": {"id": chat, "type": "private"},
        "date": kept.seconds(),
        "text": text,
    }))
}

fn set_webhook(kept: &mut Kept, bot: i64, body: &Value) -> Result<Value, Refused> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let url = text("url").unwrap_or_default();
    if url.is_empty() {
        kept.hooks.remove(&bot);
        return Ok(Value::Bool(true));
    }
    // The service takes only https; a server on this machine has none.
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err((400, "Bad Request: bad webhook: URL is invalid"));
    }
    let secret = text("secret_token").filter(|secret| !secret.is_empty());
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if secret.is_some_and(|secret| secret.len() > LONGEST_SECRET || !secret.bytes().all(is_sign)) {
        return Err((
            400,
            "Bad Request: secret token contains unallowed characters",
        ));
    }
    let allowed = body.get("allowed_updates").and_then(Value::as_array);
    let allowed = allowed.into_iter().flatten().filter_map(Value::as_str);
    let hook = Hook {
        url: url.to_owned(),
        secret: secret.map(str::to_owned),
        allowed: allowed.map(str::to_owned).collect(),
    };
    kept.hooks.insert(bot, hook);
    Ok(Value::Bool(true))
}

fn set_menu_button(body: &Value) -> Result<Value, Refused> {
    let text = |path: &str| {
        body.pointer(path)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let is_good = match text("/menu_button/type") {
        "web_app" => {
            !text("/menu_button/text").is_empty()
                && text("/menu_button/web_app/url").starts_with("http")
        }
        "default" | "commands" => true,
        // No button: the default one.
        "" => body.get("menu_button").is_none(),
        _ => false,
    };
    if is_good {
        Ok(Value::Bool(true))
    } else {
        Err((400, "Bad Request: can't parse menu button"))
    }
}
