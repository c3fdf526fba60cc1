//! The failures of a request that are not refusals by the programme's rules.

use domain::Refusal;

/// A failure that is not a refusal by the rules; for those see [`Refusal::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// `X-Tenant-Token` is missing or unknown.
    BadTenantToken,
    /// `X-Cashier-Token` is missing, unknown or another store's.
    BadCashierToken,
    /// The till is disabled.
    CashierDisabled,
    /// The store is suspended.
    StoreSuspended,
    /// `X-Device-Id` is missing or malformed.
    DeviceIdRequired,
    /// The till is bound to another device.
    DeviceMismatch,
    /// There is no such pairing code, or it has ended.
    BadPairingCode,
    /// Another device has used the pairing code.
    PairingCodeUsed,
    /// The body is not JSON.
    MalformedJson,
    /// The body is larger than the route allows.
    BodyTooLarge,
    /// There is no such path.
    NotFound,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The till or the address has sent too many requests in this minute.
    TooManyRequests,
    /// A document with this `external_sale_id` is recorded already.
    DuplicateSale,
    /// A return with this `external_return_id` is recorded already.
    DuplicateReturn,
    /// A receipt with this `external_receipt_id` is recorded already.
    DuplicateReceipt,
    /// Another document was recorded under this external id.
    ExternalIdConflict,
    /// The receipt is voided already.
    ReceiptVoided,
    /// The sale is voided already.
    SaleVoided,
    /// The `Idempotency-Key` was sent before with another request.
    IdempotencyKeyReused,
    /// The server could not answer in time.
    Timeout,
    /// The disk of the database is full, or fails.
    StorageFull,
    /// The database is unavailable: it is stopped, is starting, or accepts no writes.
    Unavailable,
    /// The server failed. Its log has the reason.
    Internal,
}

impl ErrorCode {
    /// Every code.
    pub const ALL: [Self; 24] = [
        Self::BadTenantToken,
        Self::BadCashierToken,
        Self::CashierDisabled,
        Self::StoreSuspended,
        Self::DeviceIdRequired,
        Self::DeviceMismatch,
        Self::BadPairingCode,
        Self::PairingCodeUsed,
        Self::MalformedJson,
        Self::BodyTooLarge,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::TooManyRequests,
        Self::DuplicateSale,
        Self::DuplicateReturn,
        Self::DuplicateReceipt,
        Self::ExternalIdConflict,
        Self::ReceiptVoided,
        Self::SaleVoided,
        Self::IdempotencyKeyReused,
        Self::Timeout,
        Self::StorageFull,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Returns whether this failure stops the till until a person acts: enters other tokens,
    /// enables the till, or resets its device.
    pub const fn stops_till(self) -> bool {
        matches!(
            self,
            Self::BadTenantToken
                | Self::BadCashierToken
                | Self::CashierDisabled
                | Self::StoreSuspended
                | Self::DeviceIdRequired
                | Self::DeviceMismatch
        )
    }

    /// Returns the `code` of the answer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadTenantToken => "bad_tenant_token",
            Self::BadCashierToken => "bad_cashier_token",
            Self::CashierDisabled => "cashier_disabled",
            Self::StoreSuspended => "store_suspended",
            Self::DeviceIdRequired => "device_id_required",
            Self::DeviceMismatch => "device_mismatch",
            Self::BadPairingCode => "bad_pairing_code",
            Self::PairingCodeUsed => "pairing_code_used",
            Self::MalformedJson => "malformed_json",
            Self::BodyTooLarge => "body_too_large",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooManyRequests => "too_many_requests",
            Self::DuplicateSale => "duplicate_sale",
            Self::DuplicateReturn => "duplicate_return",
            Self::DuplicateReceipt => "duplicate_receipt",
            Self::ExternalIdConflict => "external_id_conflict",
            Self::ReceiptVoided => "receipt_voided",
            Self::SaleVoided => "sale_voided",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::Timeout => "timeout",
            Self::StorageFull => "storage_full",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// Finds the failure by the `code` of an answer.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == code)
    }

    /// Returns the HTTP status of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::DeviceIdRequired | Self::MalformedJson => 400,
            Self::BadTenantToken | Self::BadCashierToken | Self::BadPairingCode => 401,
            Self::CashierDisabled
            | Self::StoreSuspended
            | Self::DeviceMismatch
            | Self::PairingCodeUsed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::BodyTooLarge => 413,
            Self::DuplicateSale
            | Self::DuplicateReturn
            | Self::DuplicateReceipt
            | Self::ExternalIdConflict
            | Self::ReceiptVoided
            | Self::SaleVoided
            | Self::IdempotencyKeyReused => 422,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Timeout | Self::StorageFull | Self::Unavailable => 503,
        }
    }
}

/// Returns the HTTP status of a refusal by the rules.
pub const fn refusal_status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::ClientNotFound | Refusal::SaleNotFound | Refusal::ReceiptNotFound => 404,
        Refusal::ClientBlocked => 403,
        Refusal::Invalid(_)
        | Refusal::BelowMinPurchase { .. }
        | Refusal::InsufficientBonuses { .. }
        | Refusal::BonusesOnHold { .. }
        | Refusal::OverRedeemLimit { .. }
        | Refusal::WelcomeBelowMinimum { .. }
        | Refusal::PhoneChanged { .. }
        | Refusal::CashierNodeMismatch
        | Refusal::SaleHasReturns
        | Refusal::SaleTooOld
        | Refusal::ReceiptTooOld
        | Refusal::OverReturn { .. }
        | Refusal::OverRefund { .. }
        | Refusal::OverRestore { .. }
        | Refusal::OverRevoke { .. }
        | Refusal::ReturnShortage(_) => 422,
    }
}
