//! Telegram's Bot API (<https://core.telegram.org/bots/api>).

use hyper::Method;
use serde::Serialize;
use serde_json::{Value, json};

use crate::http::{Answer, Call, wait};
use crate::{Accepted, Address, Fault, Http, NotAccepted};

/// The default address of the service.
pub const ADDRESS: &str = "https://api.telegram.org";
/// The updates that a bot of Bonex receives.
const UPDATES: [&str; 2] = ["message", "my_chat_member"];

/// A bot.
#[derive(Clone, Debug)]
pub struct Bot {
    http: Http,
    address: Address,
    token: String,
}

/// A message to a chat.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The chat, which for a person is the person's number.
    pub chat_id: i64,
    /// The plain text.
    pub text: String,
    /// `true`: the client's phone makes no sound.
    pub is_silent: bool,
    /// The keyboard under the message.
    pub keyboard: Keyboard,
}

/// The keyboard that comes with a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keyboard {
    /// The keyboard stays as it is.
    #[default]
    Same,
    /// A button that shares the client's own phone.
    ShareContact(String),
    /// No keyboard of the bot any more.
    Remove,
    /// A button that opens a page inside Telegram: its label and its address.
    OpenApp(String, String),
}

/// What the service says of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotName {
    /// The bot's number.
    pub id: i64,
    /// The name after the at sign.
    pub username: String,
}

#[derive(Serialize)]
struct SendMessage<'a> {
    chat_id: i64,
    text: &'a str,
    link_preview_options: Value,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disable_notification: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Value>,
}

impl Bot {
    /// Makes a bot of its token. `None` if the text is no token: it would change the address.
    pub fn new(http: &Http, address: &Address, token: &str) -> Option<Self> {
        let token = token.trim();
        is_token(token).then(|| Self {
            http: http.clone(),
            address: address.clone(),
            token: token.to_owned(),
        })
    }

    /// Sends a message. One request.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn send(&self, message: &Message) -> Result<Accepted, NotAccepted> {
        let body = SendMessage {
            chat_id: message.chat_id,
            text: &message.text,
            link_preview_options: json!({"is_disabled": true}),
            disable_notification: message.is_silent,
            reply_markup: message.keyboard.markup(),
        };
        let result = self.call("sendMessage", &body).await?;
        let id = result.get("message_id").and_then(Value::as_i64);
        Ok(Accepted {
            reference: id.map(|id| id.to_string()),
            parts: 0,
        })
    }

    /// Asks for the name of the bot, which proves its token. One request.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn name(&self) -> Result<BotName, NotAccepted> {
        let result = self.call("getMe", &json!({})).await?;
        let id = result.get("id").and_then(Value::as_i64);
        let username = result.get("username").and_then(Value::as_str);
        match (id, username) {
            (Some(id), Some(username)) => Ok(BotName {
                id,
                username: username.to_owned(),
            }),
            _ => Err(NotAccepted::Later(Fault::BadAnswer)),
        }
    }

    /// Sends the bot's updates to `url`. Each then carries `secret` in a header. One request.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), NotAccepted> {
        let body = json!({
            "url": url,
            "secret_token": secret,
            "allowed_updates": UPDATES,
        });
        self.call("setWebhook", &body).await.map(drop)
    }

    /// Sets the button beside the field for text, which opens `url`. One request.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn set_menu_button(&self, text: &str, url: &str) -> Result<(), NotAccepted> {
        let body = json!({
            "menu_button": {"type": "web_app", "text": text, "web_app": {"url": url}},
        });
        self.call("setChatMenuButton", &body).await.map(drop)
    }

    /// Calls a method. Returns the `result` of the answer.
    async fn call(&self, method: &str, body: &impl Serialize) -> Result<Value, NotAccepted> {
        let body = serde_json::to_string(body).map_err(|_| NotAccepted::Message(Fault::Refused))?;
        let answer = self.http.send(Call {
            method: Method::POST,
            url: self.address.at(&format!("/bot{}/{method}", self.token)),
            bearer: None,
            body: Some(("application/json", body)),
        });
        let answer = answer.await?;
        let json = answer.json().unwrap_or_default();
        if answer.status == 200 && json.get("ok") == Some(&Value::Bool(true)) {
            return Ok(json.get("result").cloned().unwrap_or_default());
        }
        Err(refusal(&answer, &json))
    }
}

impl Keyboard {
    fn markup(&self) -> Option<Value> {
        match self {
            Self::Same => None,
            Self::ShareContact(label) => Some(json!({
                "keyboard": [[{"text": label, "request_contact": true}]],
                "resize_keyboard": true,
                "one_time_keyboard": true,
            })),
            Self::Remove => Some(json!({"remove_keyboard": true})),
            Self::OpenApp(label, url) => Some(json!({
                "inline_keyboard": [[{"text": label, "web_app": {"url": url}}]],
            })),
        }
    }
}

/// Returns whether a text has the form of a bot's token: its number, a colon and a key.
pub fn is_token(text: &str) -> bool {
    text.split_once(':').is_some_and(|(id, key)| {
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        !id.is_empty()
            && id.len() <= 20
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && (20..=100).contains(&key.len())
            && key.bytes().all(is_key)
    })
}

fn refusal(answer: &Answer, json: &Value) -> NotAccepted {
    let description = json.get("description").and_then(Value::as_str);
    let description = description.unwrap_or_default().to_ascii_lowercase();
    let said = |words: &str| description.contains(words);
    // A page of a proxy has a status but no answer of the service.
    let is_telegram = json.get("ok") == Some(&Value::Bool(false));
    match answer.status {
        429 => {
            let asked = json.pointer("/parameters/retry_after");
            wait(asked.and_then(Value::as_u64).or(answer.retry_after()))
        }
        500.. => NotAccepted::Later(Fault::ServiceFailed),
        _ if !is_telegram => match answer.status {
            200 => NotAccepted::Unsure(Fault::BadAnswer),
            _ => NotAccepted::Later(Fault::BadAnswer),
        },
        401 | 404 => NotAccepted::Settings(Fault::BotToken),
        403 => NotAccepted::Address(Fault::BotBlocked),
        400 if said("chat not found") || said("user not found") || said("peer_id_invalid") => {
            NotAccepted::Address(Fault::ChatNotFound)
        }
        _ => NotAccepted::Message(Fault::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_cannot_change_the_address() {
        assert!(is_token("123456:AAbbccddeeff-gg_hh00112233"));
        for wrong in [
            "",
            "123456",
            "a:AAbbccddeeffgghh00112233",
            "1:short",
            "1:AAbbccddeeffgghh0011/../x",
            "1:AAbbccddeeffgghh0011?x=1",
            "1:AAbbccddeeffgghh0011 2233",
        ] {
            assert!(!is_token(wrong), "{wrong}");
        }
    }
}
