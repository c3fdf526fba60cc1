//! What tills send. Each request has a `read`, which turns a body into it or names every wrong
//! field; unknown fields are ignored.

mod clients;
mod inventory;
mod receipts;
mod returns;
mod sales;

pub use clients::RegisterRequest;
pub use inventory::{Item, SyncRequest};
pub use receipts::{ReceiptRequest, VoidReceiptRequest};
pub use returns::{CalculateReturnRequest, ReturnRequest};
pub use sales::{Line, RedeemRequest, SaleRequest};

/// Characters in a number or code of another system.
const MAX_CODE: usize = 191;
/// Characters in a person's name.
const MAX_NAME: usize = 255;
/// Characters in the name of goods.
const MAX_GOODS_NAME: usize = 500;
