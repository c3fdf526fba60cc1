//! Requests to our own origin: to the Cashier API, or for the copy of the device id that the server
//! keeps.

use std::cell::RefCell;
use std::fmt;

use gloo_net::http::{Request, RequestBuilder, Response};
use till::pace::Pace;
use web_sys::{AbortController, RequestCache};

use super::page::{after, since_opened_ms};

const DEVICE: &str = "/cash/device";
/// The timeout for the device id: the cashier waits for it.
const DEVICE_TIMEOUT_MS: u32 = 4_000;

thread_local! {
    /// The number of requests that the server still accepts from this till.
    static PACE: RefCell<Pace> = RefCell::default();
}

/// Returns how long the server asks for no requests.
pub fn wait_ms() -> u32 {
    PACE.with_borrow(|pace| pace.wait_ms(since_opened_ms()))
}

/// Returns how long the queue must wait, so that the rest of the server's minute is left to the
/// client at the counter.
pub fn queue_wait_ms() -> u32 {
    PACE.with_borrow(|pace| pace.queue_wait_ms(since_opened_ms()))
}

/// The result of a request.
#[derive(Clone, PartialEq, Eq)]
pub enum Reply {
    /// No answer, or only a part of it, within the time: it is unknown whether the server acted.
    None,
    /// An answer.
    Http {
        /// The status code.
        status: u16,
        /// The whole body, unparsed.
        body: String,
    },
}

/// Prints no body: bodies name clients and must stay out of logs.
impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("no answer"),
            Self::Http { status, .. } => status.fmt(formatter),
        }
    }
}

/// Returns the device id that the server keeps in a cookie of this browser.
pub async fn kept_device() -> Option<String> {
    match exchange(Request::get(DEVICE), None, DEVICE_TIMEOUT_MS).await? {
        Reply::Http { status: 200, body } => Some(body),
        _ => None,
    }
}

/// Asks the server to keep the device id in the cookie. A browser without cookies uses its other
/// copies.
pub async fn keep_device(id: String) {
    exchange(Request::put(DEVICE), Some(id), DEVICE_TIMEOUT_MS).await;
}

/// Escapes a text as one segment of a path: `/` and everything else that has a meaning in an
/// address.
pub fn segment(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Sends a request to our own origin; returns `None` if there is no complete answer within the
/// time.
pub(super) async fn exchange(
    request: RequestBuilder,
    body: Option<String>,
    timeout_ms: u32,
) -> Option<Reply> {
    let abort = AbortController::new().ok()?;
    let request = request
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    // The deadline includes the body, not only the headers.
    let _deadline = after(timeout_ms, move || abort.abort());
    let answer = request.ok()?.send().await.ok()?;
    note_pace(&answer);
    Some(Reply::Http {
        status: answer.status(),
        body: answer.text().await.ok()?,
    })
}

fn note_pace(answer: &Response) {
    let headers = answer.headers();
    let number = |name| headers.get(name)?.parse().ok();
    PACE.with_borrow_mut(|pace| {
        let now_ms = since_opened_ms();
        let of_minute = number("x-ratelimit-limit").zip(number("x-ratelimit-remaining"));
        if let Some((limit, left)) = of_minute {
            pace.record_limit(limit, left, now_ms);
        }
        if let Some(seconds) = number("retry-after") {
            pace.refused(seconds, now_ms);
        }
    });
}
