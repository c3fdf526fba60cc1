//! `POST /cashier/sale/void`.

use domain::FieldError;
use serde::Serialize;

use super::MAX_CODE;
use crate::fields::{RequestError, read_object};
use crate::scalars::ClientIdentifier;
use crate::values::{self, is_nil_uuid};

/// A request to undo a sale as if it had never been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "client_phone": "+992901234567",
        "external_sale_id": "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"
    }))
)]
pub struct VoidSaleRequest {
    /// The client.
    pub client_phone: ClientIdentifier,
    /// The till's own id of the sale.
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_sale_id: String,
}

impl VoidSaleRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        const ID: &str = "external_sale_id";
        read_object(body, |fields| {
            let client_phone = fields.required("client_phone", values::identifier);
            let external_sale_id = fields.required_text(ID, MAX_CODE);
            if external_sale_id.as_deref().is_some_and(is_nil_uuid) {
                fields.refuse(ID, FieldError::Required);
            }
            Some(Self {
                client_phone: client_phone?,
                external_sale_id: external_sale_id?,
            })
        })
    }
}
