//! What tills get, inside a [`Success`](crate::Success).

mod client;
mod documents;
mod session;

pub use client::{ClientData, Loyalty, Tier};
pub use documents::{
    Accrual, ReceiptData, RedeemData, ReturnCalculation, ReturnData, ReturnStatus, SaleData,
    SyncData,
};
pub use session::{ProgrammeData, ProgrammeTier, SessionData};
