//! Conversion of the backend's records into the answers for tills.

use backend::clients::ClientView;
use backend::inventory::Synced;
use backend::receipts::ReceiptRecord;
use backend::returns::{Calculation, ReturnRecord, VoidRecord};
use backend::sales::{PastSales, SaleRecord};
use cashier_api::answers::{
    Accrual, ClientData, Loyalty, PastSale, PastSalesData, ReceiptData, RedeemData,
    ReturnCalculation, ReturnData, SaleData, SkippedItem, SyncData, Tier, VoidSaleData,
};
use cashier_api::{Amount, Moment};
use domain::{Money, Programme};

/// Returns a client with the terms of the store's programme. With the amount of a sale in progress,
/// the answer says how many bonuses can be redeemed for it.
pub(crate) fn client(
    client: &ClientView,
    programme: &Programme,
    check_amount: Option<Money>,
) -> ClientData {
    let terms = programme.terms(client.total_spent);
    let figures = &client.figures;
    ClientData {
        id: client.id,
        phone: client.phone.to_string(),
        full_name: client.full_name.clone(),
        card_number: client.card_number.to_string(),
        ean13: client.card_number.ean13().to_string(),
        bonus_balance: Amount(figures.bonus_balance),
        redeemable_balance: Amount(figures.redeemable),
        held_balance: Amount(figures.held),
        welcome_bonus_balance: Amount(figures.welcome),
        total_spent: Amount(client.total_spent),
        tier: terms.tier.map(Tier::from),
        is_blocked: client.is_blocked,
        loyalty: Loyalty::new(&terms, figures, check_amount),
    }
}

pub(crate) fn sale(sale: &SaleRecord) -> SaleData {
    let accruals = sale.accruals.iter().map(|accrual| Accrual {
        kind: accrual.kind.as_str().to_owned(),
        amount: Amount(accrual.amount),
        available_at: Moment(accrual.available_at),
    });
    SaleData {
        id: sale.id,
        total_amount: Amount(sale.total_amount),
        bonus_accrued: Amount(sale.bonus_accrued),
        bonus_redeemed: Amount(sale.bonus_redeemed),
        new_balance: Amount(sale.new_balance),
        sale_date: Moment(sale.sale_date),
        accruals: accruals.collect(),
        lines_skipped: None,
    }
}

pub(crate) fn past_sales(past: PastSales) -> PastSalesData {
    let sales = past.sales.into_iter().map(|sale| PastSale {
        id: sale.id,
        external_sale_id: sale.external_sale_id,
        sale_date: Moment(sale.sale_date),
        total_amount: Amount(sale.total_amount),
        gross_amount: Amount(sale.gross_amount),
        bonus_redeemed: Amount(sale.bonus_redeemed),
        bonus_accrued: Amount(sale.bonus_accrued),
        returned_amount: Amount(sale.returned_amount),
        cashier_name: sale.till_name,
        branch: sale.branch_name,
    });
    PastSalesData {
        phone: past.phone.to_string(),
        full_name: past.full_name,
        sales: sales.collect(),
        has_more: past.has_more,
    }
}

pub(crate) fn redemption(sale: &SaleRecord) -> RedeemData {
    RedeemData {
        id: sale.id,
        bonus_redeemed: Amount(sale.bonus_redeemed),
        new_balance: Amount(sale.new_balance),
    }
}

pub(crate) fn calculation(calculation: &Calculation) -> ReturnCalculation {
    let plan = calculation.plan.as_ref();
    ReturnCalculation {
        cash_refund_amount: plan.map(|plan| Amount(plan.cash_refund)),
        bonus_restored: plan.map(|plan| Amount(plan.restored)),
        bonus_shortage_settled: plan.map(|plan| Amount(plan.settled)),
        ..calculation.balance.into()
    }
}

pub(crate) fn returned(goods: &ReturnRecord) -> ReturnData {
    ReturnData {
        id: goods.id,
        return_amount: Amount(goods.return_amount),
        cash_refund_amount: Amount(goods.cash_refund_amount),
        bonus_revoked: Amount(goods.bonus_revoked),
        bonus_restored: Amount(goods.bonus_restored),
        bonus_shortage: Amount(goods.bonus_shortage),
        bonus_shortage_settled: Amount(goods.bonus_shortage_settled),
        new_balance: Amount(goods.new_balance),
    }
}

pub(crate) fn voided_sale(sale: &VoidRecord) -> VoidSaleData {
    VoidSaleData {
        id: sale.id,
        bonus_revoked: Amount(sale.bonus_revoked),
        bonus_restored: Amount(sale.bonus_restored),
        new_balance: Amount(sale.new_balance),
    }
}

pub(crate) fn receipt(receipt: &ReceiptRecord) -> ReceiptData {
    ReceiptData {
        id: receipt.id,
        total_amount: Amount(receipt.total_amount),
        receipt_date: Moment(receipt.receipt_date),
    }
}

pub(crate) fn synced(synced: &Synced, skipped: &[SkippedItem]) -> SyncData {
    SyncData {
        received: synced.received + i64::try_from(skipped.len()).unwrap_or(i64::MAX),
        created: synced.created,
        updated: synced.updated,
        deactivated: synced.deactivated,
        skipped: skipped.to_vec(),
    }
}
