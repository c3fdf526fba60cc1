//! The pages of the admin console about stores and about the platform.

use app::admin::urls::Url;
use backend::Backend;
use backend::secrets::{random_token, token_hash};
use reqwest::Client;
use reqwest::header::{ACCEPT_ENCODING, COOKIE};

/// Returns the pages about stores, those about this one, and those about the platform.
pub(crate) fn pages(store: i64) -> Vec<String> {
    let stores = Url::Stores;
    vec![
        stores.to_string(),
        stores.with_query(&[("q", "Душанбе")]),
        stores.with_query(&[("group", "silent"), ("after", "0.1")]),
        stores.with_query(&[("as", "csv")]),
        Url::Journal.to_string(),
        Url::Health.to_string(),
        Url::Admins.to_string(),
        Url::SecondStep.to_string(),
        Url::NewStore.to_string(),
        Url::Store(store).to_string(),
        Url::Activity(store).to_string(),
        Url::TillActivity(store, 4).to_string(),
        Url::Signs.to_string(),
        Url::EditStore(store).to_string(),
        Url::SuspendStore(store).to_string(),
        Url::UnbindTill(store, 1).to_string(),
    ]
}

/// An admin who is signed in.
pub(crate) struct Admin {
    http: Client,
    origin: String,
    cookie: String,
}

/// Gives the demo's admin a session.
pub(crate) async fn sign_in(backend: &Backend, origin: &str) -> Admin {
    let insert =
        "INSERT INTO admin_sessions (token_hash, admin_id, user_agent, address, created_at,
            seen_at, confirmed_at)
        SELECT $1, MIN(id), '', '', $2, $2, $2 FROM admins";
    let token = random_token().unwrap();
    let params = (token_hash(&token), backend.clock.now().micros());
    let inserted = backend.db.writes().execute(insert, params).await;
    inserted.unwrap().exactly(1).unwrap();
    Admin {
        http: Client::new(),
        origin: origin.to_owned(),
        cookie: format!("admin={token}"),
    }
}

impl Admin {
    /// Opens a page. Returns the bytes that were sent.
    pub(crate) async fn open(&self, path: &str) -> usize {
        let request = self
            .http
            .get(format!("{}{path}", self.origin))
            .header(COOKIE, &self.cookie)
            .header(ACCEPT_ENCODING, "gzip");
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let is_missing = path.contains("/tills/") && status == 404;
        assert!(status.is_success() || is_missing, "{path}: {status}");
        assert!(!answer.url().path().contains("sign-in"), "{path}");
        answer.bytes().await.unwrap().len()
    }
}
