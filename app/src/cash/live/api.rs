//! The Cashier API's questions, and what may be asked again without harm. Sales go through the outbox.

use cashier_api::answers::{ClientData, PastSalesData, ReturnCalculation, SessionData};
use cashier_api::{ErrorCode, Failure, Success};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::cash::live::platform::http::{self, Reply};
use crate::cash::live::platform::storage::Tokens;

/// A cashier waits for a question no longer than this.
const TIMEOUT_MILLISECONDS: u32 = 8_000;

/// Why there is no answer to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No network, no server, or nothing in time.
    NoAnswer,
    /// The server said no.
    Refused {
        /// For programs.
        code: String,
        /// For the cashier, in Russian.
        message: String,
    },
}

/// Who this till is.
pub async fn session(tokens: &Tokens) -> Result<SessionData, Fault> {
    read(http::get("/cashier/session", tokens, TIMEOUT_MILLISECONDS).await)
}

/// The client of a phone, a card or a barcode. The limit of the check is computed here, as its sum is typed.
pub async fn find(tokens: &Tokens, identifier: &str) -> Result<ClientData, Fault> {
    let path = ["/cashier/client/", &http::segment(identifier)].concat();
    read(http::get(&path, tokens, TIMEOUT_MILLISECONDS).await)
}

/// The client's checks at every till of the store.
pub async fn past_sales(tokens: &Tokens, identifier: &str) -> Result<PastSalesData, Fault> {
    let path = ["/cashier/client/", &http::segment(identifier), "/sales"].concat();
    read(http::get(&path, tokens, TIMEOUT_MILLISECONDS).await)
}

/// Registers a phone; one that is known answers with its client.
pub async fn register(
    tokens: &Tokens,
    phone: &str,
    full_name: Option<&str>,
) -> Result<ClientData, Fault> {
    #[derive(Serialize)]
    struct Register<'a> {
        phone: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        full_name: Option<&'a str>,
    }
    ask(
        tokens,
        "/cashier/client/register",
        &Register { phone, full_name },
    )
    .await
}

/// What a return would take back.
pub async fn calculate_return(
    tokens: &Tokens,
    request: &cashier_api::requests::CalculateReturnRequest,
) -> Result<ReturnCalculation, Fault> {
    ask(tokens, "/cashier/return/calculate", request).await
}

/// Takes back a check without a client. Also where that was done before: the answer may have been lost.
pub async fn void_receipt(
    tokens: &Tokens,
    request: &cashier_api::requests::VoidReceiptRequest,
) -> Result<(), Fault> {
    let answer: Result<IgnoredAny, Fault> = ask(tokens, "/cashier/receipt/void", request).await;
    match answer {
        Err(Fault::Refused { code, .. }) if code == ErrorCode::ReceiptVoided.as_str() => Ok(()),
        answer => answer.map(|_| ()),
    }
}

async fn ask<T: DeserializeOwned>(
    tokens: &Tokens,
    path: &str,
    request: &impl Serialize,
) -> Result<T, Fault> {
    let body = serde_json::to_string(request).unwrap_or_default();
    read(http::post(path, tokens, body, TIMEOUT_MILLISECONDS).await)
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<T, Fault> {
    let data = data_of(reply)?;
    serde_json::from_str(data.get()).map_err(|_| Fault::NoAnswer)
}

/// An answer that cannot be read is none: a proxy's page, a cut connection. Not generic: it would be in the program once for
/// each question.
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
        Ok(failure) if status < 500 => Err(Fault::Refused {
            code: failure.code,
            message: failure.error,
        }),
        _ => Err(Fault::NoAnswer),
    }
}
