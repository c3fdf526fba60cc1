//! The outcome of a document, judged from the answer.

use cashier_api::answers::{ReceiptData, ReturnData, SaleData};
use cashier_api::{ErrorCode, Failure, Reason, Success, refusal_status};
use domain::Refusal;
use serde_json::value::RawValue;

use super::{Document, Outgoing};

/// The answer to an attempt to send a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The lack of an answer: there is no connection, or the answer did not arrive in time.
    None,
    /// An HTTP answer.
    Http {
        /// The status.
        status: u16,
        /// The body as text.
        body: String,
    },
}

/// The next step for a document, after an attempt to send it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Remove it: the server has recorded it, now or at an earlier attempt.
    Done(Recorded),
    /// Send it again with the same id: the outcome is unknown, or the server is busy.
    Again,
    /// Remove it and show the refusal to the cashier: the server will never accept it.
    Refused(Refused),
    /// Keep it and send nothing more: the till itself is refused, and the cashier must act.
    Stop(Refused),
}

/// The document as the server has recorded it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// A sale: a purchase by a client.
    Sale(SaleData),
    /// A receipt: a purchase without a client.
    Receipt(ReceiptData),
    /// A return of goods.
    Return(ReturnData),
}

/// The reason why a document or the till was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// The HTTP status.
    pub status: u16,
    /// The reason with its figures; `None` if this version of the program does not know the reason.
    pub reason: Option<Reason>,
}

/// Judges the answer to an attempt to send `outgoing`. An answer that cannot be from the Bonex
/// server (the page of a Wi-Fi portal, a broken body) counts as no answer.
pub fn judge(outgoing: &Outgoing, answer: &Answer) -> Verdict {
    let verdict = match answer {
        Answer::Http { status, body } => match status {
            200..=299 => success(&outgoing.document, body).map(Verdict::Done),
            429 => None,
            400..=499 => failure(&outgoing.document, *status, body),
            _ => None,
        },
        Answer::None => None,
    };
    verdict.unwrap_or(Verdict::Again)
}

fn success(document: &Document, body: &str) -> Option<Recorded> {
    let answer: Success<Box<RawValue>> = serde_json::from_str(body).ok()?;
    recorded(document, &answer.data).filter(|_| answer.success)
}

fn failure(document: &Document, status: u16, body: &str) -> Option<Verdict> {
    let failure: Failure = serde_json::from_str(body).ok()?;
    if failure.success {
        return None;
    }
    let duplicate = match document {
        Document::Sale { .. } => ErrorCode::DuplicateSale,
        Document::Receipt { .. } => ErrorCode::DuplicateReceipt,
        Document::Return { .. } => ErrorCode::DuplicateReturn,
    };
    if failure.code == duplicate.as_str()
        && let Some(first) = failure.data.as_deref()
        && let Some(recorded) = recorded(document, first)
    {
        return Some(Verdict::Done(recorded));
    }
    let refused = Refused::new(status, &failure);
    Some(if refused.is_of_the_till() {
        Verdict::Stop(refused)
    } else {
        Verdict::Refused(refused)
    })
}

fn recorded(document: &Document, data: &RawValue) -> Option<Recorded> {
    let json = data.get();
    match document {
        Document::Sale { .. } => serde_json::from_str(json).map(Recorded::Sale),
        Document::Receipt { .. } => serde_json::from_str(json).map(Recorded::Receipt),
        Document::Return { .. } => serde_json::from_str(json).map(Recorded::Return),
    }
    .ok()
}

impl Refused {
    fn new(status: u16, failure: &Failure) -> Self {
        Self {
            status,
            reason: failure.reason(),
        }
    }

    /// Returns whether the till was refused, not the document. The rules never saw the document,
    /// and it will be accepted as soon as the till is admitted again.
    fn is_of_the_till(&self) -> bool {
        match self.status {
            401 => true,
            403 => self.reason != Some(Reason::Refused(Refusal::ClientBlocked)),
            _ => matches!(
                self.reason,
                Some(
                    Reason::Failed(
                        ErrorCode::DeviceIdRequired
                            | ErrorCode::NotFound
                            | ErrorCode::MethodNotAllowed
                    ) | Reason::Refused(Refusal::CashierNodeMismatch)
                )
            ),
        }
    }
}

/// A refusal found before sending, in the form in which the server would send it.
impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal_status(&refusal),
            reason: Some(Reason::Refused(refusal)),
        }
    }
}
