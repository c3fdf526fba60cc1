//! `POST /cashier/client/register`.

use serde::Serialize;

use super::MAX_NAME;
use crate::fields::{RequestError, read_object};
use crate::scalars::PhoneNumber;
use crate::values;

/// A registration of a new client at the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "phone": "+992901234567", "full_name": "Парвиз Солиев" }))
)]
pub struct RegisterRequest {
    /// The client's phone. A card is not accepted, because the client gets a card by this request.
    pub phone: PhoneNumber,
    /// The client's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 255))]
    pub full_name: Option<String>,
}

impl RegisterRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let phone = fields.required("phone", values::phone);
            let full_name = fields
                .optional("full_name", |raw| values::name(raw, MAX_NAME))
                .filter(|name| !name.is_empty());
            Some(Self {
                phone: phone?,
                full_name,
            })
        })
    }
}
