//! A server on its own socket, and tills that call it.

use std::num::NonZeroU32;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use backend::stores;
use domain::Programme;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use server::App;
use server::config::Limits;
use server::router::{metrics, router};
use testkit::{Shop, TestDatabase};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::reply::{Documented, Reply};

/// The device id of a till, unless a test sets another.
pub(crate) const DEVICE: &str = "till-pc";

/// The phone of the client that tests use.
pub(crate) const PHONE: &str = "+992901234567";

/// The hold of earned bonuses in the default programme, in seconds.
pub(crate) const HOLD_SECONDS: i64 = 86_400;

/// A server in this process with the real router and its own database. It ends with the test.
pub(crate) struct Server {
    /// The store of the first till, with the database, the clock and the backend of the server.
    pub(crate) shop: Shop,
    address: Address,
    app: App,
}

/// The address of a server, with an HTTP client for it.
#[derive(Clone)]
pub(crate) struct Address {
    /// `http://127.0.0.1:41234`
    origin: String,
    http: reqwest::Client,
    documented: Documented,
}

/// A caller that sends the same headers with every request: a till, a back office, or a caller
/// without tokens.
#[derive(Clone)]
pub(crate) struct Till {
    address: Address,
    headers: HeaderMap,
}

/// Returns a programme whose bonuses can be spent at once.
pub(crate) fn without_hold() -> Programme {
    Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    }
}

/// Returns limits that no test reaches by accident.
pub(crate) fn no_limits() -> Limits {
    Limits {
        cashier_requests_per_minute: NonZeroU32::new(1_000_000).unwrap(),
        wrong_tokens_per_minute: NonZeroU32::new(1_000_000).unwrap(),
        stock_lists_per_hour: NonZeroU32::new(1_000_000).unwrap(),
        behind_proxy: false,
    }
}

impl Server {
    /// Serves a new store with `programme`.
    pub(crate) async fn start(database: &TestDatabase, programme: Programme) -> Self {
        Self::start_limited(database, programme, no_limits()).await
    }

    /// Serves a new store with `limits` for its callers.
    pub(crate) async fn start_limited(
        database: &TestDatabase,
        programme: Programme,
        limits: Limits,
    ) -> Self {
        let shop = Shop::open(database, programme).await;
        let (address, app) = serve(&shop, limits).await;
        Self { shop, address, app }
    }

    /// Returns the store's first till, on [`DEVICE`].
    pub(crate) fn till(&self) -> Till {
        self.till_of(&self.shop)
    }

    /// Returns the first till of another store on this server.
    pub(crate) fn till_of(&self, shop: &Shop) -> Till {
        Till::new(&self.address, &shop.tenant_token, &shop.cashier_token)
    }

    /// Adds a second till to the store; returns its id and the till.
    pub(crate) async fn second_till(&self) -> (i64, Till) {
        let stores::Created { id, token } = self.shop.add_till("Касса 2").await;
        (
            id,
            Till::new(&self.address, &self.shop.tenant_token, &token),
        )
    }

    /// Opens a second store on this server.
    pub(crate) async fn second_store(&self, programme: Programme) -> Shop {
        Shop::open_in(
            self.shop.backend.clone(),
            self.shop.clock.clone(),
            programme,
        )
        .await
    }

    /// Returns the store's back office, which has only the tenant token.
    pub(crate) fn office(&self) -> Till {
        self.till()
            .without("x-cashier-token")
            .without("x-device-id")
    }

    /// Returns a caller that sends no tokens and no device id.
    pub(crate) fn stranger(&self) -> Till {
        self.office().without("x-tenant-token")
    }

    /// Returns the counters, as their separate listener shows them.
    pub(crate) async fn counters(&self) -> String {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let counters = metrics(self.app.clone()).oneshot(request).await.unwrap();
        let kind = counters.headers()["content-type"].to_str().unwrap();
        assert!(kind.starts_with("text/plain"), "{kind}");
        let text = to_bytes(counters.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(text.to_vec()).unwrap()
    }

    /// Returns the state of the server.
    pub(crate) const fn app(&self) -> &App {
        &self.app
    }

    /// Returns the address on which the server listens.
    pub(crate) fn address(&self) -> &Address {
        &self.address
    }
}

async fn serve(shop: &Shop, limits: Limits) -> (Address, App) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let api_url = "http://127.0.0.1:3000/api/v1".to_owned();
    let app = App::new(shop.backend.clone(), limits, api_url);
    let router = router(app.clone(), None);
    tokio::spawn(server::serve::serve(
        listener,
        router,
        std::future::pending(),
    ));
    (Address::of(origin).await, app)
}

impl Address {
    async fn of(origin: String) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let document = http.get(format!("{origin}/api/v1/openapi.json"));
        let document = document.send().await.unwrap().text().await.unwrap();
        Self {
            origin,
            http,
            documented: Documented::read(&document),
        }
    }

    /// Returns the host and port.
    pub(crate) fn authority(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }
}

impl Till {
    /// Creates a till with these tokens, on [`DEVICE`].
    pub(crate) fn new(address: &Address, tenant_token: &str, cashier_token: &str) -> Self {
        let stranger = Self {
            address: address.clone(),
            headers: HeaderMap::new(),
        };
        stranger
            .with("x-tenant-token", tenant_token)
            .with("x-cashier-token", cashier_token)
            .with("x-device-id", DEVICE)
    }

    /// Returns the same caller with another value of a header.
    pub(crate) fn with(&self, header: &'static str, value: &str) -> Self {
        let mut changed = self.clone();
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        changed
            .headers
            .insert(HeaderName::from_static(header), value);
        changed
    }

    /// Returns the same caller without a header.
    pub(crate) fn without(&self, header: &'static str) -> Self {
        let mut changed = self.clone();
        changed.headers.remove(header);
        changed
    }

    /// Sends a GET request to `path`, which is relative to `/api/v1`.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, &format!("/api/v1{path}"), |request| request)
            .await
    }

    /// Looks up a client.
    pub(crate) async fn lookup(&self, identifier: &str, check_amount: Option<&str>) -> Reply {
        let identifier = identifier.replace('+', "%2B");
        let query = check_amount.map(|amount| format!("?check_amount={amount}"));
        self.get(&format!(
            "/cashier/client/{identifier}{}",
            query.unwrap_or_default()
        ))
        .await
    }

    /// Posts JSON to `path`, which is relative to `/api/v1`.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.post_text(path, body.to_string()).await
    }

    /// Posts any bytes as JSON.
    pub(crate) async fn post_text(&self, path: &str, body: impl Into<reqwest::Body>) -> Reply {
        self.send(Method::POST, &format!("/api/v1{path}"), |request| {
            request
                .header("content-type", "application/json")
                .body(body)
        })
        .await
    }

    /// Sends any request to any path of the server.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        finish: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Reply {
        let url = format!("{}{path}", self.address.origin);
        let request = self.address.http.request(method.clone(), url);
        let answer = finish(request.headers(self.headers.clone())).send().await;
        let reply = Reply::read(answer.expect("an answer")).await;
        reply.check(&method, path, &self.address.documented);
        reply
    }

    /// Returns a header of the caller's requests.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// Sends the preflight request with which a browser asks whether a page of another site may
    /// send a request.
    pub(crate) async fn preflight(&self, path: &str) -> Reply {
        let url = format!("{}{path}", self.address.origin);
        let request = self.address.http.request(Method::OPTIONS, url);
        let answer = request.headers(self.headers.clone()).send().await;
        Reply::read(answer.expect("an answer")).await
    }

    /// Registers a client by phone.
    pub(crate) async fn register(&self, phone: &str) -> Reply {
        let reply = self
            .post("/cashier/client/register", json!({ "phone": phone }))
            .await;
        assert_eq!(reply.status, 201, "{reply}");
        reply
    }

    /// Records a sale of `total` somoni that redeems `redeem` bonuses.
    pub(crate) async fn sell(&self, phone: &str, total: &str, redeem: &str, id: &str) -> Reply {
        let body = json!({
            "client_phone": phone,
            "total_amount": total,
            "bonus_redeem_amount": redeem,
            "external_sale_id": id,
        });
        self.post("/cashier/sale", body).await
    }

    /// Returns the `bonus_balance` of a lookup.
    pub(crate) async fn balance(&self, phone: &str) -> Value {
        let reply = self.lookup(phone, None).await;
        assert_eq!(reply.status, 200, "{reply}");
        reply.body["data"]["bonus_balance"].clone()
    }
}
