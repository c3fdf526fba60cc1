//! `POST /integration/inventory/sync`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{MAX_CODE, MAX_GOODS_NAME};
use crate::fields::{Fields, RequestError, read_object};
use crate::scalars::Quantity;
use crate::values;

/// Items of one call (contract, "inventory/sync").
const MAX_ITEMS: usize = 20_000;

/// The stock as the store's own system knows it.
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
    /// At most 20,000 items, no article twice.
    #[cfg_attr(feature = "openapi", schema(max_items = 20_000))]
    pub items: Vec<Item>,
    /// Whether what this list does not name is switched off.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub deactivate_missing: bool,
}

/// An item in stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// The article.
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub sku: String,
    /// The goods.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub name: String,
    /// The category of goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 191))]
    pub category_code: Option<String>,
    /// How many or how much is left; zero where sold out.
    pub quantity: Quantity,
}

impl SyncRequest {
    /// Reads a body.
    ///
    /// # Errors
    /// [`RequestError`] naming what is wrong.
    pub fn read(body: &[u8]) -> Result<Self, RequestError> {
        read_object(body, |fields| {
            let mut seen = BTreeSet::new();
            // Without the list, `deactivate_missing` would switch off the whole stock.
            fields.required("items", |_| Ok(()));
            let items = fields.list("items", MAX_ITEMS, |item| {
                let item = Item::read(item, &seen)?;
                seen.insert(item.sku.clone());
                Some(item)
            });
            let deactivate_missing = fields.optional("deactivate_missing", values::boolean);
            Some(Self {
                items,
                deactivate_missing: deactivate_missing.unwrap_or_default(),
            })
        })
    }
}

impl Item {
    fn read(fields: &mut Fields<'_, '_>, seen: &BTreeSet<String>) -> Option<Self> {
        let sku = fields.required_text("sku", MAX_CODE);
        let name = fields.required_text("name", MAX_GOODS_NAME);
        let category_code = fields.optional_text("category_code", MAX_CODE);
        let quantity = fields.required("quantity", values::quantity);
        if sku.as_ref().is_some_and(|sku| seen.contains(sku)) {
            fields.refuse("sku", "повторяется в этом запросе");
        }
        Some(Self {
            sku: sku?,
            name: name?,
            category_code,
            quantity: quantity?,
        })
    }
}
