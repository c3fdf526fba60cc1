//! The rate limit of each caller (contract, "Who is calling").
//!
//! A caller may send exactly N requests a minute, and its minute begins with its first request. The
//! key of the limiter is the caller *and* the beginning of its minute, and a bucket is not refilled
//! within the minute. So request N + 1 is always refused, and a new minute starts with a full
//! bucket.
//!
//! Only callers whose tokens have proved to be right have such a bucket. Other callers are
//! authenticated first, and refusals of their tokens or device count against their address.

mod address;
mod callers;
mod turns;

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backend::secrets::canonical_token;
use cashier_api::ErrorCode;
use domain::Refusal;
use domain::sharing::AddressPrefix;
use governor::middleware::StateInformationMiddleware;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tower::{Layer, ServiceExt};
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use self::address::{Caller, origin};
pub(crate) use self::callers::Allowance;
use self::callers::{CallerHash, Callers, MINUTE};
pub(crate) use self::turns::Turn;
use self::turns::Turns;
use crate::config::Limits;
use crate::error::{ApiError, FailureCode};
use crate::live;

/// The number of requests from addresses over their limit that may be authenticated at once.
const LOOKUPS_OF_BLOCKED: usize = 2;
/// The longest time that such a request waits to be authenticated.
const LOOKUP_WAIT: Duration = Duration::from_secs(10);

const LIMIT: &str = "x-ratelimit-limit";
const REMAINING: &str = "x-ratelimit-remaining";

/// The limits, and how much of them each caller has used. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Throttle {
    gate: Arc<Gate>,
    limiter: Arc<GovernorConfig<CallerKey, StateInformationMiddleware>>,
}

/// The kind of a caller, which determines the headers that identify it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallerKind {
    /// A till, recognised by both tokens and its device id. A caller that knows only some of them
    /// cannot use up the till's requests.
    Till,
    /// A store's back office, identified by the store's token.
    Store,
}

impl CallerKind {
    fn of(path: &str) -> Self {
        if path.starts_with("/api/v1/integration/") {
            Self::Store
        } else {
            Self::Till
        }
    }

    const fn headers(self) -> &'static [&'static str] {
        match self {
            Self::Till => &["x-tenant-token", "x-cashier-token", "x-device-id"],
            Self::Store => &["x-tenant-token"],
        }
    }
}

struct Gate {
    callers: Mutex<Callers>,
    turns: Turns,
    limits: Limits,
    lookups_of_blocked: Semaphore,
    lookup_wait: Duration,
    has_warned: AtomicBool,
}

/// Handles a request unless its caller has used up its requests of the minute.
pub(crate) async fn throttle(
    State(throttle): State<Throttle>,
    request: Request,
    next: Next,
) -> Response {
    let hash = caller_hash(CallerKind::of(request.uri().path()), request.headers());
    let network = throttle.gate.network(&request);
    if throttle.gate.is_proven(&hash) {
        // A request over the limit does not get as far as the authentication, and is the till's
        // nevertheless.
        if let Some(Allowance::Till(till)) = throttle.gate.callers().allowance(&hash) {
            live::is_of(request.extensions(), till);
        }
        let response = throttle.within_its_minute(request, next).await;
        if is_refused_entry(&response) {
            throttle.gate.callers().disprove(&hash);
        }
        return response;
    }
    let response = if let Some(wait) = throttle.gate.blocked_for(network) {
        // The request may come from a real till at this address, so it is authenticated. But only a
        // few are authenticated at once, so that guesses do not keep the database busy.
        let lookup = throttle.gate.lookups_of_blocked.acquire();
        match tokio::time::timeout(throttle.gate.lookup_wait, lookup).await {
            Ok(_lookup) => next.run(request).await,
            Err(_elapsed) => too_many(wait),
        }
    } else {
        next.run(request).await
    };
    if throttle.gate.is_proven(&hash) {
        throttle.first_of_its_minute(hash, response)
    } else {
        throttle.gate.of_a_stranger(network, response)
    }
}

impl Throttle {
    pub(crate) fn new(limits: Limits) -> Self {
        Self::with_lookup_wait(limits, LOOKUP_WAIT)
    }

    fn with_lookup_wait(limits: Limits, lookup_wait: Duration) -> Self {
        let gate = Arc::new(Gate {
            callers: Mutex::default(),
            turns: Turns::default(),
            limits,
            lookups_of_blocked: Semaphore::new(LOOKUPS_OF_BLOCKED),
            lookup_wait,
            has_warned: AtomicBool::new(false),
        });
        Self {
            limiter: limiter(&gate),
            gate,
        }
    }

    /// Records that a caller's tokens are right, and whose requests they use up.
    pub(crate) fn prove(&self, allowance: Allowance, caller: &impl Caller) {
        let kind = match allowance {
            Allowance::Store(_) => CallerKind::Store,
            Allowance::Till(_) | Allowance::Stranger(_) => CallerKind::Till,
        };
        let hash = caller_hash(kind, caller.headers());
        self.gate.callers().prove(hash, allowance, Instant::now());
    }

    /// Returns the network address of a caller, for limits and for the journal.
    pub(crate) fn address_of(&self, caller: &impl Caller) -> String {
        self.gate.network(caller).to_string()
    }

    /// Returns the part of the caller's address that names a place and no person.
    pub(crate) fn prefix_of(&self, caller: &impl Caller) -> AddressPrefix {
        AddressPrefix::of(self.gate.network(caller))
    }

    /// Returns whether the caller's address has been refused too often.
    pub(crate) fn is_blocked(&self, caller: &impl Caller) -> bool {
        let network = self.gate.network(caller);
        self.gate.blocked_for(network).is_some()
    }

    /// Takes a store's turn to send a stock list, or returns how long the store must wait.
    pub(crate) fn turn(&self, tenant_id: i64) -> Result<Turn, Duration> {
        let max = self.gate.limits.stock_lists_per_hour.get();
        self.gate.turns.take(tenant_id, max, Instant::now())
    }

    /// Removes expired state.
    pub(crate) fn forget_run_out(&self) {
        let now = Instant::now();
        self.gate.callers().forget_run_out(now);
        self.gate.turns.forget_run_out(now);
        self.gate.has_warned.store(false, Ordering::Relaxed);
        self.limiter.limiter().retain_recent();
    }

    async fn within_its_minute(&self, request: Request, next: Next) -> Response {
        let layer = GovernorLayer::new(Arc::clone(&self.limiter)).error_handler(refuse);
        let limited: Result<Response, Infallible> = layer.layer(next).oneshot(request).await;
        let mut response = limited.unwrap_or_else(|never| match never {});
        // The limiter omits these headers when it refuses.
        let limit = self.gate.limits.cashier_requests_per_minute.get();
        for (name, value) in [(LIMIT, limit), (REMAINING, 0)] {
            response.headers_mut().entry(name).or_insert(value.into());
        }
        response
    }

    /// Counts a request whose tokens have just proved to be right.
    fn first_of_its_minute(&self, hash: CallerHash, mut response: Response) -> Response {
        let key = self.gate.callers().enter(&hash, Instant::now());
        let counted = self.limiter.limiter().check_key(&key);
        let remaining = counted.map_or(0, |state| state.remaining_burst_capacity());
        let limit = self.gate.limits.cashier_requests_per_minute.get();
        set_limit(&mut response, limit, remaining);
        response
    }
}

impl Gate {
    fn callers(&self) -> MutexGuard<'_, Callers> {
        // A panic while the lock was held can at worst have lost one count.
        self.callers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_proven(&self, hash: &CallerHash) -> bool {
        self.callers().is_proven(hash, Instant::now())
    }

    fn network(&self, caller: &impl Caller) -> IpAddr {
        let origin = origin(caller, self.limits.behind_proxy);
        if origin.odd && !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "BONEX_BEHIND_PROXY is set, but a request has no readable X-Forwarded-For: it is counted under the proxy's address"
            );
        }
        origin.network
    }

    /// Returns how long an address must wait if it was refused too often, otherwise `None`.
    fn blocked_for(&self, network: IpAddr) -> Option<Duration> {
        let (count, left) = self.callers().refusals(network, Instant::now());
        (count >= self.limits.wrong_tokens_per_minute.get()).then_some(left)
    }

    /// Completes the answer for a caller with unproven tokens. A refusal counts against its
    /// address, and over the limit the answer does not say what is wrong.
    fn of_a_stranger(&self, network: IpAddr, mut response: Response) -> Response {
        if is_refused_entry(&response) {
            if let Some(wait) = self.blocked_for(network) {
                response = too_many(wait);
            }
            self.callers().refused(network, Instant::now());
        }
        let limit = self.limits.wrong_tokens_per_minute.get();
        let (count, _) = self.callers().refusals(network, Instant::now());
        set_limit(&mut response, limit, limit.saturating_sub(count));
        response
    }
}

/// Returns whether a caller's tokens or device were refused. A 403 for a blocked client is not such
/// a refusal.
fn is_refused_entry(response: &Response) -> bool {
    let code = response.extensions().get().map(|FailureCode(code)| *code);
    match response.status() {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::FORBIDDEN => code != Some(Refusal::ClientBlocked.code()),
        StatusCode::BAD_REQUEST => code == Some(ErrorCode::DeviceIdRequired.as_str()),
        _ => false,
    }
}

fn set_limit(response: &mut Response, limit: u32, remaining: u32) {
    let headers = response.headers_mut();
    headers.insert(LIMIT, limit.into());
    headers.insert(REMAINING, remaining.into());
}

/// An extractor of the key by which the limiter counts the requests of an authenticated caller.
#[derive(Clone)]
pub(crate) struct CallerKey {
    gate: Arc<Gate>,
}

impl KeyExtractor for CallerKey {
    type Key = (Allowance, Instant);

    fn extract<T>(&self, request: &axum::http::Request<T>) -> Result<Self::Key, GovernorError> {
        let hash = caller_hash(CallerKind::of(request.uri().path()), request.headers());
        Ok(self.gate.callers().enter(&hash, Instant::now()))
    }
}

fn limiter(gate: &Arc<Gate>) -> Arc<GovernorConfig<CallerKey, StateInformationMiddleware>> {
    let key = CallerKey {
        gate: Arc::clone(gate),
    };
    let config = GovernorConfigBuilder::default()
        .key_extractor(key)
        .period(MINUTE)
        .burst_size(gate.limits.cashier_requests_per_minute.get())
        .use_headers()
        .finish();
    #[allow(
        clippy::expect_used,
        reason = "only zeros are refused, and neither value is zero"
    )]
    Arc::new(config.expect("the period and the burst are above zero"))
}

fn caller_hash(kind: CallerKind, headers: &HeaderMap) -> CallerHash {
    let mut hash = Sha256::new();
    for name in kind.headers() {
        let value = headers.get(*name).map_or(&b""[..], HeaderValue::as_bytes);
        let text = String::from_utf8_lossy(value);
        hash.update(name);
        // Tokens are normalized as in authentication; otherwise another spelling of a token would
        // get its own limit.
        match *name {
            "x-device-id" => hash.update(Sha256::digest(value)),
            _ => hash.update(Sha256::digest(canonical_token(&text))),
        }
    }
    hash.finalize().into()
}

/// Returns the answer to a request that the limiter refuses.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the signature is set by the limiter's layer"
)]
fn refuse(error: GovernorError) -> Response<Body> {
    match error {
        GovernorError::TooManyRequests { wait_time, .. } => {
            too_many(Duration::from_secs(wait_time))
        }
        _ => ApiError::from(ErrorCode::Internal).into_response(),
    }
}

/// Returns the answer to a request over the limit.
pub(crate) fn too_many(wait: Duration) -> Response {
    let mut response = ApiError::from(ErrorCode::TooManyRequests).into_response();
    // Rounded up, because a caller that waits only the whole seconds would come too early.
    let wait = HeaderValue::from(wait.as_secs() + 1);
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-after", wait.clone());
    headers.insert(header::RETRY_AFTER, wait);
    response
}

#[cfg(test)]
mod tests;
