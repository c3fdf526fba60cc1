//! What tills get, inside a [`Success`](crate::Success).

mod client;
mod documents;
mod past_sales;
mod session;

pub use client::{ClientData, Loyalty, Tier};
pub use documents::{
    Accrual, ReceiptData, RedeemData, ReturnCalculation, ReturnData, ReturnStatus, SaleData,
    SkippedItem, SyncData,
};
pub use past_sales::{PastSale, PastSalesData};
pub use session::{ProgrammeData, ProgrammeTier, SessionData};
