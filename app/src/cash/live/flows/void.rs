//! Takes back a check without a client that was recorded by mistake.

use cashier_api::ErrorCode;
use cashier_api::requests::VoidReceiptRequest;
use till::journal::Record;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::flows::outbox;
use crate::cash::live::model::session::shut;
use crate::cash::live::model::till::Till;

/// Has the server void it, and notes it in the history. Asked twice, it is done once.
pub async fn void(till: Till, mut record: Record) -> Result<(), String> {
    let no_answer = || till.texts.client.no_answer.to_owned();
    let Some(tokens) = till.tokens() else {
        return Ok(());
    };
    if !is_reached(till).await {
        return Err(no_answer());
    }
    let request = VoidReceiptRequest {
        external_receipt_id: record.external_id.clone(),
    };
    let answer = api::void_receipt(&tokens, &request).await;
    till.heard(!matches!(answer, Err(Fault::NoAnswer)));
    match answer {
        Ok(()) => {
            record.voided = true;
            outbox::keep_record(till, &record).await;
            Ok(())
        }
        Err(Fault::Refused { code, .. }) if ErrorCode::stops_till(&code) => {
            shut(till.gate, &tokens, code);
            Ok(())
        }
        Err(Fault::Refused { code, message }) => Err(till.texts.refusal(&code, message)),
        Err(Fault::NoAnswer) => Err(no_answer()),
    }
}
