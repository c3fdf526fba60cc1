//! The rows of sales, returns and receipts.

use domain::sales::RedeemMode;
use domain::{Money, Timestamp};
use uuid::Uuid;

use super::goods;
use super::member::{Returned, Sold};
use super::sql::{LineRow, MessageRow, ReceiptRow, ReturnRow, SaleRow};
use super::visits::Visit;
use crate::Error;
use crate::external_id::ExternalKey;
use crate::notifications::Notification;
use crate::tills::AuthenticatedTill;

/// Every `n`-th till, by index, that does something in its own way.
const SENDS_LINES: usize = 5;
const SENDS_DISCOUNTS: usize = 10;
const SENDS_UUIDS: usize = 2;

/// Returns whether a till sends the lines of its checks: two of five do.
pub(super) const fn sends_lines(till: usize) -> bool {
    till % SENDS_LINES < 2
}

/// Returns how a till shows redeemed bonuses.
pub(super) const fn mode(till: usize) -> RedeemMode {
    if till.is_multiple_of(SENDS_DISCOUNTS) {
        RedeemMode::Discount
    } else {
        RedeemMode::PaymentType
    }
}

/// Returns the price of what a visitor buys.
pub(super) fn gross(visit: &Visit) -> Money {
    if sends_lines(visit.till) {
        let lines = goods::basket(visit.chance);
        lines.iter().map(goods::Line::amount).sum()
    } else {
        goods::sum(visit.chance)
    }
}

/// Returns the id that a till gives a document.
fn external_id(till: usize, number: i64, chance: u64) -> String {
    if till.is_multiple_of(SENDS_UUIDS) {
        let low = u128::from(number.unsigned_abs());
        Uuid::from_u128(u128::from(chance) << 66 | low).to_string()
    } else {
        format!("{number}")
    }
}

pub(super) fn sale_row(sold: &Sold, visit: &Visit, till: &AuthenticatedTill) -> SaleRow {
    let external_sale_id = external_id(visit.till, sold.id, visit.chance);
    let check = &sold.check;
    let method = match visit.chance % 20 {
        0..11 => "cash",
        11..18 => "card",
        _ => "qr",
    };
    // Two shifts of cashiers.
    let shift = visit.at.micros() / 28_800_000_000 % 3;
    SaleRow {
        id: sold.id,
        client_id: sold.client_id,
        cashier_node_id: till.id,
        kind: "sale",
        external_key: ExternalKey::of(till, &external_sale_id).as_str().to_owned(),
        external_sale_id,
        receipt_number: format!("{:06}", sold.id % 1_000_000),
        redeem_mode: check.mode().as_str(),
        total_dirams: check.total().dirams(),
        gross_dirams: check.gross().dirams(),
        paid_dirams: check.paid().dirams(),
        redeemed_dirams: check.redeem().dirams(),
        accrued_dirams: sold.cashback.dirams(),
        new_balance_dirams: sold.balance.dirams(),
        payment_method: method,
        cashier_id: format!("К-{:03}-{shift}", visit.till),
        sale_date: visit.at.whole_seconds().micros(),
        happened_at: visit.at.micros(),
        created_at: visit.at.micros(),
    }
}

pub(super) fn line_rows(sold: &Sold, visit: &Visit) -> Vec<LineRow> {
    if !sends_lines(visit.till) {
        return Vec::new();
    }
    let row = |(number, line): (i64, goods::Line)| LineRow {
        sale_id: sold.id,
        line_no: number,
        quantity_thousandths: line.pieces * 1_000,
        unit_price_dirams: line.price.dirams(),
        line_dirams: line.amount().dirams(),
        sku: line.sku,
        category_code: line.category,
        name: line.name,
    };
    (1..).zip(goods::basket(visit.chance)).map(row).collect()
}

pub(super) fn message_row(sold: &Sold, at: Timestamp) -> Result<MessageRow, Error> {
    let notification = Notification::Sale {
        sale_id: sold.id,
        total_dirams: sold.check.total().dirams(),
        accrued_dirams: sold.given.dirams(),
        redeemed_dirams: sold.check.redeem().dirams(),
        balance_dirams: sold.balance.dirams(),
    };
    message(&notification, sold.client_id, at)
}

pub(super) fn return_row(
    back: &Returned,
    till: &AuthenticatedTill,
    at: Timestamp,
) -> (ReturnRow, Notification) {
    let plan = &back.plan;
    let external_return_id = format!("R-{}", back.id);
    let row = ReturnRow {
        id: back.id,
        client_id: back.client_id,
        cashier_node_id: till.id,
        sale_id: back.sale_id,
        external_key: ExternalKey::of(till, &external_return_id)
            .as_str()
            .to_owned(),
        external_return_id,
        return_dirams: plan.return_amount.dirams(),
        counted_dirams: plan.counted.dirams(),
        cash_refund_dirams: plan.cash_refund.dirams(),
        revoked_dirams: plan.revocation.to_revoke.dirams(),
        restored_dirams: plan.restored.dirams(),
        shortage_dirams: plan.revocation.shortage().dirams(),
        settled_dirams: plan.settled.dirams(),
        spent_back_dirams: plan.spent_back.dirams(),
        new_balance_dirams: back.balance.dirams(),
        happened_at: at.micros(),
        created_at: at.micros(),
    };
    let notification = Notification::Return {
        return_id: back.id,
        return_dirams: row.return_dirams,
        revoked_dirams: row.revoked_dirams,
        restored_dirams: row.restored_dirams,
        balance_dirams: row.new_balance_dirams,
    };
    (row, notification)
}

pub(super) fn receipt_row(
    number: usize,
    index: usize,
    till: &AuthenticatedTill,
    chance: u64,
    at: Timestamp,
) -> ReceiptRow {
    let external_receipt_id = format!("F-{number}");
    ReceiptRow {
        cashier_node_id: till.id,
        external_key: ExternalKey::of(till, &external_receipt_id)
            .as_str()
            .to_owned(),
        external_receipt_id,
        // Those who do not join buy a little less.
        total_dirams: goods::sum(chance.wrapping_add(u64::try_from(index).unwrap_or(0))).dirams()
            * 4
            / 5,
        receipt_date: at.whole_seconds().micros(),
        happened_at: at.micros(),
        created_at: at.micros(),
    }
}

pub(super) fn message(
    notification: &Notification,
    client_id: i64,
    at: Timestamp,
) -> Result<MessageRow, Error> {
    Ok(MessageRow {
        subject: notification.subject(client_id),
        client_id,
        payload: notification.payload()?,
        created_at: at.micros(),
        sent_at: at.micros(),
    })
}
