//! The updates of Telegram, as far as bots of Bonex use them.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Update {
    #[serde(rename = "update_id")]
    pub(super) number: i64,
    pub(super) message: Option<Message>,
    pub(super) my_chat_member: Option<Membership>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) from: Option<User>,
    pub(super) chat: Chat,
    pub(super) text: Option<String>,
    pub(super) contact: Option<Contact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub(super) phone_number: String,
    /// The person whose contact it is; absent if it was typed.
    pub(super) user_id: Option<i64>,
}

/// A person has blocked the bot, or has unblocked it.
#[derive(Debug, Deserialize)]
pub(super) struct Membership {
    pub(super) from: User,
    pub(super) new_chat_member: Member,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    pub(super) status: String,
}
