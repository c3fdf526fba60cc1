//! The object stores of a till's database, and their records.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::cash::live::platform::dynamic::object;

/// An object store of the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Store {
    /// Documents that the server has not confirmed yet.
    Outbox,
    /// The till's history.
    Journal,
}

impl Store {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Journal => "journal",
        }
    }
}

/// A record of an object store.
pub struct Record {
    pub(super) store: Store,
    key: String,
    order_ms: i64,
    json: String,
}

impl Record {
    /// Creates a record of a value under `key`; returns `None` if the value cannot be written as
    /// JSON. `order_ms` sorts the records: the moment at which the value was made, in milliseconds
    /// since 1970.
    pub fn new<T: Serialize>(store: Store, key: &str, order_ms: i64, value: &T) -> Option<Self> {
        Some(Self {
            store,
            key: key.to_owned(),
            order_ms,
            json: serde_json::to_string(value).ok()?,
        })
    }

    pub(super) fn to_js(&self) -> JsValue {
        let (key, json) = (self.key.as_str(), self.json.as_str());
        object([
            ("key", key.into()),
            ("order", moment(self.order_ms)),
            ("json", json.into()),
        ])
        .into()
    }
}

/// Converts a moment to a JavaScript number.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds fit 53 bits for the next 285 thousand years"
)]
pub(super) fn moment(milliseconds: i64) -> JsValue {
    JsValue::from_f64(milliseconds as f64)
}
