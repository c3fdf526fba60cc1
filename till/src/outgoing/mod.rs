//! Documents that are sent to the server. No accepted document is lost, and none is counted twice.
//!
//! A document gets its id and is stored on the device before it is first sent. It keeps both until
//! the server's answer says what became of it. The server counts an id once, so a document with an
//! unknown outcome is sent again with the same id.

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

/// The age from which a request contains the moment when its document was made, in milliseconds.
/// Without it the server uses the moment when the request arrives.
const LATE_MS: i64 = 60_000;

/// A document that the server has not confirmed yet. It is stored on the device in this form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outgoing {
    /// The till's own id of the document, a UUID. It is the same in every attempt.
    pub external_id: String,
    /// The moment when the cashier closed it, in milliseconds since 1970.
    pub made_at_ms: i64,
    /// The data from which that moment was estimated, if the time of the server's clock was not
    /// known yet.
    #[serde(default)]
    pub guess: Option<Guess>,
    /// The contents of the document.
    pub document: Document,
    /// The client's name, shown in the queue. It is not sent to the server.
    pub client_name: Option<String>,
    /// The external id of a refused document that this one replaces. It is not sent to the server.
    #[serde(default)]
    pub instead_of: Option<String>,
}

/// The contents of a document. A client is named by a phone, card or barcode; amounts are whole
/// dirams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// A sale: a purchase by a client.
    Sale {
        /// The client.
        client: String,
        /// The price of all goods.
        #[serde(with = "dirams")]
        total: Money,
        /// The part of it paid with bonuses.
        #[serde(with = "dirams")]
        redeem: Money,
    },
    /// A receipt: a purchase without a client.
    Receipt {
        /// The price of all goods.
        #[serde(with = "dirams")]
        total: Money,
    },
    /// A return of goods. The server computes the money and the bonuses.
    Return {
        /// The client.
        client: String,
        /// The external id of the sale whose goods come back.
        return_of: String,
        /// The goods that come back.
        #[serde(with = "dirams")]
        amount: Money,
        /// `true` if the value of bonuses already spent is withheld from the money given out.
        shortage_settled: bool,
    },
}

impl Outgoing {
    /// Returns the path of the request, below the API's base path, and its JSON. The request names
    /// the till that made the document, so that it cannot be sent with the tokens of another till.
    /// It contains the moment when the document was made if that was a minute ago or more.
    ///
    /// # Errors
    /// The [`Refusal`] that the server would send, if the client is named by a text that is not an
    /// identifier. [`Refused`] is made from it.
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

    /// Corrects the moment of the document by the server's clock, known from an answer that has
    /// just arrived. Returns whether there was something to correct.
    pub fn correct_moment(&mut self, clock: Clock, phone_ms: i64) -> bool {
        let Some(guess) = self.guess.take() else {
            return false;
        };
        self.made_at_ms = clock.corrected_ms(guess, phone_ms);
        true
    }

    /// Returns whether the document may be made without a connection. A document whose correctness
    /// depends on the current balance may not.
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

/// The time since something was made, in the largest whole unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    /// Less than a minute, or negative because the clock was set back since.
    Seconds,
    /// Less than an hour.
    Minutes(i64),
    /// Less than a day.
    Hours(i64),
    /// Days of 24 hours.
    Days(i64),
}

/// Returns the age at `now_ms` of something made at `made_at_ms`.
pub fn age(made_at_ms: i64, now_ms: i64) -> Age {
    match now_ms.saturating_sub(made_at_ms) / 60_000 {
        minutes @ 1..60 => Age::Minutes(minutes),
        minutes @ 60..1_440 => Age::Hours(minutes / 60),
        minutes @ 1_440.. => Age::Days(minutes / 1_440),
        _ => Age::Seconds,
    }
}
