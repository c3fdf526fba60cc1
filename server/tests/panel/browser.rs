//! A server with a store, and browsers that use its panel without scripts.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use backend::accounts::{self, Invite, InviteAdmin};
use backend::audit::{Actor, Filter, PlatformActor};
use domain::{Programme, Role};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Method, StatusCode, redirect};
use server::App;
use server::config::{Hosts, Limits, ServicesSettings};
use server::router::router;
use testkit::service::{Service, answers};
use testkit::{Shop, TestDatabase};
use tokio::net::TcpListener;

use crate::till::Till;

/// The password of every person of the tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A server with its own database.
pub(crate) struct Server {
    pub(crate) shop: Shop,
    origin: String,
    app: App,
    /// The services for messages.
    pub(crate) services: Service,
}

/// An answer that each of the services for messages could give.
const EVERY_ANSWER: &str = r#"{"ok":true,"result":{"id":1,"username":"faravon_bot"},
    "access_token":"bearer","expires_in":3599,"name":"projects/p/messages/1","balance":6.07}"#;

impl Server {
    pub(crate) async fn start(database: &TestDatabase) -> Self {
        Self::start_with(database, Hosts::default()).await
    }

    /// Starts a server whose parts have host names.
    pub(crate) async fn start_with(database: &TestDatabase, hosts: Hosts) -> Self {
        let shop = Shop::open(database, Programme::default()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let million = NonZeroU32::new(1_000_000).unwrap();
        let limits = Limits {
            cashier_requests_per_minute: million,
            wrong_tokens_per_minute: million,
            stock_lists_per_hour: million,
            behind_proxy: false,
        };
        let app = App::new(shop.backend.clone(), limits, format!("{origin}/api/v1"));
        let services = Service::start([answers(200, EVERY_ANSWER)]).await;
        let address = || services.address.parse().unwrap();
        let settings = ServicesSettings {
            telegram_url: address(),
            fcm_url: address(),
            fcm_token_url: address(),
            osonsms_url: address(),
            service_timeout: 1,
            ..ServicesSettings::default()
        };
        let app = app.with_hosts(hosts).with_services(settings);
        let service = router(app.clone(), None);
        tokio::spawn(async move {
            let service =
                axum::ServiceExt::<axum::extract::Request>::into_make_service_with_connect_info::<
                    std::net::SocketAddr,
                >(service);
            axum::serve(listener, service).await
        });
        Self {
            shop,
            origin,
            app,
            services,
        }
    }

    /// Writes what the tills did, as the server does every half a minute.
    pub(crate) async fn gather(&self) {
        self.app.gather_activity().await;
    }

    /// Returns a browser without cookies.
    pub(crate) fn browser(&self) -> Browser {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Browser {
            origin: self.origin.clone(),
            http,
            cookies: BTreeMap::new(),
        }
    }

    /// Returns the store's till, which calls the API of this server.
    pub(crate) fn till(&self) -> Till {
        Till::of(&self.shop, format!("{}/api/v1", self.origin))
    }

    /// Returns the path of a new invitation to a store.
    pub(crate) async fn invitation(&self, shop: &Shop, role: Role) -> String {
        let actor = Actor {
            tenant_id: shop.till.tenant_id,
            user_id: None,
            name: "Bonex".to_owned(),
            address: String::new(),
        };
        let invite = Invite {
            actor: &actor,
            name: "Фирӯз",
            role,
            token: &backend::secrets::random_token().unwrap(),
        };
        let secret = self.shop.backend.run(&invite).await.unwrap();
        format!("/panel/invitation/{secret}")
    }

    /// Returns the browser of a new person of the first store, who has signed in.
    pub(crate) async fn person(&self, role: Role, login: &str) -> Browser {
        self.person_of(&self.shop, role, login).await
    }

    /// Returns the browser of a new person of a store, who has signed in.
    pub(crate) async fn person_of(&self, shop: &Shop, role: Role, login: &str) -> Browser {
        let path = self.invitation(shop, role).await;
        let mut browser = self.browser();
        let joined = browser
            .post(
                &path,
                &[
                    ("name", "Фирӯз"),
                    ("login", login),
                    ("password", PASSWORD),
                    ("repeat", PASSWORD),
                ],
            )
            .await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
        browser
    }

    /// Returns the path of a new invitation to the admin console.
    pub(crate) async fn admin_invitation(&self) -> String {
        let actor = &PlatformActor::operator();
        let name = "Анвар";
        let token = &backend::secrets::random_token().unwrap();
        let invite = InviteAdmin { actor, name, token };
        let secret = self.shop.backend.run(&invite).await.unwrap().unwrap();
        format!("/admin/invitation/{secret}")
    }

    /// Returns the acts in the platform's journal, the newest first.
    pub(crate) async fn platform_acts(&self) -> Vec<String> {
        let acts = "SELECT action FROM platform_entries ORDER BY id DESC";
        let rows = self.shop.backend.db.reads().fetch_all(acts, ()).await;
        let rows: Vec<(String,)> = rows.unwrap();
        rows.into_iter().map(|(action,)| action).collect()
    }

    /// Opens a second store on this server.
    pub(crate) async fn second_store(&self) -> Shop {
        let (backend, clock) = (self.shop.backend.clone(), self.shop.clock.clone());
        Shop::open_in(backend, clock, Programme::default()).await
    }

    /// Returns the acts in the store's journal, the newest first.
    pub(crate) async fn acts(&self) -> Vec<String> {
        let tenant_id = self.shop.till.tenant_id;
        let list = backend::audit::list(&self.shop.backend, tenant_id, Filter::default()).await;
        list.unwrap()
            .entries
            .into_iter()
            .map(|entry| entry.action)
            .collect()
    }

    /// Counts the people of the store.
    pub(crate) async fn people(&self) -> usize {
        let people = accounts::people(&self.shop.backend, self.shop.till.tenant_id).await;
        people.unwrap().len()
    }
}

/// A browser with its cookies.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) origin: String,
    http: reqwest::Client,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// An answer to a browser.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// Returns the address that the browser is sent to.
    pub(crate) fn location(&self) -> &str {
        let location = self
            .headers
            .get(LOCATION)
            .map(|value| value.to_str().unwrap());
        location.unwrap_or_default()
    }

    /// Returns whether the answer asks for the password before an act of power.
    pub(crate) fn asks_password(&self) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY && self.body.contains("<h1>Подтвердите")
    }

    /// Returns the address of the first form of the page.
    pub(crate) fn action(&self) -> &str {
        let forms = self.body.split(" method=\"post\" action=\"").skip(1);
        let mut actions = forms.filter_map(|form| form.split('"').next());
        // The frame has a form of its own.
        let action = actions.find(|action| !action.ends_with("/sign-out"));
        action.expect("a form")
    }

    /// Returns the hidden fields of the page: names and values.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.body.split("<input type=\"hidden\" name=\"").skip(1);
        let pair = |input: &str| {
            let (name, rest) = input.split_once('"')?;
            let value = rest.strip_prefix(" value=\"")?.split('"').next()?;
            Some((read(name), read(value)))
        };
        inputs.filter_map(pair).collect()
    }
}

/// Returns the text of an attribute.
fn read(attribute: &str) -> String {
    attribute
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Returns pairs as a form sends them.
pub(crate) fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], &[]).await
    }

    /// Sends a form as a page of this server does.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let origin = self.origin.clone();
        self.send(Method::POST, path, form, &[(ORIGIN.as_str(), &origin)])
            .await
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self
            .http
            .request(method.clone(), format!("{}{path}", self.origin));
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if method == Method::POST {
            let body: Vec<String> = form
                .iter()
                .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
                .collect();
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body.join("&"));
        }
        self.receive(request).await
    }

    /// Sends a form with a file as a page of this server does (RFC 7578).
    pub(crate) async fn upload(&mut self, path: &str, name: &str, content: &[u8]) -> Answer {
        self.upload_to(path, name, content, usize::MAX).await
    }

    /// Sends the first `most` bytes of a form with a file, as if the rest was lost.
    pub(crate) async fn upload_to(
        &mut self,
        path: &str,
        name: &str,
        content: &[u8],
        most: usize,
    ) -> Answer {
        const BOUNDARY: &str = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/csv\r\n\r\n"
        );
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let mut body = [head.as_bytes(), content, tail.as_bytes()].concat();
        body.truncate(most);
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .http
            .post(format!("{}{path}", self.origin))
            .header(COOKIE, cookies.join("; "))
            .header(ORIGIN, self.origin.clone())
            .header(
                "content-type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body);
        self.receive(request).await
    }

    async fn receive(&mut self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, rules) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rules.contains("Max-Age=0;") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = response.bytes().await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status,
            headers,
            body,
            bytes,
        }
    }

    /// Signs in and returns the answer.
    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let form = [("login", login), ("password", password)];
        self.post("/panel/sign-in", &form).await
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
