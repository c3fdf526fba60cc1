//! The answers to tills, each inside a [`Success`](crate::Success).

mod clients;
mod documents;
mod past_sales;
mod tills;

pub use clients::{ClientData, Loyalty, Tier};
pub use documents::{
    Accrual, ReceiptData, RedeemData, ReturnCalculation, ReturnData, ReturnStatus, SaleData,
    SkippedItem, SyncData, VoidSaleData,
};
pub use past_sales::{PastSale, PastSalesData};
pub use tills::{PairData, ProgrammeData, ProgrammeTier, SessionData};
