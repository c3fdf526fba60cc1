//! The reasons for which a caller is refused before its request is read.

use crate::Error;

/// A reason to refuse a store or a till (contract, "Who is calling").
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// No such store.
    #[error("no such tenant token")]
    BadTenantToken,
    /// No such till in this store.
    #[error("no such cashier token in this store")]
    BadCashierToken,
    /// The store is suspended.
    #[error("the store is suspended")]
    StoreSuspended,
    /// The store has switched the till off.
    #[error("the till is switched off")]
    CashierDisabled,
    /// No device id, or one of the wrong form.
    #[error("no device id, or a malformed one")]
    DeviceIdRequired,
    /// The till is bound to another device.
    #[error("the till is bound to another device")]
    DeviceMismatch {
        /// The store.
        tenant_id: i64,
        /// The till.
        till_id: i64,
    },
    /// The database failed, so that the caller is unknown.
    #[error(transparent)]
    Backend(#[from] Error),
}
