//! One document of every kind, with the server's record of it.

use cashier_api::answers::{Accrual, ReceiptData, ReturnData, SaleData};
use cashier_api::{Amount, ErrorCode, Moment};
use domain::Money;
use till::outgoing::{Document, Outgoing, Recorded};

use crate::strategies::{NOW, NOW_MS};

pub(crate) const ID: &str = "a1b2c3d4-e5f6-4711-8899-aabbccddeeff";
pub(crate) const PHONE: &str = "+992901234567";

pub(crate) fn outgoing(document: Document) -> Outgoing {
    Outgoing {
        external_id: ID.to_owned(),
        made_at_ms: NOW_MS + 999,
        guess: None,
        document,
        client_name: None,
        instead_of: None,
    }
}

pub(crate) fn sale(total: Money, redeem: Money) -> Outgoing {
    let client = PHONE.to_owned();
    outgoing(Document::Sale {
        client,
        total,
        redeem,
    })
}

pub(crate) fn some_sale() -> Outgoing {
    sale(Money::from_somoni(200), Money::from_somoni(50))
}

pub(crate) fn receipt(total: Money) -> Outgoing {
    outgoing(Document::Receipt { total })
}

pub(crate) fn some_return() -> Outgoing {
    outgoing(Document::Return {
        client: PHONE.to_owned(),
        return_of: "the-sale".to_owned(),
        amount: Money::from_dirams(95_050),
        shortage_settled: true,
    })
}

pub(crate) fn sale_data() -> SaleData {
    SaleData {
        id: 1_001,
        total_amount: Amount(Money::from_somoni(200)),
        bonus_accrued: Amount(Money::from_dirams(750)),
        bonus_redeemed: Amount(Money::from_somoni(50)),
        new_balance: Amount(Money::from_dirams(10_750)),
        sale_date: Moment(NOW),
        accruals: vec![Accrual {
            kind: "purchase".to_owned(),
            amount: Amount(Money::from_dirams(750)),
            available_at: Moment(NOW.plus_days(1)),
        }],
        lines_skipped: None,
    }
}

pub(crate) fn receipt_data() -> ReceiptData {
    ReceiptData {
        id: 77,
        total_amount: Amount(Money::from_somoni(150)),
        receipt_date: Moment(NOW),
    }
}

pub(crate) fn return_data() -> ReturnData {
    ReturnData {
        id: 12,
        return_amount: Amount(Money::from_dirams(95_050)),
        cash_refund_amount: Amount(Money::from_somoni(900)),
        bonus_revoked: Amount(Money::from_somoni(50)),
        bonus_restored: Amount::default(),
        bonus_shortage: Amount::default(),
        bonus_shortage_settled: Amount::default(),
        new_balance: Amount(Money::from_somoni(-5)),
    }
}

/// Returns every kind of document, with the server's record of it and the code of a duplicate.
pub(crate) fn every_document() -> Vec<(Outgoing, Recorded, ErrorCode)> {
    vec![
        (
            some_sale(),
            Recorded::Sale(sale_data()),
            ErrorCode::DuplicateSale,
        ),
        (
            receipt(Money::from_somoni(150)),
            Recorded::Receipt(receipt_data()),
            ErrorCode::DuplicateReceipt,
        ),
        (
            some_return(),
            Recorded::Return(return_data()),
            ErrorCode::DuplicateReturn,
        ),
    ]
}
