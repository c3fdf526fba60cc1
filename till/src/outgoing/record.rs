//! The entry of the history that a document becomes.

use domain::Money;

use super::{Document, Outgoing, Recorded};
use crate::journal::{Kind, Record};

/// Makes the entry of the history for a document. `recorded` adds the server's figures; `problem`
/// is the reason of a refusal.
pub fn record_of(
    outgoing: &Outgoing,
    recorded: Option<&Recorded>,
    problem: Option<String>,
) -> Record {
    let mut record = Record {
        external_id: outgoing.external_id.clone(),
        kind: Kind::Receipt,
        at_ms: outgoing.made_at_ms,
        number: None,
        phone: None,
        name: outgoing.client_name.clone(),
        total_dirams: 0,
        redeemed_dirams: 0,
        accrued_dirams: 0,
        balance_dirams: None,
        cash_dirams: 0,
        settled_dirams: 0,
        return_of: None,
        instead_of: outgoing.instead_of.clone(),
        problem,
        seen: false,
        voided: false,
    };
    match &outgoing.document {
        Document::Sale {
            client,
            total,
            redeem,
        } => {
            record.kind = Kind::Sale;
            record.phone = Some(client.clone());
            record.total_dirams = total.dirams();
            record.redeemed_dirams = redeem.dirams();
        }
        Document::Receipt { total } => record.total_dirams = total.dirams(),
        Document::Return {
            client,
            return_of,
            amount,
            ..
        } => {
            record.kind = Kind::Return;
            record.phone = Some(client.clone());
            record.total_dirams = amount.dirams();
            record.return_of = Some(return_of.clone());
        }
    }
    match recorded {
        Some(Recorded::Sale(data)) => {
            let accrued: Money = data.accruals.iter().map(|accrual| accrual.amount.0).sum();
            record.number = Some(data.id);
            record.redeemed_dirams = data.bonus_redeemed.0.dirams();
            record.accrued_dirams = accrued.dirams();
            record.balance_dirams = Some(data.new_balance.0.dirams());
        }
        Some(Recorded::Receipt(data)) => record.number = Some(data.id),
        Some(Recorded::Return(data)) => {
            record.number = Some(data.id);
            record.total_dirams = data.return_amount.0.dirams();
            record.cash_dirams = data.cash_refund_amount.0.dirams();
            record.settled_dirams = data.bonus_shortage_settled.0.dirams();
            record.redeemed_dirams = data.bonus_restored.0.dirams();
            record.accrued_dirams = data.bonus_revoked.0.dirams();
            record.balance_dirams = Some(data.new_balance.0.dirams());
        }
        None => {}
    }
    record
}
