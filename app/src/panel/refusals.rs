//! The requests of tills and their outcomes in words.

use super::texts::Texts;

/// The meaning of a refusal.
#[derive(Clone, Copy)]
pub(super) struct Refusal {
    pub(super) words: &'static str,
    /// The next step of a person; `None` if there is nothing to do.
    pub(super) advice: Option<&'static str>,
}

/// Returns the meaning of an error code of the Cashier API. An unknown code has no words.
pub(super) fn refusal(texts: &'static Texts, code: &str) -> Option<Refusal> {
    let t = &texts.refusals;
    let (words, advice) = match code {
        "client_not_found" => (t.client_not_found, Some(t.client_not_found_advice)),
        "device_mismatch" => (t.device_mismatch, Some(t.device_mismatch_advice)),
        "device_id_required" => (t.device_id_required, Some(t.device_id_required_advice)),
        "bad_tenant_token" | "bad_cashier_token" => (t.bad_key, Some(t.bad_key_advice)),
        "cashier_disabled" => (t.cashier_disabled, Some(t.cashier_disabled_advice)),
        "store_suspended" => (t.store_suspended, Some(t.store_suspended_advice)),
        "too_many_requests" => (t.too_many_requests, Some(t.too_many_requests_advice)),
        "duplicate_sale" | "duplicate_return" | "duplicate_receipt" => (t.duplicate, None),
        "external_id_conflict" => (t.id_conflict, Some(t.id_conflict_advice)),
        "idempotency_key_reused" => (t.key_reused, Some(t.id_conflict_advice)),
        "receipt_voided" => (t.receipt_voided, None),
        "sale_voided" => (t.sale_voided, None),
        "sale_has_returns" => (t.sale_has_returns, None),
        "malformed_json" | "invalid_fields" | "body_too_large" => {
            (t.malformed, Some(t.malformed_advice))
        }
        "not_found" | "method_not_allowed" => (t.no_such_address, Some(t.malformed_advice)),
        "client_blocked" => (t.client_blocked, Some(t.client_blocked_advice)),
        "below_min_purchase" => (t.below_min_purchase, None),
        "insufficient_bonuses" => (t.insufficient_bonuses, None),
        "bonuses_on_hold" => (t.bonuses_on_hold, None),
        "over_redeem_limit" => (t.over_redeem_limit, None),
        "welcome_below_minimum" => (t.welcome_below_minimum, None),
        "cashier_node_mismatch" => (t.other_till, Some(t.other_till_advice)),
        "sale_not_found" | "receipt_not_found" => (t.sale_not_found, None),
        "receipt_too_old" => (t.receipt_too_old, None),
        "sale_too_old" => (t.sale_too_old, None),
        "over_return" | "over_refund" | "over_restore" | "over_revoke" => (t.over_return, None),
        "timeout" | "unavailable" | "storage_full" | "internal" => {
            (t.server, Some(t.server_advice))
        }
        _ => return None,
    };
    Some(Refusal { words, advice })
}

/// Returns the name of a request; `None` for an unknown path.
pub(super) fn operation(texts: &'static Texts, method: &str, path: &str) -> Option<&'static str> {
    let t = &texts.refusals;
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let words = match (method, path) {
        ("POST", "/cashier/sale") => t.sale,
        ("POST", "/cashier/redeem") => t.redeem,
        ("POST", "/cashier/return") => t.goods_return,
        ("POST", "/cashier/return/calculate") => t.calculate_return,
        ("POST", "/cashier/receipt") => t.receipt,
        ("POST", "/cashier/receipt/void") => t.void_receipt,
        ("POST", "/cashier/sale/void") => t.void_sale,
        ("POST", "/cashier/client/register") => t.register,
        ("POST", "/cashier/pair") => t.pair,
        ("GET", "/cashier/session") => t.session,
        ("GET", path) if path.starts_with("/cashier/client") && path.ends_with("/sales") => {
            t.client_sales
        }
        ("GET", path) if path.starts_with("/cashier/client") => t.client,
        _ => return None,
    };
    Some(words)
}
