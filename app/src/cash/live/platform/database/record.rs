//! A list of the database, and an entry of it.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::cash::live::platform::dynamic::object;

/// One of the till's lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Store {
    /// What the server has not confirmed yet.
    Outbox,
    /// What this till has done.
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

/// One entry of a list.
pub struct Record {
    pub(super) store: Store,
    key: String,
    order_ms: i64,
    json: String,
}

impl Record {
    /// A value under `key`; none where it has no JSON. `order_ms` is its place among the others: the moment it was made, in
    /// milliseconds since 1970.
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

/// A moment as JavaScript counts it.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds fit 53 bits for the next 285 thousand years"
)]
pub(super) fn moment(milliseconds: i64) -> JsValue {
    JsValue::from_f64(milliseconds as f64)
}
