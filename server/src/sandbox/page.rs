//! The sandbox's pages, and its messages as JSON.

use std::sync::Arc;

use app::sandbox_page::{self, Button, Hook, SandboxPage, Shown};
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::kept::{Sandbox, Taken};
use super::telegram::username;
use crate::error::json_text;

/// How often the list loads itself anew, in seconds.
const REFRESH: &str = "5";
const REFRESH_HEADER: HeaderName = HeaderName::from_static("refresh");
/// The content security policy of the pages, which load only their style.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// Shows the messages. The page loads itself anew.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let mut answer = page(&sandbox, false);
    let seconds = header::HeaderValue::from_static(REFRESH);
    answer.headers_mut().insert(REFRESH_HEADER, seconds);
    answer
}

/// Shows the form and the messages. The page stays as it is while a person writes.
pub(super) async fn show_form(State(sandbox): State<Arc<Sandbox>>) -> Response {
    page(&sandbox, true)
}

/// Returns the style sheet of the pages.
pub(super) async fn show_style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, sandbox_page::STYLE).into_response()
}

fn page(sandbox: &Sandbox, has_form: bool) -> Response {
    let page = sandbox.with(|kept| SandboxPage {
        now: kept.now(),
        has_form,
        hooks: kept
            .hooks
            .iter()
            .map(|(bot, hook)| Hook {
                bot: *bot,
                username: username(*bot),
                url: hook.url.clone(),
            })
            .collect(),
        told: if has_form { kept.told.take() } else { None },
        messages: kept.messages().into_iter().map(shown).collect(),
    });
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, sandbox_page::html(page)).into_response()
}

fn shown(taken: Taken) -> Shown {
    Shown {
        channel: taken.channel,
        at: taken.at,
        buttons: taken.keyboard.as_ref().map(buttons).unwrap_or_default(),
        from: taken.from,
        to: taken.to,
        title: taken.title,
        text: taken.text,
        is_silent: taken.is_silent,
        is_confidential: taken.is_confidential,
    }
}

/// Returns the buttons of a keyboard, whether it is under the field for text or under the message.
fn buttons(keyboard: &Value) -> Vec<Button> {
    let rows = ["keyboard", "inline_keyboard"].iter();
    let rows = rows.filter_map(|name| keyboard.get(name)?.as_array());
    let each = rows.flatten().filter_map(Value::as_array).flatten();
    each.map(|button| {
        let text = |path: &str| button.pointer(path).and_then(Value::as_str);
        Button {
            label: text("/text")
                .or(button.as_str())
                .unwrap_or_default()
                .to_owned(),
            url: text("/web_app/url").or(text("/url")).map(str::to_owned),
        }
    })
    .collect()
}

/// Returns the messages as JSON, the newest first.
pub(super) async fn list(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let messages = sandbox.with(|kept| kept.messages());
    let messages: Vec<_> = messages
        .into_iter()
        .map(|taken| {
            json!({
                "id": taken.id,
                "at": taken.at.to_string(),
                "channel": taken.channel.as_str(),
                "from": taken.from,
                "to": taken.to,
                "title": taken.title,
                "text": taken.text,
                "is_silent": taken.is_silent,
                "is_confidential": taken.is_confidential,
                "reply_markup": taken.keyboard,
            })
        })
        .collect();
    json_text(200, json!({"messages": messages}).to_string())
}
