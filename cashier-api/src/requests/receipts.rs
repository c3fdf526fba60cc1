//! `POST /cashier/receipt` and `POST /cashier/receipt/void`.

use domain::FieldError;
use serde::Serialize;

use super::MAX_CODE;
use crate::fields::{RequestError, read_object};
use crate::scalars::{Amount, SentDate};
use crate::values::{self, is_nil_uuid};

/// A receipt: a purchase without a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "total_amount": 150,
        "external_receipt_id": "0b1c2d3e-4f50-4711-8899-001122334455",
        "cashier_node_id": 1,
        "receipt_date": "2026-06-05T14:30:00"
    }))
)]
pub struct ReceiptRequest {
    /// The total of the receipt.
    pub total_amount: Amount,
    /// The till's own id of the receipt. A second receipt with the same id is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_receipt_id: Option<String>,
    /// The till's number. The token identifies the till, so the number must be that till's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cashier_node_id: Option<i64>,
    /// The moment when the receipt was closed. If it is missing, the moment of recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_date: Option<SentDate>,
}

impl ReceiptRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let total_amount = fields.required("total_amount", values::amount);
            let external_receipt_id = fields.external_id("external_receipt_id", MAX_CODE);
            let cashier_node_id = fields.optional("cashier_node_id", values::record_id);
            let receipt_date = fields
                .optional("receipt_date", values::document_date)
                .flatten();
            Some(Self {
                total_amount: total_amount?,
                external_receipt_id,
                cashier_node_id,
                receipt_date,
            })
        })
    }
}

/// A request to take a receipt out of the sums because it was recorded by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "external_receipt_id": "0b1c2d3e-4f50-4711-8899-001122334455" }))
)]
pub struct VoidReceiptRequest {
    /// The till's own id of the receipt.
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_receipt_id: String,
}

impl VoidReceiptRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        const ID: &str = "external_receipt_id";
        read_object(body, |fields| {
            let external_receipt_id = fields.required_text(ID, MAX_CODE);
            if external_receipt_id.as_deref().is_some_and(is_nil_uuid) {
                fields.refuse(ID, FieldError::Required);
            }
            Some(Self {
                external_receipt_id: external_receipt_id?,
            })
        })
    }
}
