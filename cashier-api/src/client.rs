//! The wire types of the client API: what the store's app for clients sends and gets.

use domain::FieldError;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::fields::{RequestError, read_object};
use crate::scalars::{Amount, Moment, PhoneNumber};
use crate::values;

/// The longest name of a person, in characters.
const MAX_NAME: usize = 255;
/// The longest code that is read, in characters.
const MAX_CODE: usize = 32;
/// The longest token of a device, in characters.
const MAX_DEVICE: usize = 1024;

/// A request for a code by SMS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskCodeRequest {
    /// The store's number.
    pub store: i64,
    /// The phone that the code goes to.
    pub phone: PhoneNumber,
}

impl AskCodeRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let store = fields.required("store", values::record_id);
            let phone = fields.required("phone", values::phone);
            Some(Self {
                store: store?,
                phone: phone?,
            })
        })
    }
}

/// A sign-in by a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyCodeRequest {
    /// The store's number.
    pub store: i64,
    /// The phone that the code went to.
    pub phone: PhoneNumber,
    /// The code.
    pub code: String,
    /// The name, for a new client.
    pub full_name: Option<String>,
    /// The code of the friend who has sent a new client.
    pub referral_code: Option<String>,
    /// The version of the terms that the client accepts.
    pub accepted_terms: Option<i64>,
    /// The tag of the client's language.
    pub language: Option<String>,
}

impl VerifyCodeRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let store = fields.required("store", values::record_id);
            let phone = fields.required("phone", values::phone);
            let code = fields.required_text("code", MAX_CODE);
            let full_name = fields
                .optional("full_name", |raw| values::name(raw, MAX_NAME))
                .filter(|name| !name.is_empty());
            let referral_code = fields.optional_text("referral_code", MAX_CODE);
            let accepted_terms = fields.optional("accepted_terms", values::record_id);
            let language = fields.optional("language", language);
            Some(Self {
                store: store?,
                phone: phone?,
                code: code?,
                full_name,
                referral_code,
                accepted_terms,
                language,
            })
        })
    }
}

fn language(raw: &RawValue) -> Result<String, FieldError> {
    let tag = values::text(raw, MAX_CODE)?;
    if ["ru", "tg", "en"].contains(&tag.as_str()) {
        Ok(tag)
    } else {
        Err(FieldError::Unreadable)
    }
}

/// A device with the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRequest {
    /// The token that Firebase gave to the app.
    pub token: String,
    /// `android` or `ios`.
    pub platform: String,
}

impl DeviceRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let token = fields.required_text("token", MAX_DEVICE);
            let platform = fields.required("platform", |raw| {
                let platform = values::text(raw, MAX_CODE)?;
                let is_known = ["android", "ios"].contains(&platform.as_str());
                is_known.then_some(platform).ok_or(FieldError::Unreadable)
            });
            Some(Self {
                token: token?,
                platform: platform?,
            })
        })
    }
}

/// A device from which the client signs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForgetDeviceRequest {
    /// The token that Firebase gave to the app.
    pub token: String,
}

impl ForgetDeviceRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let token = fields.required_text("token", MAX_DEVICE);
            Some(Self { token: token? })
        })
    }
}

/// What a client wants to hear of; a field that is not there leaves it as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreferencesRequest {
    /// Receipts of purchases and returns.
    pub receipts: Option<bool>,
    /// Reminders of bonuses that will end.
    pub reminders: Option<bool>,
    /// Offers of the store.
    pub offers: Option<bool>,
    /// The tag of the language.
    pub language: Option<String>,
}

impl PreferencesRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let receipts = fields.optional("receipts", values::boolean);
            let reminders = fields.optional("reminders", values::boolean);
            let offers = fields.optional("offers", values::boolean);
            let language = fields.optional("language", language);
            Some(Self {
                receipts,
                reminders,
                offers,
                language,
            })
        })
    }
}

/// The answer to a request for a code. It is the same for known and for unknown phones.
#[derive(Clone, Debug, Serialize)]
pub struct CodeAsked {
    /// The seconds until another code may be asked for.
    pub resend_after_seconds: i64,
    /// The seconds for which the code is good.
    pub valid_seconds: i64,
    /// The terms that a new client accepts.
    pub terms: Option<TermsData>,
}

/// The terms of a store.
#[derive(Clone, Debug, Serialize)]
pub struct TermsData {
    /// The version, which a sign-in names.
    pub version: i64,
    /// The text.
    pub text: String,
}

/// The answer to a sign-in.
#[derive(Clone, Debug, Serialize)]
pub struct SignedInData {
    /// The token for `Authorization: Bearer`.
    pub token: String,
    /// Whether the client has joined now.
    pub is_new: bool,
}

/// The client's account.
#[derive(Clone, Debug, Serialize)]
pub struct MeData {
    /// The store's name.
    pub store: String,
    /// The client's number in the store.
    pub id: i64,
    /// The phone in E.164, which is also the text of the client's QR code.
    pub phone: String,
    /// The name.
    pub full_name: Option<String>,
    /// The club card.
    pub card_number: String,
    /// The card's barcode.
    pub ean13: String,
    /// All unexpired bonuses, less the debt.
    pub bonus_balance: Amount,
    /// The bonuses that can be spent now.
    pub redeemable_balance: Amount,
    /// The bonuses that wait for the end of the hold.
    pub held_balance: Amount,
    /// What ends when, the soonest first.
    pub expiring: Vec<ExpiringData>,
    /// The code that brings a friend.
    pub referral_code: String,
    /// What the client wants to hear of.
    pub preferences: PreferencesData,
}

/// Bonuses that end on a day.
#[derive(Clone, Debug, Serialize)]
pub struct ExpiringData {
    /// The last local day on which they can be spent: `2026-06-05`.
    pub last_day: String,
    /// How many.
    pub amount: Amount,
}

/// What a client wants to hear of.
#[derive(Clone, Debug, Serialize)]
pub struct PreferencesData {
    /// Receipts of purchases and returns.
    pub receipts: bool,
    /// Reminders of bonuses that will end.
    pub reminders: bool,
    /// Offers of the store.
    pub offers: bool,
    /// The tag of the language.
    pub language: Option<String>,
}

/// A page of the history.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryData {
    /// The events, the newest first.
    pub events: Vec<EventData>,
    /// The value of `after` for the next page; `null` on the last one.
    pub next: Option<String>,
}

/// Everything that one document or act did to the balance.
#[derive(Clone, Debug, Serialize)]
pub struct EventData {
    /// The moment.
    pub at: Moment,
    /// What it was: `purchase`, `redemption`, `return`, `void`, `friend`, `by_hand`, `merge`,
    /// `credit`, `expiry`.
    pub kind: &'static str,
    /// The sum of the check or of the goods.
    pub total: Option<Amount>,
    /// The branch.
    pub place: Option<String>,
    /// The balance before.
    pub balance_before: Amount,
    /// The changes in their order; their sum leads from the balance before to the one after.
    pub changes: Vec<ChangeData>,
    /// The balance after.
    pub balance_after: Amount,
}

/// A change of the balance.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeData {
    /// The kind of the entry: `purchase`, `redeem`, `revoke` …
    pub kind: String,
    /// The change.
    pub amount: Amount,
}
