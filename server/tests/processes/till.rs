//! A till that uses the public API.

use std::time::Duration;

use domain::Programme;
use serde_json::{Value, json};
use testkit::{Shop, TestDatabase};

use crate::process::Process;

/// The phone of the client in all tests.
pub(crate) const PHONE: &str = "+992900000001";

/// A till: its tokens, its device, and the URL of its server.
#[derive(Clone)]
pub(crate) struct Till {
    http: reqwest::Client,
    url: String,
    tenant_token: String,
    cashier_token: String,
    device: String,
    idempotency_key: Option<&'static str>,
}

/// An answer of the server.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The body as JSON.
    pub(crate) body: Value,
    /// The header `Retry-After`, if the answer has it.
    pub(crate) retry_after: Option<String>,
}

impl Answer {
    /// Returns the `code` of the body.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// Opens a store without a hold; returns a server for it and the store's till.
pub(crate) async fn open(database: &TestDatabase) -> (Process, Till) {
    let programme = Programme {
        redeem_hold_seconds: 0,
        bonus_expiry_days: 0,
        ..Programme::default()
    };
    let shop = Shop::open(database, programme).await;
    let server = Process::start(database);
    let till = Till::of(&shop, &server);
    shop.backend.close().await;
    (server, till)
}

impl Till {
    /// Returns the first till of a store.
    pub(crate) fn of(shop: &Shop, server: &Process) -> Self {
        Self {
            http: reqwest::Client::new(),
            url: server.url.clone(),
            tenant_token: shop.tenant_token.clone(),
            cashier_token: shop.cashier_token.clone(),
            device: "pos-1".to_owned(),
            idempotency_key: None,
        }
    }

    /// Returns the same till with another device id.
    pub(crate) fn on_device(&self, device: &str) -> Self {
        Self {
            device: device.to_owned(),
            ..self.clone()
        }
    }

    /// Returns the same till, which sends every request with this idempotency key.
    pub(crate) fn with_key(&self, key: &'static str) -> Self {
        Self {
            idempotency_key: Some(key),
            ..self.clone()
        }
    }

    /// Returns the same till, which sends its requests to another server.
    pub(crate) fn at(&self, server: &Process) -> Self {
        Self {
            url: server.url.clone(),
            ..self.clone()
        }
    }

    /// Sends a request. Returns an error if there is no answer.
    pub(crate) async fn send(
        &self,
        method: reqwest::Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, reqwest::Error> {
        let mut request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.url))
            .header("X-Tenant-Token", &self.tenant_token)
            .header("X-Cashier-Token", &self.cashier_token)
            .header("X-Device-Id", &self.device);
        if let Some(key) = self.idempotency_key {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get("retry-after");
        Ok(Answer {
            status,
            retry_after: retry_after.map(|value| value.to_str().expect("text").to_owned()),
            body: response.json().await?,
        })
    }

    /// Records a sale of 20 to [`PHONE`].
    pub(crate) async fn sell(&self, external_id: &str) -> Answer {
        let sale =
            json!({ "client_phone": PHONE, "total_amount": 20, "external_sale_id": external_id });
        self.post("/cashier/sale", &sale).await
    }

    /// Waits until `/readyz` answers with `status`.
    pub(crate) async fn ready(&self, status: u16) {
        loop {
            let asked = self.http.get(format!("{}/readyz", self.url)).send().await;
            if asked.expect("an answer").status() == status {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Returns the server's address and the bytes of a request with the till's headers.
    pub(crate) fn raw(&self, method: &str, path: &str, body: &str) -> (String, String) {
        let address = self.url.trim_start_matches("http://").to_owned();
        let Self {
            tenant_token,
            cashier_token,
            device,
            ..
        } = self;
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: bonex\r\nx-tenant-token: {tenant_token}\r\n\
             x-cashier-token: {cashier_token}\r\nx-device-id: {device}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        (address, request)
    }

    /// Sends a POST request and expects an answer.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(reqwest::Method::POST, path, Some(body))
            .await
            .expect("an answer")
    }

    /// Sends a GET request and expects an answer.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(reqwest::Method::GET, path, None)
            .await
            .expect("an answer")
    }

    /// Registers [`PHONE`] and gives the client `bonuses` by a sale.
    pub(crate) async fn client_with(&self, bonuses: u32) {
        let made = self
            .post("/cashier/client/register", &json!({ "phone": PHONE }))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        if bonuses > 0 {
            let sale = json!({ "client_phone": PHONE, "total_amount": bonuses * 20 });
            let sold = self.post("/cashier/sale", &sale).await;
            assert_eq!(
                (sold.status, &sold.body["data"]["new_balance"]),
                (201, &json!(bonuses))
            );
        }
    }

    /// Returns the balance that a lookup shows.
    pub(crate) async fn balance(&self) -> Value {
        self.get("/cashier/client/%2B992900000001").await.body["data"]["bonus_balance"].clone()
    }
}

/// Sends all bodies at once, each over its own connection, from the tills in turn.
pub(crate) async fn all_at_once(
    tills: &[Till],
    path: &'static str,
    bodies: Vec<Value>,
) -> Vec<Answer> {
    let sending: Vec<_> = bodies
        .into_iter()
        .zip(tills.iter().cycle().cloned())
        .map(|(body, till)| tokio::spawn(async move { till.post(path, &body).await }))
        .collect();
    let mut answers = Vec::new();
    for sent in sending {
        answers.push(sent.await.expect("a task"));
    }
    answers
}

/// Returns how many answers have this status.
pub(crate) fn count(answers: &[Answer], status: u16) -> usize {
    answers
        .iter()
        .filter(|answer| answer.status == status)
        .count()
}
