//! `POST /cashier/sale` and `POST /cashier/redeem`.

use domain::FieldError;
use domain::sales::CheckSums;
use serde::Serialize;

use serde_json::value::RawValue;

use super::MAX_CODE;
use crate::fields::{RequestError, read_members, read_object};
use crate::scalars::{Amount, ClientIdentifier, Mode, Quantity, SentDate};
use crate::values;

/// The most lines kept of one sale: far more than a real sale has.
const MAX_LINES: usize = 1000;
/// The characters kept of the name in a line.
const MAX_LINE_NAME: usize = 200;
/// The characters kept of a code in a line.
const MAX_LINE_CODE: usize = 64;

/// A sale: bonuses pay a part of it, and it earns cashback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "client_phone": "+992901234567",
        "total_amount": 200,
        "bonus_redeem_amount": 50,
        "redeem_mode": "payment_type",
        "external_sale_id": "a1b2c3d4-e5f6-4711-8899-aabbccddeeff",
        "cashier_node_id": 1,
        "payment_method": "card",
        "sale_date": "2026-06-05T14:30:00",
        "lines": [{
            "sku": "SKU-001",
            "category_code": "DAIRY",
            "name": "Молоко 1л",
            "quantity": 2,
            "unit_price": 20,
            "line_amount": 40
        }]
    }))
)]
pub struct SaleRequest {
    /// The client.
    pub client_phone: ClientIdentifier,
    /// The total of the sale: with the bonuses in `payment_type`, after the discount in `discount`.
    pub total_amount: Amount,
    /// The price of all goods, before bonuses are deducted. Without it, a `discount` sale has total
    /// + bonuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_amount: Option<Amount>,
    /// The bonuses to redeem; zero if missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub bonus_redeem_amount: Amount,
    /// The way in which the till shows the bonuses.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub redeem_mode: Mode,
    /// The till's own id of the sale. A second sale with the same id is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_sale_id: Option<String>,
    /// The number of the fiscal receipt, for the client's history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub receipt_number: Option<String>,
    /// The till's number. The token identifies the till, so the number must be that till's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cashier_node_id: Option<i64>,
    /// The cashier, as the till names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub cashier_id: Option<String>,
    /// The payment method of the money part.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub payment_method: Option<String>,
    /// The moment when the sale was closed. If it is missing, the moment of recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale_date: Option<SentDate>,
    /// The goods, at most 1000 lines. Their sum need not be the total.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub lines: Vec<Line>,
    /// The number of lines that could not be read or were over the 1000.
    #[serde(skip)]
    pub lines_skipped: usize,
}

/// A line of a sale. No rule uses it, so its values are cut and rounded, and a wrong line is left
/// out instead of refusing the sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// The article number; at most 64 characters of it are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The category of goods; at most 64 characters of it are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_code: Option<String>,
    /// The name of the goods; at most 200 characters of it are kept.
    pub name: String,
    /// The quantity; negative if goods were returned.
    pub quantity: Quantity,
    /// The price of one unit.
    pub unit_price: Amount,
    /// The amount of the line; negative for a discount.
    pub line_amount: Amount,
}

impl SaleRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let client_phone = fields.required("client_phone", values::identifier);
            let total_amount = fields.required("total_amount", values::amount);
            let gross_amount = fields.optional("gross_amount", values::amount);
            let bonus_redeem_amount = fields.optional("bonus_redeem_amount", values::amount);
            let redeem_mode = fields.optional("redeem_mode", values::mode);
            let external_sale_id = fields.external_id("external_sale_id", MAX_CODE);
            let receipt_number = fields.optional_text("receipt_number", MAX_CODE);
            let cashier_node_id = fields.optional("cashier_node_id", values::record_id);
            let cashier_id = fields.optional_text("cashier_id", MAX_CODE);
            let payment_method = fields.optional_text("payment_method", MAX_CODE);
            let sale_date = fields
                .optional("sale_date", values::document_date)
                .flatten();
            let lines = fields.optional("lines", |raw| Ok(Line::read_all(raw)));
            let (lines, lines_skipped) = lines.unwrap_or_default();
            Some(Self {
                client_phone: client_phone?,
                total_amount: total_amount?,
                gross_amount,
                bonus_redeem_amount: bonus_redeem_amount.unwrap_or_default(),
                redeem_mode: redeem_mode.unwrap_or_default(),
                external_sale_id,
                receipt_number,
                cashier_node_id,
                cashier_id,
                payment_method,
                sale_date,
                lines,
                lines_skipped,
            })
        })
    }

    /// Returns the sums of the sale.
    pub fn sums(&self) -> CheckSums {
        CheckSums {
            mode: self.redeem_mode.0,
            total: self.total_amount.0,
            gross: self.gross_amount.map(|gross| gross.0),
            redeem: self.bonus_redeem_amount.0,
        }
    }
}

impl Line {
    /// Reads the lines. Returns those that can be read, and how many are left out.
    fn read_all(raw: &RawValue) -> (Vec<Self>, usize) {
        // Some tills may send a single line without a list.
        let sent: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_else(|_| vec![raw]);
        let lines = sent.iter().filter_map(|line| Self::read(line));
        let lines: Vec<Self> = lines.take(MAX_LINES).collect();
        let skipped = sent.len() - lines.len();
        (lines, skipped)
    }

    fn read(raw: &RawValue) -> Option<Self> {
        let said = |text: &String| !text.is_empty();
        let line = read_members(raw.get(), |fields| {
            let code = |raw: &RawValue| values::cut_text(raw, MAX_LINE_CODE);
            let sku = fields.optional("sku", code).filter(said);
            let category_code = fields.optional("category_code", code).filter(said);
            let name = fields.required("name", |raw| values::cut_text(raw, MAX_LINE_NAME));
            let quantity = fields.required("quantity", values::described_quantity);
            let unit_price = fields.required("unit_price", values::described_amount);
            let line_amount = fields.required("line_amount", values::described_amount);
            Some(Self {
                sku,
                category_code,
                name: name.filter(said)?,
                quantity: quantity?,
                unit_price: unit_price?,
                line_amount: line_amount?,
            })
        });
        line.ok()
    }
}

/// A redemption: bonuses pay a part of a sale, and it earns no cashback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "client_phone": "+992901234567",
        "amount": 50,
        "total_amount": 200,
        "external_sale_id": "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"
    }))
)]
pub struct RedeemRequest {
    /// The client.
    pub client_phone: ClientIdentifier,
    /// The bonuses to redeem.
    pub amount: Amount,
    /// The whole total of the sale.
    pub total_amount: Amount,
    /// The till's own id of the sale. A second redemption with the same id is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub external_sale_id: Option<String>,
}

impl RedeemRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let client_phone = fields.required("client_phone", values::identifier);
            let amount = fields.required("amount", values::positive_amount);
            let total_amount = fields.required("total_amount", values::amount);
            let external_sale_id = fields.external_id("external_sale_id", MAX_CODE);
            if amount > total_amount && total_amount.is_some() {
                fields.refuse("amount", FieldError::AboveTotal);
            }
            Some(Self {
                client_phone: client_phone?,
                amount: amount?,
                total_amount: total_amount?,
                external_sale_id,
            })
        })
    }

    /// Returns the sums of the sale.
    pub fn sums(&self) -> CheckSums {
        CheckSums {
            mode: domain::sales::RedeemMode::PaymentType,
            total: self.total_amount.0,
            gross: None,
            redeem: self.amount.0,
        }
    }
}
