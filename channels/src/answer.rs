//! The answers of the services, in the terms of Bonex.

use std::time::Duration;

/// A message that the service has accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The service's number of the message, if it has given one.
    pub reference: Option<String>,
    /// The paid parts of an SMS; 0 for other services.
    pub parts: i64,
}

/// Why a message was not accepted, which decides what happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAccepted {
    /// The service asks to wait. Nothing was sent, and it is no failure of the message.
    Wait(Duration),
    /// Certainly not sent; it may succeed later.
    Later(Fault),
    /// It may have been accepted: no whole answer came after the request was sent.
    Unsure(Fault),
    /// This address receives nothing any more.
    Address(Fault),
    /// The settings of the channel are wrong: nothing can be sent until a person mends them.
    Settings(Fault),
    /// The service never accepts this message.
    Message(Fault),
}

/// What went wrong, as it is stored and worded for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The service cannot be reached.
    Unreachable,
    /// No answer came in time.
    Timeout,
    /// The connection broke, or the answer is none of this service.
    BadAnswer,
    /// The service reports a failure of its own.
    ServiceFailed,
    /// The service limits the requests.
    TooMany,
    /// The client has blocked the bot.
    BotBlocked,
    /// The bot does not know the client's chat.
    ChatNotFound,
    /// The token of the bot is wrong or was revoked.
    BotToken,
    /// The app was removed from the device.
    AppRemoved,
    /// The token of the device is none of this project.
    DeviceToken,
    /// The key of the Firebase account is wrong, or was deleted.
    AccountKey,
    /// The Firebase account may not send in this project, or there is no such project.
    AccountProject,
    /// The login, the key or the hash of the SMS gateway is wrong.
    SmsKey,
    /// The SMS gateway does not know the sender's name, or forbids it.
    SmsSender,
    /// The account of the SMS gateway has no money.
    SmsMoney,
    /// The service refuses the message itself.
    Refused,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 16] = [
        Self::Unreachable,
        Self::Timeout,
        Self::BadAnswer,
        Self::ServiceFailed,
        Self::TooMany,
        Self::BotBlocked,
        Self::ChatNotFound,
        Self::BotToken,
        Self::AppRemoved,
        Self::DeviceToken,
        Self::AccountKey,
        Self::AccountProject,
        Self::SmsKey,
        Self::SmsSender,
        Self::SmsMoney,
        Self::Refused,
    ];

    /// Returns the name under which it is stored and counted.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::BadAnswer => "bad_answer",
            Self::ServiceFailed => "service_failed",
            Self::TooMany => "too_many",
            Self::BotBlocked => "bot_blocked",
            Self::ChatNotFound => "chat_not_found",
            Self::BotToken => "bot_token",
            Self::AppRemoved => "app_removed",
            Self::DeviceToken => "device_token",
            Self::AccountKey => "account_key",
            Self::AccountProject => "account_project",
            Self::SmsKey => "sms_key",
            Self::SmsSender => "sms_sender",
            Self::SmsMoney => "sms_money",
            Self::Refused => "refused",
        }
    }

    /// Returns the fault that is stored under this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == name)
    }
}

impl NotAccepted {
    /// Returns what went wrong.
    pub const fn fault(self) -> Fault {
        match self {
            Self::Wait(_) => Fault::TooMany,
            Self::Later(fault)
            | Self::Unsure(fault)
            | Self::Address(fault)
            | Self::Settings(fault)
            | Self::Message(fault) => fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_found_by_its_name() {
        for fault in Fault::ALL {
            assert_eq!(Fault::parse(fault.as_str()), Some(fault));
        }
        assert_eq!(Fault::parse("other"), None);
    }
}
