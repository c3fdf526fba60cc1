//! One request to our own origin: to the Cashier API, or for the device that the server mirrors.

use std::cell::RefCell;
use std::fmt;

use gloo_net::http::{Request, RequestBuilder, Response};
use till::pace::Pace;
use web_sys::{AbortController, RequestCache};

use super::page::{after, since_opened_ms};

const DEVICE: &str = "/cash/device";
/// Where it is asked for, the cashier waits for it.
const DEVICE_TIMEOUT_MS: u32 = 4_000;

thread_local! {
    /// How much the server still takes from this till.
    static PACE: RefCell<Pace> = RefCell::default();
}

/// How long the server wants to be left alone.
pub fn wait_ms() -> u32 {
    PACE.with_borrow(|pace| pace.wait_ms(since_opened_ms()))
}

/// How long what waits must leave the rest of the server's minute to the client at the counter.
pub fn queue_wait_ms() -> u32 {
    PACE.with_borrow(|pace| pace.queue_wait_ms(since_opened_ms()))
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub enum Reply {
    /// Nothing, or not all of it, within the time: whether the server acted is unknown.
    None,
    /// An answer.
    Http {
        /// The status code.
        status: u16,
        /// The whole body, unread.
        body: String,
    },
}

/// Bodies name clients: they stay out of logs.
impl fmt::Debug for Reply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("no answer"),
            Self::Http { status, .. } => status.fmt(formatter),
        }
    }
}

/// The device's id that the server keeps in a cookie of this browser.
pub async fn kept_device() -> Option<String> {
    match exchange(Request::get(DEVICE), None, DEVICE_TIMEOUT_MS).await? {
        Reply::Http { status: 200, body } => Some(body),
        _ => None,
    }
}

/// Has the server keep it there. A browser without cookies goes on with what it has.
pub async fn keep_device(id: String) {
    exchange(Request::put(DEVICE), Some(id), DEVICE_TIMEOUT_MS).await;
}

/// A text as one segment of a path: `/` and all else that has a meaning in an address is escaped.
pub fn segment(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Sends a request of our own origin; none if there is no whole answer within the time.
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
    // Until the body is in, not only the head.
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
            pace.heard(limit, left, now_ms);
        }
        if let Some(seconds) = number("retry-after") {
            pace.refused(seconds, now_ms);
        }
    });
}
