//! A person writes to a bot: an update as Telegram sends it to the bot's webhook
//! (<https://core.telegram.org/bots/api#update>).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Redirect, Response};
use axum::{Form, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::kept::{Hook, Kept, Sandbox};
use super::telegram::user;
use crate::error::json_text;
use crate::http_client::Api;

/// What a person does.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum What {
    /// Writes a text.
    Text,
    /// Shares the own phone.
    Contact,
    /// Blocks the bot.
    Block,
    /// Lets the bot write again.
    Unblock,
}

/// A person and what the person does.
#[derive(Deserialize)]
pub(super) struct Written {
    /// The bot's number; none: the only bot, or the first.
    bot: Option<i64>,
    /// The person's number.
    from: i64,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    language_code: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    phone: String,
    /// None: the contact if there is a phone, otherwise the text.
    what: Option<What>,
}

/// Why an update reached nobody.
enum Unsent {
    /// No bot has a webhook.
    NoHook,
    /// The bot wants no updates of this kind.
    NotWanted,
    /// The webhook's server does not answer.
    NoAnswer,
}

impl Unsent {
    const fn code(&self) -> &'static str {
        match self {
            Self::NoHook => "no_webhook",
            Self::NotWanted => "not_wanted",
            Self::NoAnswer => "no_answer",
        }
    }

    const fn words(&self) -> &'static str {
        match self {
            Self::NoHook => "Не доставлено: у бота нет адреса для сообщений (setWebhook).",
            Self::NotWanted => "Не доставлено: бот не просил таких сообщений (allowed_updates).",
            Self::NoAnswer => "Не доставлено: сервер бота не ответил.",
        }
    }
}

/// Sends an update that JSON describes. Answers with its number and the server's status.
pub(super) async fn write(
    State(sandbox): State<Arc<Sandbox>>,
    Json(written): Json<Written>,
) -> Response {
    match deliver(&sandbox, &written).await {
        Ok((number, status)) => {
            let body = json!({"update_id": number, "status": status});
            json_text(200, body.to_string())
        }
        Err(unsent) => json_text(409, json!({"problem": unsent.code()}).to_string()),
    }
}

/// Sends an update that a person has described on the page.
pub(super) async fn write_by_form(
    State(sandbox): State<Arc<Sandbox>>,
    Form(written): Form<Written>,
) -> Redirect {
    let told = match deliver(&sandbox, &written).await {
        Ok((_, status @ 200..300)) => format!("Доставлено: сервер бота принял ({status})."),
        Ok((_, status)) => format!("Сервер бота отказал: {status}."),
        Err(unsent) => unsent.words().to_owned(),
    };
    sandbox.with(|kept| kept.told = Some(told));
    Redirect::to("/write")
}

/// Sends an update to the webhook of its bot. Returns its number and the status of the answer. It
/// is not sent again if the server refuses it.
async fn deliver(sandbox: &Sandbox, written: &Written) -> Result<(i64, u16), Unsent> {
    let (update, hook) = sandbox.with(|kept| update(kept, written))?;
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    if let Some(secret) = hook.secret {
        let name = "x-telegram-bot-api-secret-token".to_owned();
        headers.push((name, secret));
    }
    let number = update.get("update_id").and_then(Value::as_i64);
    let server = Api::new(&hook.url).map_err(|_| Unsent::NoAnswer)?;
    let answer = server.send("POST", "", &headers, update.to_string()).await;
    let answer = answer.map_err(|_| Unsent::NoAnswer)?;
    Ok((number.unwrap_or_default(), answer.status))
}

/// Returns the update and where it goes. Remembers whether the person has blocked the bot.
fn update(kept: &mut Kept, written: &Written) -> Result<(Value, Hook), Unsent> {
    let bot = written.bot.or_else(|| kept.hooks.keys().next().copied());
    let bot = bot.ok_or(Unsent::NoHook)?;
    let what = written.what.unwrap_or(if written.phone.is_empty() {
        What::Text
    } else {
        What::Contact
    });
    let pair = (bot, written.from);
    // Whoever writes to a bot has let it write again.
    let was_blocked = match what {
        What::Block => !kept.blocked.insert(pair),
        _ => kept.blocked.remove(&pair),
    };
    let hook = kept.hooks.get(&bot).cloned().ok_or(Unsent::NoHook)?;
    let kind = match what {
        What::Text | What::Contact => "message",
        What::Block | What::Unblock => "my_chat_member",
    };
    if !hook.allowed.is_empty() && !hook.allowed.iter().any(|allowed| allowed == kind) {
        return Err(Unsent::NotWanted);
    }
    let date = kept.seconds();
    let content = match kind {
        "message" => message(kept.next_id(), date, written, what),
        _ => membership(bot, date, written, (was_blocked, what == What::Block)),
    };
    let update = json!({"update_id": kept.next_update(), kind: content});
    Ok((update, hook))
}

fn person(written: &Written) -> Value {
    let mut person = json!({
        "id": written.from, "is_bot": false, "first_name": written.first_name,
    });
    if let (Some(fields), false) = (person.as_object_mut(), written.language_code.is_empty()) {
        let language = written.language_code.as_str();
        fields.insert("language_code".to_owned(), language.into());
    }
    person
}

fn chat(written: &Written) -> Value {
    json!({"id": written.from, "type": "private", "first_name": written.first_name})
}

fn message(id: i64, date: i64, written: &Written, what: What) -> Value {
    let mut message = json!({
        "message_id": id,
        "from": person(written),
        "chat": chat(written),
        "date": date,
    });
    let Some(fields) = message.as_object_mut() else {
        return message;
    };
    if what == What::Contact {
        let contact = json!({
            "phone_number": written.phone,
            "first_name": written.first_name,
            "user_id": written.from,
        });
        fields.insert("contact".to_owned(), contact);
        return message;
    }
    fields.insert("text".to_owned(), written.text.as_str().into());
    if written.text.starts_with('/') {
        let command = written.text.split_whitespace().next().unwrap_or_default();
        let length = command.encode_utf16().count();
        let entity = json!([{"type": "bot_command", "offset": 0, "length": length}]);
        fields.insert("entities".to_owned(), entity);
    }
    message
}

fn membership(bot: i64, date: i64, written: &Written, (before, after): (bool, bool)) -> Value {
    let member = |is_blocked: bool| {
        let mut member = json!({"user": user(bot), "status": "member"});
        if let (true, Some(fields)) = (is_blocked, member.as_object_mut()) {
            fields.insert("status".to_owned(), "kicked".into());
            fields.insert("until_date".to_owned(), 0.into());
        }
        member
    };
    json!({
        "chat": chat(written),
        "from": person(written),
        "date": date,
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    })
}
