//! The SMS gateway OsonSMS, protocol 2.0.2 (<https://osonsms.com>).

use hyper::Method;
use rust_decimal::Decimal;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::form_urlencoded::Serializer;

use crate::http::{Answer, Call, wait};
use crate::{Accepted, Address, Fault, Http, NotAccepted};

/// The default address of the service.
pub const ADDRESS: &str = "https://api.osonsms.com";

/// An account of the gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    http: Http,
    address: Address,
    account: Account,
}

/// The account of a store or of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The login.
    pub login: String,
    /// The sender's name that phones show.
    pub sender: String,
    /// The key with which requests are signed.
    pub key: Key,
}

/// The two ways of the gateway to know an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A token, sent in a header.
    Token(String),
    /// The older way: a shared text that is part of a hash in each request.
    Hash(String),
}

/// An SMS.
#[derive(Clone, Debug)]
pub struct Sms<'a> {
    /// The phone, with or without its plus.
    pub phone: &'a str,
    /// The text.
    pub text: &'a str,
    /// The number of the message: the gateway takes each only once. At most 32 signs.
    pub txn_id: &'a str,
    /// `true` for a code: the gateway does not show its text to the account's people.
    pub is_confidential: bool,
}

/// Returns the number under which the gateway takes a message only once: the first 32 hexadecimal
/// digits of the SHA-256 of the store and the subject.
pub fn txn_id(tenant_id: i64, subject: &str) -> String {
    let mut digest = hex::encode(Sha256::digest(format!("{tenant_id}:{subject}")));
    digest.truncate(32);
    digest
}

/// Returns the paid parts of a text: 160 signs of the GSM alphabet are one part, 70 of any other;
/// longer texts lose some signs of each part to its number (GSM 03.38, 3GPP TS 23.040).
pub fn parts(text: &str) -> i64 {
    let is_short = text.chars().all(|sign| sign.is_ascii() && sign != '`');
    let (whole, part, length) = if is_short {
        let twice = |sign: &char| "^{}\\[~]|".contains(*sign);
        let length = text.chars().count() + text.chars().filter(twice).count();
        (160, 153, length)
    } else {
        (70, 67, text.encode_utf16().count())
    };
    let parts = if length <= whole {
        1
    } else {
        length.div_ceil(part)
    };
    i64::try_from(parts).unwrap_or(i64::MAX)
}

impl Gateway {
    /// Makes a client of an account.
    pub fn new(http: &Http, address: &Address, account: Account) -> Self {
        Self {
            http: http.clone(),
            address: address.clone(),
            account,
        }
    }

    /// Sends an SMS. One request.
    ///
    /// # Errors
    /// [`NotAccepted`]. A number that the gateway has taken before counts as accepted.
    pub async fn send(&self, sms: &Sms<'_>) -> Result<Accepted, NotAccepted> {
        let phone = sms.phone.trim_start_matches('+');
        let Account { login, sender, .. } = &self.account;
        let mut query = vec![
            ("from", sender.as_str()),
            ("phone_number", phone),
            ("msg", sms.text),
            ("login", login),
            ("txn_id", sms.txn_id),
        ];
        if sms.is_confidential {
            query.push(("is_confidential", "true"));
        }
        let signature = self.signature(&[sms.txn_id, login, sender, phone]);
        query.extend(signature.as_deref().map(|sign| ("str_hash", sign)));
        let answer = self.get("/sendsms_v1.php", &query).await?;
        let json = answer.json().unwrap_or_default();
        let is_taken = answer.status == 201 && json.get("status") == Some(&"ok".into());
        if is_taken {
            let told = json.get("smsc_msg_parts").and_then(whole);
            return Ok(Accepted {
                reference: json.get("msg_id").and_then(text),
                parts: told.unwrap_or_else(|| parts(sms.text)),
            });
        }
        if answer.status == 409 && code(&json) == Some(108) {
            return Ok(Accepted {
                reference: None,
                parts: parts(sms.text),
            });
        }
        Err(refusal(&answer, &json))
    }

    /// Asks for the account's money, which proves its key. `txn_id` is a new number. One request.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn balance(&self, txn_id: &str) -> Result<Decimal, NotAccepted> {
        let login = &self.account.login;
        let mut query = vec![("login", login.as_str()), ("txn_id", txn_id)];
        let signature = self.signature(&[txn_id, login]);
        query.extend(signature.as_deref().map(|sign| ("str_hash", sign)));
        let answer = self.get("/check_balance.php", &query).await?;
        let json = answer.json().unwrap_or_default();
        let balance = json.get("balance").and_then(decimal);
        match balance {
            Some(balance) if matches!(answer.status, 200 | 201) => Ok(balance),
            _ => Err(refusal(&answer, &json)),
        }
    }

    /// Returns the hash of the older way over these parts and the shared text.
    fn signature(&self, parts: &[&str]) -> Option<String> {
        match &self.account.key {
            Key::Hash(hash) => Some(signature(&[parts, &[hash.as_str()]].concat())),
            Key::Token(_) => None,
        }
    }

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Answer, NotAccepted> {
        let query = Serializer::new(String::new()).extend_pairs(query).finish();
        let bearer = match &self.account.key {
            Key::Token(token) => Some(token.as_str()),
            Key::Hash(_) => None,
        };
        let call = Call {
            method: Method::GET,
            url: self.address.at(&format!("{path}?{query}")),
            bearer,
            body: None,
        };
        self.http.send(call).await
    }
}

fn signature(parts: &[&str]) -> String {
    hex::encode(Sha256::digest(parts.join(";")))
}

fn code(json: &Value) -> Option<i64> {
    json.pointer("/error/code").and_then(whole)
}

/// Reads a whole number, which the gateway writes as a number or as a text.
fn whole(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.chars().take(64).collect()),
        _ => None,
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn refusal(answer: &Answer, json: &Value) -> NotAccepted {
    let Some(code) = code(json) else {
        return match answer.status {
            429 => wait(answer.retry_after()),
            500.. => NotAccepted::Later(Fault::ServiceFailed),
            // Whatever has answered with a success may have been the gateway.
            200..300 => NotAccepted::Unsure(Fault::BadAnswer),
            401 | 403 => NotAccepted::Settings(Fault::SmsKey),
            _ => NotAccepted::Later(Fault::BadAnswer),
        };
    };
    match code {
        105 | 106 | 119 => NotAccepted::Settings(Fault::SmsKey),
        107 => NotAccepted::Settings(Fault::SmsSender),
        114 => NotAccepted::Settings(Fault::SmsMoney),
        109 | 112 | 113 => NotAccepted::Later(Fault::ServiceFailed),
        _ if answer.status == 429 => wait(answer.retry_after()),
        _ if answer.status >= 500 => NotAccepted::Later(Fault::ServiceFailed),
        _ => NotAccepted::Message(Fault::Refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_of_the_older_way_is_signed() {
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            signature(&["sale-1001", "bonex", "BONEX", "992901234567", key]),
            "2527070dc36c17810e6d23c8223873147d8d7459f63c1a1e6277c640db41fc65"
        );
    }

    #[test]
    fn a_message_has_one_number() {
        assert_eq!(txn_id(1, "sale:7").len(), 32);
        assert_eq!(txn_id(1, "sale:7"), txn_id(1, "sale:7"));
        assert_ne!(txn_id(1, "sale:7"), txn_id(2, "sale:7"));
        // The digits are pinned: after an update the gateway must still know earlier numbers.
        assert!(
            txn_id(1, "sale:7")
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit())
        );
    }

    #[test]
    fn the_parts_of_a_text_are_counted_as_networks_do() {
        for (text, count) in [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("[".repeat(80), 1),
            ("[".repeat(81), 2),
            ("б".repeat(70), 1),
            ("б".repeat(71), 2),
            ("б".repeat(134), 2),
            ("б".repeat(135), 3),
            (String::new(), 1),
        ] {
            assert_eq!(parts(&text), count, "{} signs", text.chars().count());
        }
    }
}
