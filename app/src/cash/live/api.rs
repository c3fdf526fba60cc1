//! The Cashier API requests that may be repeated without harm. Sales are not here: they go through
//! the outbox.

use std::marker::PhantomData;

use cashier_api::answers::{ClientData, PastSalesData, ReturnCalculation, SessionData};
use cashier_api::requests::{CalculateReturnRequest, PairRequest, VoidReceiptRequest};
use cashier_api::{Failure, Reason, Success};
use domain::PairingCode;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::cash::live::platform::credentials::{self, Tokens};
use crate::cash::live::platform::http::{self, Reply};

/// The longest time that a cashier waits for an answer.
const TIMEOUT_MILLISECONDS: u32 = 8_000;

/// The reason why there is no answer to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No network, no server, or no answer in time.
    NoAnswer,
    /// The server refused; `None` for a reason or an answer that this build does not know.
    Refused(Option<Reason>),
}

/// A request whose answer is a `T`.
pub struct Question<T> {
    request: Request,
    answer: PhantomData<fn() -> T>,
}

/// A request without the type of its answer: generic code is compiled into the program once per
/// answer type, this code once.
struct Request {
    path: String,
    /// The JSON body to post; a request without a body is a `GET`.
    body: Option<String>,
}

impl<T: DeserializeOwned> Question<T> {
    fn get(path: String) -> Self {
        Self {
            request: Request { path, body: None },
            answer: PhantomData,
        }
    }

    fn post(path: &str, request: &impl Serialize) -> Self {
        let body = serde_json::to_string(request).unwrap_or_default();
        let mut question = Self::get(path.to_owned());
        question.request.body = Some(body);
        question
    }

    /// Sends the request as the till of these tokens. The open till uses `Till::ask` instead.
    ///
    /// # Errors
    /// Returns a [`Fault`] if there is no answer to show.
    pub fn ask_as(self, tokens: &Tokens) -> impl Future<Output = Result<T, Fault>> {
        let reply = self.request.send(tokens);
        async move {
            let data = reply.await?;
            // Our server has answered, so the network works.
            serde_json::from_str(data.get()).map_err(|_| Fault::Refused(None))
        }
    }
}

impl Request {
    async fn send(self, tokens: &Tokens) -> Result<Box<RawValue>, Fault> {
        let path = &self.path;
        data_of(match self.body {
            Some(body) => credentials::post(path, tokens, body, TIMEOUT_MILLISECONDS).await,
            None => credentials::get(path, tokens, TIMEOUT_MILLISECONDS).await,
        })
    }
}

/// Asks for the tokens of the till whose pairing code this is. They are asked for without tokens.
pub fn pair(code: &PairingCode, device_id: String) -> Question<Tokens> {
    let code = code.as_str().to_owned();
    Question::post("/cashier/pair", &PairRequest { code, device_id })
}

/// Asks which till this is and what its loyalty programme is.
pub fn session() -> Question<SessionData> {
    Question::get("/cashier/session".to_owned())
}

/// Asks for the client of a phone, a card or a barcode. The till computes the limit of bonuses
/// itself, while the sum is typed.
pub fn find(identifier: &str) -> Question<ClientData> {
    Question::get(["/cashier/client/", &http::segment(identifier)].concat())
}

/// Asks for the client's sales at every till of the store.
pub fn past_sales(identifier: &str) -> Question<PastSalesData> {
    Question::get(["/cashier/client/", &http::segment(identifier), "/sales"].concat())
}

/// Registers a phone; if the phone is known already, the answer is its client.
pub fn register(phone: &str, full_name: Option<&str>) -> Question<ClientData> {
    #[derive(Serialize)]
    struct Register<'a> {
        phone: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        full_name: Option<&'a str>,
    }
    Question::post("/cashier/client/register", &Register { phone, full_name })
}

/// Asks what a return would take back.
pub fn calculate_return(request: &CalculateReturnRequest) -> Question<ReturnCalculation> {
    Question::post("/cashier/return/calculate", request)
}

/// Takes back a receipt, which is a purchase without a client.
pub fn void_receipt(request: &VoidReceiptRequest) -> Question<IgnoredAny> {
    Question::post("/cashier/receipt/void", request)
}

/// Extracts the data of a reply. A body that cannot be read (a proxy's page, a cut connection)
/// counts as no answer.
fn data_of(reply: Reply) -> Result<Box<RawValue>, Fault> {
    let Reply::Http { status, body, .. } = reply else {
        return Err(Fault::NoAnswer);
    };
    if (200..300).contains(&status) {
        return match serde_json::from_str::<Success<Box<RawValue>>>(&body) {
            Ok(success) => Ok(success.data),
            Err(_) => Err(Fault::NoAnswer),
        };
    }
    match serde_json::from_str::<Failure>(&body) {
        Ok(failure) if status < 500 => Err(Fault::Refused(failure.reason())),
        _ => Err(Fault::NoAnswer),
    }
}
