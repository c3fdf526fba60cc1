//! The failures of each operation.

use std::collections::BTreeMap;

use axum::http::Method;
use cashier_api::{ErrorCode, Failure, refusal_status};
use domain::{FieldError, Money, Refusal, ReturnBalance, Timestamp};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Ref, RefOr, Response, ResponseBuilder};

/// The operation that makes a device a till; its caller has no tokens and no keys yet.
pub(super) const PAIR: &str = "pair_device";

/// Adds every failure that an operation can answer with, each with an example.
pub(super) fn add(operation: &mut Operation, method: &Method) {
    let mut by_status: BTreeMap<u16, Vec<Failure>> = BTreeMap::new();
    let name = operation.operation_id.as_deref().unwrap_or_default();
    for code in common_codes(name, method) {
        by_status
            .entry(code.status())
            .or_default()
            .push(Failure::new(code));
    }
    for refusal in refusals(name) {
        let status = refusal_status(&refusal);
        by_status.entry(status).or_default().push((&refusal).into());
    }
    for (status, failures) in by_status {
        let response = RefOr::T(failure_response(&failures));
        operation
            .responses
            .responses
            .insert(status.to_string(), response);
    }
}

/// Returns the codes of an operation's failures that do not come from the business rules.
fn common_codes(operation: &str, method: &Method) -> Vec<ErrorCode> {
    if operation == PAIR {
        return vec![
            ErrorCode::BadPairingCode,
            ErrorCode::PairingCodeUsed,
            ErrorCode::StoreSuspended,
            ErrorCode::CashierDisabled,
            ErrorCode::DeviceIdRequired,
            ErrorCode::TooManyRequests,
            ErrorCode::MalformedJson,
            ErrorCode::BodyTooLarge,
            ErrorCode::Internal,
            ErrorCode::Timeout,
            ErrorCode::StorageFull,
            ErrorCode::Unavailable,
        ];
    }
    let mut codes = vec![
        ErrorCode::BadTenantToken,
        ErrorCode::StoreSuspended,
        ErrorCode::TooManyRequests,
        ErrorCode::Internal,
        ErrorCode::Timeout,
        ErrorCode::StorageFull,
        ErrorCode::Unavailable,
    ];
    if operation != "sync_inventory" {
        codes.extend([
            ErrorCode::BadCashierToken,
            ErrorCode::CashierDisabled,
            ErrorCode::DeviceIdRequired,
            ErrorCode::DeviceMismatch,
        ]);
    }
    if method == Method::POST {
        codes.extend([
            ErrorCode::MalformedJson,
            ErrorCode::BodyTooLarge,
            ErrorCode::IdempotencyKeyReused,
        ]);
    }
    codes.extend(match operation {
        "record_sale" | "redeem_bonuses" => {
            vec![
                ErrorCode::DuplicateSale,
                ErrorCode::ExternalIdConflict,
                ErrorCode::SaleVoided,
            ]
        }
        "calculate_return" => vec![ErrorCode::SaleVoided],
        "return_goods" => vec![
            ErrorCode::DuplicateReturn,
            ErrorCode::ExternalIdConflict,
            ErrorCode::SaleVoided,
        ],
        "record_receipt" => vec![ErrorCode::DuplicateReceipt, ErrorCode::ExternalIdConflict],
        "void_receipt" => vec![ErrorCode::ReceiptVoided],
        "void_sale" => vec![ErrorCode::SaleVoided, ErrorCode::ExternalIdConflict],
        _ => Vec::new(),
    });
    codes
}

/// Returns an example of each refusal by the business rules that an operation can answer with.
fn refusals(operation: &str) -> Vec<Refusal> {
    let invalid = Refusal::field("total_amount", FieldError::Required);
    let (maximum, minimum) = (Money::from_somoni(60), Money::from_somoni(10));
    let limits = [
        Refusal::BelowMinPurchase { minimum },
        Refusal::InsufficientBonuses {
            max_redeem: maximum,
        },
        Refusal::BonusesOnHold {
            max_redeem: maximum,
        },
        Refusal::OverRedeemLimit {
            max_redeem: maximum,
        },
        Refusal::WelcomeBelowMinimum {
            max_redeem: maximum,
            minimum,
        },
        Refusal::PhoneChanged {
            until: Timestamp::from_micros(1_780_669_800_000_000),
        },
    ];
    let client = [Refusal::ClientNotFound, Refusal::ClientBlocked];
    let mut refusals = match operation {
        "show_session" => return Vec::new(),
        PAIR => return vec![Refusal::field("code", FieldError::Required)],
        "look_up_client" => {
            return [
                client.to_vec(),
                vec![Refusal::field("check_amount", FieldError::NotANumber)],
            ]
            .concat();
        }
        "list_past_sales" => {
            return vec![
                Refusal::ClientNotFound,
                Refusal::field("identifier", FieldError::NotAnIdentifier),
            ];
        }
        "register_client" => vec![Refusal::ClientBlocked],
        "record_sale" => [&client[..], &limits, &[Refusal::CashierNodeMismatch]].concat(),
        "redeem_bonuses" => [&client[..], &limits].concat(),
        "calculate_return" => vec![
            Refusal::ClientNotFound,
            Refusal::SaleNotFound,
            Refusal::OverReturn { left: maximum },
            Refusal::OverRevoke { limit: maximum },
        ],
        "return_goods" => vec![
            Refusal::ClientNotFound,
            Refusal::SaleNotFound,
            Refusal::OverReturn { left: maximum },
            Refusal::OverRefund { limit: maximum },
            Refusal::OverRestore { limit: maximum },
            Refusal::OverRevoke { limit: maximum },
            Refusal::ReturnShortage(ReturnBalance {
                available: Money::ZERO,
                to_revoke: Money::from_somoni(50),
                cash_due: None,
            }),
        ],
        "void_sale" => vec![
            Refusal::ClientNotFound,
            Refusal::SaleHasReturns,
            Refusal::SaleTooOld,
            Refusal::field("external_sale_id", FieldError::Required),
        ],
        "record_receipt" => vec![Refusal::CashierNodeMismatch],
        "void_receipt" => vec![
            Refusal::ReceiptNotFound,
            Refusal::ReceiptTooOld,
            Refusal::field("external_receipt_id", FieldError::Required),
        ],
        _ => Vec::new(),
    };
    refusals.push(invalid);
    refusals
}

fn failure_response(failures: &[Failure]) -> Response {
    let codes: Vec<_> = failures
        .iter()
        .map(|failure| failure.code.as_str())
        .collect();
    let examples = failures.iter().map(|failure| {
        let example = ExampleBuilder::new()
            .summary(failure.error.as_str())
            .value(serde_json::to_value(failure).ok());
        (failure.code.clone(), example)
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Failure::name())))
        .examples_from_iter(examples);
    ResponseBuilder::new()
        .description(codes.join(", "))
        .content("application/json", content.build())
        .build()
}
