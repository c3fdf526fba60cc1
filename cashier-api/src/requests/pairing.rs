//! `POST /cashier/pair`.

use domain::PairingCode;
use serde::Serialize;

use super::{MAX_CODE, MAX_DEVICE};
use crate::fields::{RequestError, read_object};

/// A request to become a till by a code that the store's owner shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "code": "7K4M92QXTB6D", "device_id": "web-1f0c6f0e" }))
)]
pub struct PairRequest {
    /// The twelve signs, in any case, with or without spaces and hyphens.
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub code: String,
    /// The device that becomes the till: its `X-Device-Id` from now on.
    #[cfg_attr(feature = "openapi", schema(max_length = 128))]
    pub device_id: String,
}

impl PairRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let code = fields.required_text("code", MAX_CODE);
            let device_id = fields.required_text("device_id", MAX_DEVICE);
            Some(Self {
                code: code?,
                device_id: device_id?,
            })
        })
    }

    /// Returns the code; `None` if the text cannot be one.
    pub fn pairing_code(&self) -> Option<PairingCode> {
        PairingCode::parse(&self.code)
    }
}
