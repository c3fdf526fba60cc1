//! Documents on their way to the server: nothing accepted is lost, nothing is counted twice.
//!
//! A document gets its id and is stored before it is first sent, and keeps both until the server has
//! said what became of it. The server counts an id once, so an unknown outcome is asked again with
//! the same one.

mod record;
mod verdict;

use cashier_api::requests::{ReceiptRequest, ReturnRequest, SaleRequest};
use cashier_api::{Amount, ClientIdentifier, Mode, SentDate};
use domain::sales::RedeemMode;
use domain::{FieldError, Identifier, Money, Refusal};
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, Guess};
use crate::dirams;
use crate::format::moment;

pub use record::record_of;
pub use verdict::{Answer, Recorded, Refused, Verdict, judge};

/// From here on the server is told when a document was made: it would take the moment it comes for it.
const LATE_MS: i64 = 60_000;

/// A document that the server has not confirmed yet. Stored on the device as it stands here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outgoing {
    /// The till's own name of the document, a UUID, the same in every attempt.
    pub external_id: String,
    /// When the cashier closed it, in milliseconds since 1970.
    pub made_at_ms: i64,
    /// What that moment was taken from, where the server's clock was not known yet.
    #[serde(default)]
    pub guess: Option<Guess>,
    /// What is to be recorded.
    pub document: Document,
    /// Shown in the queue; the server is not told.
    pub client_name: Option<String>,
    /// The external id of a check that was refused, where this one is taken instead; the server is not told.
    #[serde(default)]
    pub instead_of: Option<String>,
}

/// What is to be recorded. A client is named by a phone, card or barcode, amounts are whole dirams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// A client's check.
    Sale {
        /// The client.
        client: String,
        /// The whole check.
        #[serde(with = "dirams")]
        total: Money,
        /// What bonuses pay of it.
        #[serde(with = "dirams")]
        redeem: Money,
    },
    /// A check without a client.
    Receipt {
        /// The whole check.
        #[serde(with = "dirams")]
        total: Money,
    },
    /// Goods coming back. What money and bonuses move is for the server to compute.
    Return {
        /// The client.
        client: String,
        /// The external id of the sale that the goods come from.
        return_of: String,
        /// What came back.
        #[serde(with = "dirams")]
        amount: Money,
        /// The worth of bonuses already spent is withheld from the money given out.
        shortage_settled: bool,
    },
}

impl Outgoing {
    /// Where to post it at `now_ms`, below the API's base path, and the JSON to post. The server is told which till
    /// made it, so that no other till's tokens can send it, and when, if that was a minute ago or more.
    ///
    /// # Errors
    /// The [`Refusal`] that sending it would bring, where the client's name is none; [`Refused`] is made
    /// of it.
    pub fn request(
        &self,
        cashier_node_id: i64,
        now_ms: i64,
    ) -> Result<(&'static str, String), Refusal> {
        let id = Some(self.external_id.clone());
        let is_late = now_ms.saturating_sub(self.made_at_ms) >= LATE_MS;
        let date = is_late.then(|| SentDate::from(moment(self.made_at_ms)));
        let node = Some(cashier_node_id);
        match &self.document {
            Document::Sale {
                client,
                total,
                redeem,
            } => post(
                "/cashier/sale",
                &SaleRequest {
                    client_phone: named(client)?,
                    total_amount: Amount(*total),
                    gross_amount: None,
                    bonus_redeem_amount: Amount(*redeem),
                    redeem_mode: Mode(RedeemMode::PaymentType),
                    external_sale_id: id,
                    receipt_number: None,
                    cashier_node_id: node,
                    cashier_id: None,
                    payment_method: None,
                    sale_date: date,
                    lines: Vec::new(),
                    lines_skipped: 0,
                },
            ),
            Document::Receipt { total } => post(
                "/cashier/receipt",
                &ReceiptRequest {
                    total_amount: Amount(*total),
                    external_receipt_id: id,
                    cashier_node_id: node,
                    receipt_date: date,
                },
            ),
            Document::Return {
                client,
                return_of,
                amount,
                shortage_settled,
            } => post(
                "/cashier/return",
                &ReturnRequest {
                    client_phone: named(client)?,
                    return_amount: Some(Amount(*amount)),
                    cash_refund_amount: None,
                    bonus_to_revoke: None,
                    bonus_to_restore: None,
                    shortage_settled: *shortage_settled,
                    original_external_sale_id: Some(return_of.clone()),
                    external_return_id: id,
                },
            ),
        }
    }

    /// Sets right when it was made, by the server's clock, which has just been heard. Whether that was not known before.
    pub fn mend(&mut self, clock: Clock, phone_ms: i64) -> bool {
        let Some(guess) = self.guess.take() else {
            return false;
        };
        self.made_at_ms = clock.mended_ms(guess, phone_ms);
        true
    }

    /// Whether it may be made without a connection: only what needs no balance to be true
    /// at that moment.
    pub fn may_queue(&self) -> bool {
        match &self.document {
            Document::Sale { redeem, .. } => redeem.is_zero(),
            Document::Receipt { .. } => true,
            Document::Return { .. } => false,
        }
    }
}

fn named(client: &str) -> Result<ClientIdentifier, Refusal> {
    Identifier::parse(client)
        .map(ClientIdentifier)
        .map_err(|error| Refusal::field("client_phone", error))
}

fn post(path: &'static str, request: &impl Serialize) -> Result<(&'static str, String), Refusal> {
    let body = serde_json::to_string(request)
        .map_err(|_| Refusal::field("body", FieldError::Unreadable))?;
    Ok((path, body))
}

/// How long ago something was made, in the largest whole unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    /// Less than a minute, or by a clock that has been set back since.
    Seconds,
    /// Less than an hour.
    Minutes(i64),
    /// Less than a day.
    Hours(i64),
    /// Days of 24 hours.
    Days(i64),
}

/// The age at `now_ms` of what was made at `made_at_ms`.
pub fn age(made_at_ms: i64, now_ms: i64) -> Age {
    match now_ms.saturating_sub(made_at_ms) / 60_000 {
        minutes @ 1..60 => Age::Minutes(minutes),
        minutes @ 60..1_440 => Age::Hours(minutes / 60),
        minutes @ 1_440.. => Age::Days(minutes / 1_440),
        _ => Age::Seconds,
    }
}
