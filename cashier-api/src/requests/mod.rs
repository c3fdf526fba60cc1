//! The requests of tills. Each request has a `read`, which reads a body or names every wrong field.
//! Unknown fields are ignored.

mod clients;
mod inventory;
mod pairing;
mod receipts;
mod returns;
mod sales;
mod void_sale;

pub use clients::RegisterRequest;
pub use inventory::{Item, SyncRequest};
pub use pairing::PairRequest;
pub use receipts::{ReceiptRequest, VoidReceiptRequest};
pub use returns::{CalculateReturnRequest, ReturnRequest};
pub use sales::{Line, RedeemRequest, SaleRequest};
pub use void_sale::VoidSaleRequest;

/// The longest number or code of another system, in characters.
const MAX_CODE: usize = 191;
/// The longest device id, in characters.
const MAX_DEVICE: usize = 128;
/// The longest name of a person, in characters.
const MAX_NAME: usize = 255;
/// The longest name of goods, in characters.
const MAX_GOODS_NAME: usize = 500;
