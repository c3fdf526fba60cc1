//! The Cashier API's questions, and what may be asked again without harm. Sales go through the outbox.

use std::marker::PhantomData;

use cashier_api::answers::{ClientData, PastSalesData, ReturnCalculation, SessionData};
use cashier_api::requests::{CalculateReturnRequest, VoidReceiptRequest};
use cashier_api::{Failure, Reason, Success};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::cash::live::platform::credentials::{self, Tokens};
use crate::cash::live::platform::http::{self, Reply};

/// A cashier waits for a question no longer than this.
const TIMEOUT_MILLISECONDS: u32 = 8_000;

/// Why there is no answer to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No network, no server, or nothing in time.
    NoAnswer,
    /// The server said no; `None` for a reason that this build does not know.
    Refused(Option<Reason>),
}

/// A question whose answer is a `T`.
pub struct Question<T> {
    request: Request,
    answer: PhantomData<fn() -> T>,
}

/// Apart from the type of its answer: what is generic is in the program once for each question.
struct Request {
    path: String,
    /// The JSON to post; a request without it is a `GET`.
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

    /// Asks it as the till of these tokens. The open till asks with `Till::ask`.
    ///
    /// # Errors
    /// [`Fault`] if there is no answer to show.
    pub fn ask_as(self, tokens: &Tokens) -> impl Future<Output = Result<T, Fault>> {
        let reply = self.request.send(tokens);
        async move {
            let data = reply.await?;
            serde_json::from_str(data.get()).map_err(|_| Fault::NoAnswer)
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

/// Which till this is, and its programme.
pub fn session() -> Question<SessionData> {
    Question::get("/cashier/session".to_owned())
}

/// The client of a phone, a card or a barcode. The limit of the check is computed here, as its sum is typed.
pub fn find(identifier: &str) -> Question<ClientData> {
    Question::get(["/cashier/client/", &http::segment(identifier)].concat())
}

/// The client's checks at every till of the store.
pub fn past_sales(identifier: &str) -> Question<PastSalesData> {
    Question::get(["/cashier/client/", &http::segment(identifier), "/sales"].concat())
}

/// Registers a phone; one that is known answers with its client.
pub fn register(phone: &str, full_name: Option<&str>) -> Question<ClientData> {
    #[derive(Serialize)]
    struct Register<'a> {
        phone: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        full_name: Option<&'a str>,
    }
    Question::post("/cashier/client/register", &Register { phone, full_name })
}

/// What a return would take back.
pub fn calculate_return(request: &CalculateReturnRequest) -> Question<ReturnCalculation> {
    Question::post("/cashier/return/calculate", request)
}

/// Takes back a check without a client.
pub fn void_receipt(request: &VoidReceiptRequest) -> Question<IgnoredAny> {
    Question::post("/cashier/receipt/void", request)
}

/// An answer that cannot be read is none: a proxy's page, a cut connection.
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
