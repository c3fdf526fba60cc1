//! How much one caller may ask (contract, "Who is calling").
//!
//! Exactly N requests a minute, and a till's minute begins with its first request. The limiter's
//! key is the token *and* the beginning of its minute, and its bucket gains nothing within a
//! minute: so neither does request N + 1 slip through, nor does a new minute inherit anything.

mod address;
mod minutes;

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, Response, header};
use axum::response::IntoResponse;
use backend::session::canonical_token;
use cashier_api::ErrorCode;
use governor::middleware::StateInformationMiddleware;
use sha2::{Digest, Sha256};
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use self::minutes::{CallerHash, MINUTE, Minutes};
use crate::config::Limits;
use crate::error::ApiError;

pub(crate) use self::address::client_address;

/// The layer that limits one kind of caller.
pub(crate) type ThrottleLayer = GovernorLayer<CallerKey, StateInformationMiddleware, Body>;
type Limiter = Arc<GovernorConfig<CallerKey, StateInformationMiddleware>>;

/// The limits of every caller, and who has used how much. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Throttle {
    gate: Arc<Gate>,
    tills: Limiter,
    stores: Limiter,
}

/// What a caller is known by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallerKind {
    /// A till, by its own token.
    Till,
    /// A store's back office, by the store's token.
    Store,
}

impl CallerKind {
    const fn header(self) -> &'static str {
        match self {
            Self::Till => "x-cashier-token",
            Self::Store => "x-tenant-token",
        }
    }
}

struct Gate {
    minutes: Mutex<Minutes>,
    limits: Limits,
}

impl Throttle {
    pub(crate) fn new(limits: Limits) -> Self {
        let gate = Arc::new(Gate {
            minutes: Mutex::default(),
            limits,
        });
        Self {
            tills: limiter(&gate, CallerKind::Till),
            stores: limiter(&gate, CallerKind::Store),
            gate,
        }
    }

    /// The layer for the routes of one kind of caller.
    pub(crate) fn layer(&self, kind: CallerKind) -> ThrottleLayer {
        let limiter = match kind {
            CallerKind::Till => &self.tills,
            CallerKind::Store => &self.stores,
        };
        GovernorLayer::new(Arc::clone(limiter)).error_handler(refuse)
    }

    /// Notes what has come of a caller's tokens.
    pub(crate) fn judge(&self, kind: CallerKind, caller: &impl Caller, verdict: Verdict) {
        let address = client_address(caller, self.gate.limits.behind_proxy);
        let now = Instant::now();
        match verdict {
            Verdict::Right => {
                let hash = caller_hash(kind, caller.headers(), address);
                self.gate.minutes().trust(&hash, now);
            }
            Verdict::Wrong => self.gate.minutes().wrong_token(address, now),
        }
    }

    /// Forgets what no longer matters.
    pub(crate) fn forget_run_out(&self) {
        self.gate.minutes().forget_run_out(Instant::now());
        self.tills.limiter().retain_recent();
        self.stores.limiter().retain_recent();
    }
}

/// What authentication has found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict {
    /// The tokens are right.
    Right,
    /// A token was given that is nobody's.
    Wrong,
}

/// A request or its head.
pub(crate) trait Caller {
    fn headers(&self) -> &HeaderMap;
    fn peer(&self) -> Option<IpAddr>;
}

impl Gate {
    fn minutes(&self) -> MutexGuard<'_, Minutes> {
        // A panic elsewhere leaves at worst one count too few.
        self.minutes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Finds what a request counts against.
#[derive(Clone)]
pub(crate) struct CallerKey {
    gate: Arc<Gate>,
    kind: CallerKind,
}

impl KeyExtractor for CallerKey {
    type Key = (CallerHash, Instant);

    fn extract<T>(&self, request: &Request<T>) -> Result<Self::Key, GovernorError> {
        let limits = &self.gate.limits;
        let address = client_address(request, limits.behind_proxy);
        let caller = caller_hash(self.kind, request.headers(), address);
        let (max, now) = (limits.wrong_tokens_per_minute.get(), Instant::now());
        let mut minutes = self.gate.minutes();
        match minutes.blocked_for(address, &caller, max, now) {
            Some(wait) => Err(GovernorError::TooManyRequests {
                wait_time: wait.as_secs(),
                headers: None,
            }),
            None => Ok((caller, minutes.enter(caller, now))),
        }
    }
}

fn limiter(gate: &Arc<Gate>, kind: CallerKind) -> Limiter {
    let key = CallerKey {
        gate: Arc::clone(gate),
        kind,
    };
    let config = GovernorConfigBuilder::default()
        .key_extractor(key)
        .period(MINUTE)
        .burst_size(gate.limits.cashier_requests_per_minute.get())
        .use_headers()
        .finish();
    #[allow(
        clippy::expect_used,
        reason = "a zero is the only thing it refuses, and there is none"
    )]
    Arc::new(config.expect("the period and the burst are above zero"))
}

fn caller_hash(kind: CallerKind, headers: &HeaderMap, address: IpAddr) -> CallerHash {
    let mut hash = Sha256::new();
    hash.update(kind.header());
    match headers.get(kind.header()) {
        // As authentication reads it, or another spelling of a token would be another allowance.
        Some(token) => hash.update(canonical_token(&String::from_utf8_lossy(token.as_bytes()))),
        None => hash.update(address.to_string()),
    }
    hash.finalize().into()
}

/// The answer to one request too many.
fn refuse(error: GovernorError) -> Response<Body> {
    let GovernorError::TooManyRequests { wait_time, headers } = error else {
        return ApiError::from(ErrorCode::Internal).into_response();
    };
    let mut response = ApiError::from(ErrorCode::TooManyRequests).into_response();
    response.headers_mut().extend(headers.unwrap_or_default());
    // The limiter rounds down, and whoever comes back then comes too early.
    let wait = HeaderValue::from(wait_time + 1);
    response
        .headers_mut()
        .insert("x-ratelimit-after", wait.clone());
    response.headers_mut().insert(header::RETRY_AFTER, wait);
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;
    use std::num::NonZeroU32;
    use tower::ServiceExt;

    use super::*;

    fn throttle(requests: u32, wrong_tokens: u32) -> Throttle {
        Throttle::new(Limits {
            cashier_requests_per_minute: NonZeroU32::new(requests).unwrap(),
            wrong_tokens_per_minute: NonZeroU32::new(wrong_tokens).unwrap(),
            behind_proxy: false,
        })
    }

    fn request(token: &str) -> Request<Body> {
        let request = Request::get("/").header("x-cashier-token", token);
        request.body(Body::empty()).unwrap()
    }

    async fn call(throttle: &Throttle, token: &str) -> Response<Body> {
        let layer = throttle.layer(CallerKind::Till);
        let router = Router::new()
            .route("/", get(async || ""))
            .route_layer(layer);
        router.oneshot(request(token)).await.unwrap()
    }

    fn header(response: &Response<Body>, name: &str) -> Option<u64> {
        response.headers().get(name)?.to_str().ok()?.parse().ok()
    }

    #[tokio::test]
    async fn request_301_of_a_minute_is_one_too_many() {
        let throttle = throttle(300, 30);
        for remaining in (0..300).rev() {
            let response = call(&throttle, "till").await;
            assert_eq!(response.status(), 200);
            assert_eq!(header(&response, "x-ratelimit-limit"), Some(300));
            assert_eq!(header(&response, "x-ratelimit-remaining"), Some(remaining));
        }
        let refused = call(&throttle, "till").await;
        assert_eq!(refused.status(), 429);
        assert_eq!(header(&refused, "x-ratelimit-remaining"), Some(0));
        let wait = header(&refused, "retry-after").unwrap();
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(call(&throttle, "another till").await.status(), 200);
        throttle.forget_run_out();
        assert_eq!(call(&throttle, "till").await.status(), 429);
    }

    #[tokio::test]
    async fn an_address_that_guesses_is_stopped_and_its_honest_till_is_not() {
        let throttle = throttle(300, 2);
        let kind = CallerKind::Till;
        call(&throttle, "honest").await;
        throttle.judge(kind, &request("honest"), Verdict::Right);
        for guess in ["guess 1", "guess 2"] {
            assert_eq!(call(&throttle, guess).await.status(), 200);
            throttle.judge(kind, &request(guess), Verdict::Wrong);
        }
        let refused = call(&throttle, "guess 3").await;
        assert_eq!(refused.status(), 429);
        assert!(header(&refused, "retry-after").is_some());
        assert_eq!(call(&throttle, "honest").await.status(), 200);
    }
}
