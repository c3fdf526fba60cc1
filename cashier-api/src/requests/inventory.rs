//! `POST /integration/inventory/sync`.

use std::collections::BTreeSet;

use domain::{FieldError, FieldErrors};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{MAX_CODE, MAX_GOODS_NAME};
use crate::answers::SkippedItem;
use crate::fields::{RequestError, read_members, read_object};
use crate::messages;
use crate::scalars::Quantity;
use crate::values;

/// The most items in one call (contract, "inventory/sync").
const MAX_ITEMS: usize = 20_000;

/// The stock from the store's back office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "items": [
            { "sku": "SKU-001", "name": "Товар", "category_code": "DAIRY", "quantity": 12 }
        ],
        "deactivate_missing": true
    }))
)]
pub struct SyncRequest {
    /// At most 20,000 items, each article at most once.
    #[cfg_attr(feature = "openapi", schema(max_items = 20_000))]
    pub items: Vec<Item>,
    /// A flag: articles that this list does not name are deactivated.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub deactivate_missing: bool,
    /// Items of the list that cannot be used.
    #[serde(skip)]
    pub skipped: Vec<SkippedItem>,
}

/// An item in stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// The article number.
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub sku: String,
    /// The name of the goods; at most 500 characters of it are kept.
    pub name: String,
    /// The category of goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub category_code: Option<String>,
    /// The quantity in stock: zero if sold out, negative if more was sold than there was.
    pub quantity: Quantity,
}

impl SyncRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming every wrong field.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let mut seen = BTreeSet::new();
            let (mut items, mut skipped) = (Vec::new(), Vec::new());
            let sent = fields.required_list("items", MAX_ITEMS);
            for (index, raw) in sent.iter().enumerate() {
                match Item::read(raw) {
                    Ok(item) if !seen.insert(item.sku.clone()) => {
                        fields.refuse(&format!("items[{index}].sku"), FieldError::Repeated);
                    }
                    Ok(item) => items.push(item),
                    Err(wrong) => skipped.push(skipped_item(index, raw, &wrong)),
                }
            }
            let deactivate_missing = fields.optional("deactivate_missing", values::boolean);
            let deactivate_missing = deactivate_missing.unwrap_or_default();
            if deactivate_missing && items.is_empty() && !fields.is_wrong("items") {
                fields.refuse("items", FieldError::KeepsNothing);
            }
            Some(Self {
                items,
                deactivate_missing,
                skipped,
            })
        })
    }
}

impl Item {
    fn read(raw: &RawValue) -> Result<Self, FieldErrors> {
        read_members(raw.get(), |fields| {
            let sku = fields.required_text("sku", MAX_CODE);
            let name = fields.required("name", |raw| values::cut_text(raw, MAX_GOODS_NAME));
            let category_code = fields.optional_text("category_code", MAX_CODE);
            let quantity = fields.required("quantity", values::described_quantity);
            if name.as_ref().is_some_and(String::is_empty) {
                fields.refuse("name", FieldError::Required);
            }
            Some(Self {
                sku: sku?,
                name: name?,
                category_code,
                quantity: quantity?,
            })
        })
    }
}

/// Makes the entry of an item that cannot be used, with its article if that can be read.
fn skipped_item(index: usize, raw: &RawValue, wrong: &FieldErrors) -> SkippedItem {
    let sku = read_members(raw.get(), |fields| fields.required_text("sku", MAX_CODE));
    SkippedItem {
        index,
        sku: sku.ok(),
        reason: messages::wrong_item(wrong),
    }
}
