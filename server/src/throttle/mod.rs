//! How much one caller may ask (contract, "Who is calling").
//!
//! Exactly N requests a minute, and a till's minute begins with its first request. The limiter's
//! key is the caller *and* the beginning of its minute, and its bucket gains nothing within a
//! minute: so neither does request N + 1 slip through, nor does a new minute inherit anything.
//!
//! Only callers whose tokens have proved right have such a bucket. All others are asked for their
//! tokens first, and what they are refused counts against their address.

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
use governor::middleware::StateInformationMiddleware;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tower::{Layer, ServiceExt};
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};

use self::address::origin;
use self::callers::{CallerHash, Callers, MINUTE};
pub(crate) use self::turns::Turn;
use self::turns::Turns;
use crate::config::Limits;
use crate::error::{ApiError, FailureCode};

/// Tokens from addresses over their limit that are looked up at once.
const LOOKUPS_OF_BLOCKED: usize = 2;
/// How long such a token waits to be looked up.
const LOOKUP_WAIT: Duration = Duration::from_secs(10);

const LIMIT: &str = "x-ratelimit-limit";
const REMAINING: &str = "x-ratelimit-remaining";

/// The limits of every caller, and who has used how much. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Throttle {
    gate: Arc<Gate>,
    limiter: Arc<GovernorConfig<CallerKey, StateInformationMiddleware>>,
}

/// What a caller is known by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallerKind {
    /// A till, by both tokens and its device: who knows one of them uses up nothing of the till's.
    Till,
    /// A store's back office, by the store's token.
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

/// A request or its head.
pub(crate) trait AuthenticatedTill {
    fn headers(&self) -> &HeaderMap;
    fn peer(&self) -> Option<IpAddr>;
}

/// Passes a request on unless its caller has used up the minute.
pub(crate) async fn throttle(
    State(throttle): State<Throttle>,
    request: Request,
    next: Next,
) -> Response {
    let hash = caller_hash(CallerKind::of(request.uri().path()), request.headers());
    let network = throttle.gate.network(&request);
    if throttle.gate.is_proven(&hash) {
        let response = throttle.within_its_minute(request, next).await;
        if is_refused_entry(&response) {
            throttle.gate.callers().disprove(&hash);
        }
        return response;
    }
    let response = if let Some(wait) = throttle.gate.blocked_for(network) {
        // It may be a till all the same; but whoever guesses there shall not keep the database busy.
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

    /// Notes that a caller's tokens are right.
    pub(crate) fn prove(&self, kind: CallerKind, caller: &impl AuthenticatedTill) {
        let hash = caller_hash(kind, caller.headers());
        self.gate.callers().prove(hash, Instant::now());
    }

    /// Whether the caller's address has been refused too often.
    pub(crate) fn is_blocked(&self, caller: &impl AuthenticatedTill) -> bool {
        let network = self.gate.network(caller);
        self.gate.blocked_for(network).is_some()
    }

    /// A store's turn to send a list of its stock, or how long it must wait for it.
    pub(crate) fn turn(&self, tenant_id: i64) -> Result<Turn, Duration> {
        let max = self.gate.limits.stock_lists_per_hour.get();
        self.gate.turns.take(tenant_id, max, Instant::now())
    }

    /// Forgets what no longer matters.
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
        // The limiter leaves them out where it refuses.
        let limit = self.gate.limits.cashier_requests_per_minute.get();
        for (name, value) in [(LIMIT, limit), (REMAINING, 0)] {
            response.headers_mut().entry(name).or_insert(value.into());
        }
        response
    }

    /// Counts a request whose tokens have proved right only now.
    fn first_of_its_minute(&self, hash: CallerHash, mut response: Response) -> Response {
        let key = (hash, self.gate.callers().enter(&hash, Instant::now()));
        let counted = self.limiter.limiter().check_key(&key);
        let remaining = counted.map_or(0, |state| state.remaining_burst_capacity());
        let limit = self.gate.limits.cashier_requests_per_minute.get();
        set_limit(&mut response, limit, remaining);
        response
    }
}

impl Gate {
    fn callers(&self) -> MutexGuard<'_, Callers> {
        // A panic elsewhere leaves at worst one count too few.
        self.callers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_proven(&self, hash: &CallerHash) -> bool {
        self.callers().is_proven(hash, Instant::now())
    }

    fn network(&self, caller: &impl AuthenticatedTill) -> IpAddr {
        let origin = origin(caller, self.limits.behind_proxy);
        if origin.odd && !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "BONEX_BEHIND_PROXY is set, but a request came without a readable X-Forwarded-For: its address is the proxy's"
            );
        }
        origin.network
    }

    /// How long an address that was refused too often is told to wait.
    fn blocked_for(&self, network: IpAddr) -> Option<Duration> {
        let (count, left) = self.callers().refusals(network, Instant::now());
        (count >= self.limits.wrong_tokens_per_minute.get()).then_some(left)
    }

    /// The answer for a caller who has proved nothing: what it is refused counts against its address, and over the limit
    /// it does not learn why.
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

/// Whether the caller was not let in; a client who is blocked says nothing of the till.
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

/// Finds what a request of a proven caller counts against.
#[derive(Clone)]
pub(crate) struct CallerKey {
    gate: Arc<Gate>,
}

impl KeyExtractor for CallerKey {
    type Key = (CallerHash, Instant);

    fn extract<T>(&self, request: &axum::http::Request<T>) -> Result<Self::Key, GovernorError> {
        let hash = caller_hash(CallerKind::of(request.uri().path()), request.headers());
        Ok((hash, self.gate.callers().enter(&hash, Instant::now())))
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
        reason = "a zero is the only thing it refuses, and there is none"
    )]
    Arc::new(config.expect("the period and the burst are above zero"))
}

fn caller_hash(kind: CallerKind, headers: &HeaderMap) -> CallerHash {
    let mut hash = Sha256::new();
    for name in kind.headers() {
        let value = headers.get(*name).map_or(&b""[..], HeaderValue::as_bytes);
        let text = String::from_utf8_lossy(value);
        hash.update(name);
        // As authentication reads it, or another spelling of a token would be another allowance.
        match *name {
            "x-device-id" => hash.update(Sha256::digest(value)),
            _ => hash.update(Sha256::digest(canonical_token(&text))),
        }
    }
    hash.finalize().into()
}

/// The limiter's answer to one request too many.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the limiter's layer hands it over"
)]
fn refuse(error: GovernorError) -> Response<Body> {
    match error {
        GovernorError::TooManyRequests { wait_time, .. } => {
            too_many(Duration::from_secs(wait_time))
        }
        _ => ApiError::from(ErrorCode::Internal).into_response(),
    }
}

/// The answer to one request too many.
pub(crate) fn too_many(wait: Duration) -> Response {
    let mut response = ApiError::from(ErrorCode::TooManyRequests).into_response();
    // Whoever comes back within the second that is rounded off comes too early.
    let wait = HeaderValue::from(wait.as_secs() + 1);
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-after", wait.clone());
    headers.insert(header::RETRY_AFTER, wait);
    response
}

#[cfg(test)]
mod tests;
