//! `POST /cashier/return/calculate` and `POST /cashier/return`.

use domain::FieldError;
use serde::Serialize;

use super::MAX_CODE;
use crate::fields::{Fields, RequestError, read_object};
use crate::scalars::{Amount, ClientIdentifier};
use crate::values;

/// A request to calculate, before a return, whether the client's bonuses cover what it takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "client_phone": "+992901234567",
        "bonus_to_revoke": 50,
        "original_external_sale_id": "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"
    }))
)]
pub struct CalculateReturnRequest {
    /// The client.
    pub client_phone: ClientIdentifier,
    /// The value of the returned goods. If it is missing, all that is left of the sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_amount: Option<Amount>,
    /// The cashback to take back. If it is missing, a proportional part. Required without the
    /// original sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus_to_revoke: Option<Amount>,
    /// The `external_sale_id` of the sale that the goods were bought with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub original_external_sale_id: Option<String>,
}

/// A return of goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "client_phone": "+992901234567",
        "return_amount": 1000,
        "cash_refund_amount": 950,
        "shortage_settled": true,
        "original_external_sale_id": "a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
        "external_return_id": "f6e5d4c3-b2a1-4711-8899-ffeeddccbbaa"
    }))
)]
pub struct ReturnRequest {
    /// The client.
    pub client_phone: ClientIdentifier,
    /// The value of the returned goods. If it is missing, all that is left of the sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_amount: Option<Amount>,
    /// The cash to pay out. If it is missing, the most that may be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_refund_amount: Option<Amount>,
    /// The cashback to take back. If it is missing, a proportional part. Required without the
    /// original sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus_to_revoke: Option<Amount>,
    /// The redeemed bonuses to give back. If it is missing, a proportional part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus_to_restore: Option<Amount>,
    /// A flag: the till withholds cash for the bonuses that the client has already spent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub shortage_settled: bool,
    /// The `external_sale_id` of the sale that the goods were bought with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub original_external_sale_id: Option<String>,
    /// The till's own id of the return. A second return with the same id is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_return_id: Option<String>,
}

impl CalculateReturnRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let client_phone = fields.required("client_phone", values::identifier);
            let return_amount = fields.optional("return_amount", values::amount);
            let (original_external_sale_id, bonus_to_revoke) = what_to_revoke(fields);
            Some(Self {
                client_phone: client_phone?,
                return_amount,
                bonus_to_revoke,
                original_external_sale_id,
            })
        })
    }

    /// Returns the request as the rules take it.
    pub fn rules(&self) -> domain::returns::ReturnRequest {
        domain::returns::ReturnRequest {
            return_amount: self.return_amount.map(|amount| amount.0),
            to_revoke: self.bonus_to_revoke.map(|amount| amount.0),
            ..domain::returns::ReturnRequest::default()
        }
    }
}

impl ReturnRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let client_phone = fields.required("client_phone", values::identifier);
            let return_amount = fields.optional("return_amount", values::amount);
            let cash_refund_amount = fields.optional("cash_refund_amount", values::amount);
            let bonus_to_restore = fields.optional("bonus_to_restore", values::amount);
            let shortage_settled = fields.optional("shortage_settled", values::boolean);
            let external_return_id = fields.external_id("external_return_id", MAX_CODE);
            let (original_external_sale_id, bonus_to_revoke) = what_to_revoke(fields);
            Some(Self {
                client_phone: client_phone?,
                return_amount,
                cash_refund_amount,
                bonus_to_revoke,
                bonus_to_restore,
                shortage_settled: shortage_settled.unwrap_or_default(),
                original_external_sale_id,
                external_return_id,
            })
        })
    }

    /// Returns the request as the rules take it.
    pub fn rules(&self) -> domain::returns::ReturnRequest {
        domain::returns::ReturnRequest {
            return_amount: self.return_amount.map(|amount| amount.0),
            cash_refund: self.cash_refund_amount.map(|amount| amount.0),
            to_revoke: self.bonus_to_revoke.map(|amount| amount.0),
            to_restore: self.bonus_to_restore.map(|amount| amount.0),
            shortage_settled: self.shortage_settled,
        }
    }
}

/// Reads the original sale and the bonuses to revoke. One of them must be present.
fn what_to_revoke(fields: &mut Fields<'_, '_>) -> (Option<String>, Option<Amount>) {
    const ORIGINAL: &str = "original_external_sale_id";
    let original = fields.external_id(ORIGINAL, MAX_CODE);
    let to_revoke = fields.optional("bonus_to_revoke", values::amount);
    // If the name of the sale is wrong, only that error is reported.
    if original.is_none() && to_revoke.is_none() && !fields.is_wrong(ORIGINAL) {
        fields.refuse("bonus_to_revoke", FieldError::RequiredWithoutSale);
    }
    (original, to_revoke)
}
