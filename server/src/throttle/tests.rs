//! Tests of the throttle around a small router, in which a token says whether it is right.

use std::hash::{Hash, Hasher};
use std::net::SocketAddr;
use std::num::NonZeroU32;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use backend::tills::TillNumber;

use super::*;

fn throttle_of(requests: u32, wrong_tokens: u32) -> Throttle {
    Throttle::new(Limits {
        cashier_requests_per_minute: NonZeroU32::new(requests).unwrap(),
        wrong_tokens_per_minute: NonZeroU32::new(wrong_tokens).unwrap(),
        ..Limits::default()
    })
}

/// Authenticates tokens that begin with `right` and refuses all others.
async fn authenticate(State(throttle): State<Throttle>, request: Request) -> Response {
    let token = request.headers().get("x-cashier-token");
    let token = token.map_or("", |token| token.to_str().unwrap());
    if token.starts_with("right") {
        throttle.prove(Allowance::Till(till_of(&request)), &request);
        StatusCode::OK.into_response()
    } else {
        ApiError::from(ErrorCode::BadCashierToken).into_response()
    }
}

/// Returns the till of a token and a device; what follows a `#` tells the keys of a till apart.
fn till_of(request: &Request) -> TillNumber {
    let text = |name| request.headers().get(name).unwrap().to_str().unwrap();
    let mut hasher = std::hash::DefaultHasher::new();
    text("x-cashier-token").split('#').next().hash(&mut hasher);
    text("x-device-id").hash(&mut hasher);
    let till_id = i64::from_ne_bytes(hasher.finish().to_ne_bytes());
    TillNumber {
        tenant_id: 1,
        till_id,
    }
}

async fn call_from(throttle: &Throttle, address: [u8; 4], token: &str, device: &str) -> Response {
    let router = Router::new()
        .route("/", any(authenticate))
        .layer(from_fn_with_state(throttle.clone(), super::throttle))
        .with_state(throttle.clone());
    let mut request = Request::get("/")
        .header("x-cashier-token", token)
        .header("x-device-id", device)
        .body(Body::empty())
        .unwrap();
    let peer = ConnectInfo(SocketAddr::from((address, 5)));
    request.extensions_mut().insert(peer);
    router.oneshot(request).await.unwrap()
}

async fn call(throttle: &Throttle, token: &str) -> Response {
    call_from(throttle, [10, 0, 0, 1], token, "pc").await
}

fn header(response: &Response, name: &str) -> Option<u64> {
    response.headers().get(name)?.to_str().ok()?.parse().ok()
}

#[tokio::test]
async fn request_301_of_a_minute_is_one_too_many() {
    let throttle = throttle_of(300, 30);
    for remaining in (0..300).rev() {
        let response = call(&throttle, "right").await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, LIMIT), Some(300));
        assert_eq!(header(&response, REMAINING), Some(remaining));
    }
    let refused = call(&throttle, "right").await;
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, LIMIT), Some(300));
    assert_eq!(header(&refused, REMAINING), Some(0));
    let wait = header(&refused, "retry-after").unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(call(&throttle, "right too").await.status(), 200);
    throttle.forget_run_out();
    assert_eq!(call(&throttle, "right").await.status(), 429);
}

#[tokio::test]
async fn two_keys_of_a_till_have_one_allowance() {
    let throttle = throttle_of(3, 30);
    for (key, remaining) in [("right#old", 2), ("right#new", 1), ("right#old", 0)] {
        let response = call(&throttle, key).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, REMAINING), Some(remaining), "{key}");
    }
    assert_eq!(call(&throttle, "right#new").await.status(), 429);
    assert_eq!(call(&throttle, "right#old").await.status(), 429);
    assert_eq!(call(&throttle, "right too").await.status(), 200);
}

#[tokio::test]
async fn at_a_blocked_address_a_request_waits_briefly_for_its_lookup() {
    let limits = Limits {
        wrong_tokens_per_minute: NonZeroU32::MIN,
        ..Limits::default()
    };
    let throttle = Throttle::with_lookup_wait(limits, Duration::from_millis(10));
    call(&throttle, "guess").await;
    let lookups = throttle.gate.lookups_of_blocked.acquire_many(2).await;
    let refused = call(&throttle, "right").await;
    assert_eq!(refused.status(), 429);
    assert!(header(&refused, "retry-after").is_some());
    assert_eq!(header(&refused, LIMIT), Some(1));
    drop(lookups);
    assert_eq!(call(&throttle, "right").await.status(), 200);
}

#[tokio::test]
async fn a_blocked_address_learns_nothing_but_right_tokens_pass() {
    let throttle = throttle_of(300, 2);
    for guess in 0..2 {
        let refused = call(&throttle, &format!("guess {guess}")).await;
        assert_eq!(refused.status(), 401);
        assert_eq!(header(&refused, LIMIT), Some(2));
        assert_eq!(header(&refused, REMAINING), Some(1 - guess));
    }
    for guess in 2..50 {
        let refused = call(&throttle, &format!("guess {guess}")).await;
        assert_eq!(refused.status(), 429);
        assert!(header(&refused, "retry-after").is_some());
        assert_eq!(header(&refused, REMAINING), Some(0));
        // A till that has sent no request before.
        let honest = call(&throttle, &format!("right {guess}")).await;
        assert_eq!(honest.status(), 200);
        assert_eq!(header(&honest, REMAINING), Some(299));
    }
    assert_eq!(
        call_from(&throttle, [10, 0, 0, 2], "guess", "pc")
            .await
            .status(),
        401
    );
}

#[tokio::test]
async fn another_device_does_not_use_up_the_minute_of_a_till() {
    let throttle = throttle_of(3, 1_000);
    for attempt in 0..10 {
        call_from(&throttle, [10, 0, 0, 2], "right", &format!("pc {attempt}")).await;
    }
    for _ in 0..3 {
        assert_eq!(call(&throttle, "right").await.status(), 200);
    }
    assert_eq!(call(&throttle, "right").await.status(), 429);
}

#[tokio::test]
async fn made_up_tokens_take_no_memory() {
    let throttle = throttle_of(300, 30);
    call(&throttle, "right").await;
    for guess in 0..20_000 {
        call(&throttle, &format!("guess {guess}")).await;
    }
    assert_eq!(throttle.gate.callers().len(), 2, "the till and the address");
    assert_eq!(throttle.limiter.limiter().len(), 1);
}
