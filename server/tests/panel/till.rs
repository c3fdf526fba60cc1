//! A till that calls the API of the server whose panel is tested.

use reqwest::StatusCode;
use testkit::Shop;

/// A till that calls the API.
#[derive(Clone)]
pub(crate) struct Till {
    api: String,
    tenant_token: String,
    cashier_token: String,
    device: String,
    program: String,
    http: reqwest::Client,
}

impl Till {
    /// Returns the first till of a store, on the device `pc`.
    pub(crate) fn of(shop: &Shop, api: String) -> Self {
        Self {
            api,
            tenant_token: shop.tenant_token.clone(),
            cashier_token: shop.cashier_token.clone(),
            device: "pc".to_owned(),
            program: "Test+Till/2.1 (anything)".to_owned(),
            http: reqwest::Client::new(),
        }
    }

    /// Returns the same till with another `User-Agent`.
    pub(crate) fn calling_itself(&self, program: &str) -> Self {
        Self {
            program: program.to_owned(),
            ..self.clone()
        }
    }

    /// Returns the same key on another device.
    pub(crate) fn on(&self, device: &str) -> Self {
        Self {
            device: device.to_owned(),
            ..self.clone()
        }
    }

    pub(crate) async fn get(&self, path: &str) -> StatusCode {
        self.send(self.http.get(format!("{}{path}", self.api)))
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: serde_json::Value) -> StatusCode {
        let request = self.http.post(format!("{}{path}", self.api));
        self.send(request.body(body.to_string())).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> StatusCode {
        let request = request
            .header("x-tenant-token", &self.tenant_token)
            .header("x-cashier-token", &self.cashier_token)
            .header("x-device-id", &self.device)
            .header("user-agent", &self.program);
        request.send().await.unwrap().status()
    }
}
