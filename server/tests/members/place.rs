//! A store on a server whose services are local.

use std::num::NonZeroU32;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use axum::response::Response;
use domain::Programme;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use server::App;
use server::config::{Limits, ServicesSettings};
use server::router::router;
use testkit::service::{Service, answers};
use testkit::{Shop, TestDatabase};
use tower::ServiceExt as _;

pub(crate) const PHONE: &str = "+992901234567";
pub(crate) const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// A store, the services, and the router of its server.
pub(crate) struct Place {
    pub(crate) shop: Shop,
    pub(crate) telegram: Service,
    pub(crate) sms: Service,
    router: Router,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) text: String,
    pub(crate) cookie: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) policy: Option<String>,
    pub(crate) retry_after: Option<String>,
}

impl Reply {
    pub(crate) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn data(&self) -> &Value {
        assert!(self.status < 300, "{self:?}");
        &self.json["data"]
    }
}

impl Place {
    pub(crate) async fn start(database: &TestDatabase) -> Self {
        let programme = Programme {
            redeem_hold_seconds: 0,
            welcome_bonus: testkit::money("20"),
            referral_bonus: testkit::money("15"),
            ..Programme::default()
        };
        let shop = Shop::open(database, programme).await;
        let telegram =
            Service::start([answers(200, r#"{"ok":true,"result":{"message_id":1}}"#)]).await;
        let sms = Service::start([answers(201, r#"{"status":"ok","msg_id":1}"#)]).await;
        let services = ServicesSettings {
            telegram_url: telegram.address.parse().unwrap(),
            telegram_token: Some(TOKEN.to_owned()),
            osonsms_url: sms.address.parse().unwrap(),
            osonsms_login: Some("bonex".to_owned()),
            osonsms_sender: Some("BONEX".to_owned()),
            osonsms_token: Some("t0ken".to_owned()),
            service_timeout: 1,
            ..ServicesSettings::default()
        };
        let most = NonZeroU32::new(1_000_000).unwrap();
        let limits = Limits {
            cashier_requests_per_minute: most,
            wrong_tokens_per_minute: most,
            stock_lists_per_hour: most,
            // So that tests may come from several addresses.
            behind_proxy: true,
        };
        let app = App::new(shop.backend.clone(), limits, String::new()).with_services(services);
        Self {
            shop,
            telegram,
            sms,
            router: router(app, None),
        }
    }

    pub(crate) fn store(&self) -> i64 {
        self.shop.till.tenant_id
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "x-forwarded-for") {
            request = request.header("x-forwarded-for", "198.51.100.7");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Value::Null => String::new(),
            // A form.
            Value::String(form) => form.clone(),
            body => body.to_string(),
        };
        let request = request.body(Body::from(body)).unwrap();
        let answer: Response = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let header = |name| {
            let value = answer.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        let (cookie, location) = (header("set-cookie"), header("location"));
        let policy = header("content-security-policy");
        let retry_after = answer.headers().get("retry-after");
        let retry_after = retry_after.map(|value| value.to_str().unwrap().to_owned());
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Reply {
            status,
            json: serde_json::from_slice(&bytes).unwrap_or_default(),
            text: String::from_utf8(bytes.to_vec()).unwrap(),
            cookie,
            location,
            policy,
            retry_after,
        }
    }

    /// Sends a request of the client API from an address.
    pub(crate) async fn post(&self, path: &str, token: &str, body: Value) -> Reply {
        self.post_from("198.51.100.7", path, token, body).await
    }

    pub(crate) async fn post_from(
        &self,
        address: &str,
        path: &str,
        token: &str,
        body: Value,
    ) -> Reply {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-forwarded-for", address),
        ];
        let path = format!("/api/v1/client/{path}");
        self.ask(Method::POST, &path, &headers, &body).await
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Reply {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        let path = format!("/api/v1/client/{path}");
        self.ask(Method::GET, &path, &headers, &Value::Null).await
    }

    /// Asks for a code. Returns the one that went out by SMS.
    pub(crate) async fn code(&self, phone: &str) -> String {
        self.sms.forget();
        let asked = json!({"store": self.store(), "phone": phone});
        let reply = self.post("otp/request", "", asked).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        self.sent_code()
    }

    /// Returns the code of the last SMS.
    pub(crate) fn sent_code(&self) -> String {
        let sms = self.sms.arrived().pop().expect("an SMS");
        let mut pairs = sms.query.split('&').filter_map(|pair| pair.split_once('='));
        let (_, text) = pairs.find(|(name, _)| *name == "msg").unwrap();
        text.chars().take(6).collect()
    }

    /// Signs a client in. Returns the token.
    pub(crate) async fn sign_in(&self, phone: &str) -> String {
        let code = self.code(phone).await;
        let sent = json!({"store": self.store(), "phone": phone, "code": code});
        let reply = self.post("otp/verify", "", sent).await;
        reply.data()["token"].as_str().unwrap().to_owned()
    }
}
