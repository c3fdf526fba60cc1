//! What a run has recorded, and how it is undone: a run leaves no sale in a store.

use serde_json::{Value, json};

use crate::http_client::Answer;

/// A document that a run has recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) kind: Kind,
    /// Its external id.
    pub(super) id: String,
}

/// How a document is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By voiding it.
    Sale,
    /// By a return of the rest: a sale with a return, or a redemption alone.
    Returned,
    /// By voiding it as a receipt.
    Receipt,
}

/// What is still to be undone.
#[derive(Debug, Default)]
pub(super) struct Recorded(Vec<Document>);

impl Recorded {
    /// Notes what a request may have recorded. Without an answer it may have.
    pub(super) fn note(&mut self, path: &str, body: &Value, answer: Option<&Answer>) {
        let id = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let is_done = answer.is_none_or(|answer| (200..300).contains(&answer.status));
        if !is_done {
            return;
        }
        let (kind, named) = match path {
            "/cashier/sale" => (Kind::Sale, id("external_sale_id")),
            "/cashier/redeem" => (Kind::Returned, id("external_sale_id")),
            "/cashier/receipt" => (Kind::Receipt, id("external_receipt_id")),
            "/cashier/sale/void" => return self.forget(id("external_sale_id").as_deref()),
            "/cashier/receipt/void" => return self.forget(id("external_receipt_id").as_deref()),
            "/cashier/return" => (Kind::Returned, id("original_external_sale_id")),
            _ => return,
        };
        let Some(id) = named else { return };
        match self.0.iter_mut().find(|known| known.id == id) {
            Some(known) => known.kind = kind,
            None => self.0.push(Document { kind, id }),
        }
    }

    fn forget(&mut self, id: Option<&str>) {
        self.0.retain(|known| Some(known.id.as_str()) != id);
    }

    /// Returns the documents, the last one first: bonuses that were earned and spent come back
    /// before the sale that has given them is undone.
    pub(super) fn into_last_first(self) -> Vec<Document> {
        self.0.into_iter().rev().collect()
    }
}

impl Document {
    /// Returns the requests that undo it; the next one is sent if the one before is refused.
    pub(super) fn undoing(&self, phone: &str) -> Vec<(&'static str, Value)> {
        let id = &self.id;
        let void = json!({ "client_phone": phone, "external_sale_id": id });
        let void = ("/cashier/sale/void", void);
        let back = json!({ "client_phone": phone, "original_external_sale_id": id });
        let back = ("/cashier/return", back);
        match self.kind {
            Kind::Sale => vec![void, back],
            Kind::Returned => vec![back],
            Kind::Receipt => vec![(
                "/cashier/receipt/void",
                json!({ "external_receipt_id": id }),
            )],
        }
    }
}

/// Returns whether the answer means that the document is undone, now or before.
pub(super) fn is_undone(answer: &Answer) -> bool {
    let code = answer.json();
    let code = code.as_ref().and_then(|body| body.get("code")?.as_str());
    let before = ["sale_voided", "receipt_voided", "over_return"];
    (200..300).contains(&answer.status) || code.is_some_and(|code| before.contains(&code))
}
