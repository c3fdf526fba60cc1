//! The reasons to refuse a caller before its request is read.

use crate::Error;
use crate::till_number::TillNumber;

/// A reason to refuse a store or a till (contract, "Who is calling").
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// There is no such store.
    #[error("no such tenant token")]
    BadTenantToken,
    /// There is no such till in this store.
    #[error("no such cashier token in this store")]
    BadCashierToken,
    /// The store is suspended.
    #[error("the store is suspended")]
    StoreSuspended,
    /// The store has disabled the till.
    #[error("the till is switched off")]
    CashierDisabled(TillNumber),
    /// The device id is missing or malformed.
    #[error("no device id, or a malformed one")]
    DeviceIdRequired(TillNumber),
    /// The till is bound to another device.
    #[error("the till is bound to another device")]
    DeviceMismatch(TillNumber),
    /// There is no such session of a client.
    #[error("no such client token")]
    BadClientToken,
    /// The database failed, so that the caller is unknown.
    #[error(transparent)]
    Backend(#[from] Error),
}

impl AuthError {
    /// Returns the till whose tokens were right.
    pub const fn till(&self) -> Option<TillNumber> {
        match self {
            Self::CashierDisabled(till)
            | Self::DeviceIdRequired(till)
            | Self::DeviceMismatch(till) => Some(*till),
            Self::BadTenantToken
            | Self::BadCashierToken
            | Self::StoreSuspended
            | Self::BadClientToken
            | Self::Backend(_) => None,
        }
    }
}
