//! Takes back a receipt that was recorded by mistake.

use cashier_api::requests::VoidReceiptRequest;
use cashier_api::{ErrorCode, Reason};
use till::journal::Record;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::flows::outbox;
use crate::cash::live::model::till::Till;

/// Asks the server to void the receipt, and marks it in the history. A repeated request changes
/// nothing.
pub async fn void(till: Till, mut record: Record) -> Result<(), String> {
    let no_answer = || till.texts.client.no_answer.to_owned();
    if !is_reached(till).await {
        return Err(no_answer());
    }
    let request = VoidReceiptRequest {
        external_receipt_id: record.external_id.clone(),
    };
    let Some(answer) = till.ask(api::void_receipt(&request)).await else {
        return Ok(());
    };
    match answer {
        Err(Fault::NoAnswer) => return Err(no_answer()),
        // An earlier request may have succeeded while its answer was lost.
        Ok(_) | Err(Fault::Refused(Some(Reason::Failed(ErrorCode::ReceiptVoided)))) => {}
        Err(Fault::Refused(reason)) => return Err(till.texts.refusal(reason.as_ref())),
    }
    record.voided = true;
    outbox::keep_record(till, &record).await;
    Ok(())
}
