//! `POST /cashier/client/register`.

use serde::Serialize;

use super::MAX_NAME;
use crate::fields::{RequestError, read_object};
use crate::scalars::{Card, PhoneNumber};
use crate::values;

/// A registration of a new client at the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "phone": "+992901234567", "full_name": "Парвиз Солиев" }))
)]
pub struct RegisterRequest {
    /// The client's phone. A card is not accepted in its place, because the client gets one by this
    /// request.
    pub phone: PhoneNumber,
    /// The client's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 255))]
    pub full_name: Option<String>,
    /// A printed card that the client gets: its number or its barcode. It must be one of the cards
    /// that the store has reserved, and nobody may have it. Without it the client gets the next
    /// number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
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
            let card = fields.optional("card", values::card).flatten();
            Some(Self {
                phone: phone?,
                full_name,
                card,
            })
        })
    }
}
