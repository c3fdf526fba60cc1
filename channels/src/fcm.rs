//! Firebase Cloud Messaging, HTTP v1
//! (<https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages>).

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hyper::Method;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use url::form_urlencoded::Serializer;

use crate::http::{Answer, Call, wait};
use crate::{Accepted, Address, Fault, Http, NotAccepted};

/// The default address of the service.
pub const ADDRESS: &str = "https://fcm.googleapis.com";
/// The default address that gives access tokens.
pub const TOKEN_ADDRESS: &str = "https://oauth2.googleapis.com/token";

const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// The longest life that the service accepts for a signed request, in seconds.
const ASSERTION_SECONDS: i64 = 3_600;
/// A token is renewed as long before its end.
const EARLY: Duration = Duration::from_mins(5);
/// The type of the error detail that names what is wrong with a device's token.
const FCM_ERROR: &str = "google.firebase.fcm.v1.FcmError";

/// The account of a Firebase project: what its file says.
#[derive(Clone, Serialize, Deserialize)]
pub struct Account {
    /// The project's id.
    pub project_id: String,
    /// The account's name.
    pub client_email: String,
    /// The number of the key.
    #[serde(default)]
    pub private_key_id: String,
    /// The private key in PEM.
    pub private_key: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Account({})", self.project_id)
    }
}

/// Why a file is no account of Firebase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAccount {
    /// It is no JSON, or lacks the project, the name or the key.
    NotAnAccount,
    /// Its key is no RSA key.
    BadKey,
}

impl Account {
    /// Reads the file that the Firebase console gives.
    ///
    /// # Errors
    /// [`BadAccount`].
    pub fn parse(file: &str) -> Result<Self, BadAccount> {
        let account: Self = serde_json::from_str(file).map_err(|_| BadAccount::NotAnAccount)?;
        let is_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_project =
            (1..=64).contains(&account.project_id.len()) && account.project_id.bytes().all(is_id);
        if !is_project || !account.client_email.contains('@') {
            return Err(BadAccount::NotAnAccount);
        }
        account.key().ok_or(BadAccount::BadKey)?;
        Ok(account)
    }

    fn key(&self) -> Option<RsaKeyPair> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(self.private_key.as_bytes()).ok()?;
        RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok()
    }

    /// Returns a request for an access token, signed by RS256 (RFC 7523). `now` is in seconds since
    /// 1970.
    fn assertion(&self, audience: &str, now: i64) -> Option<String> {
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": self.private_key_id});
        let claims = json!({
            "iss": self.client_email,
            "scope": SCOPE,
            "aud": audience,
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let key = self.key()?;
        let mut signature = vec![0; key.public().modulus_len()];
        let random = SystemRandom::new();
        key.sign(
            &RSA_PKCS1_SHA256,
            &random,
            signed.as_bytes(),
            &mut signature,
        )
        .ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// A project. Cheap to clone; the clones share the access token.
#[derive(Clone, Debug)]
pub struct Project {
    http: Http,
    address: Address,
    token_address: Address,
    account: Arc<Account>,
    bearer: Arc<Mutex<Option<Bearer>>>,
}

#[derive(Clone)]
struct Bearer {
    token: String,
    until: Instant,
}

impl std::fmt::Debug for Bearer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Bearer")
    }
}

/// A notification for a device.
#[derive(Clone, Debug)]
pub struct Push<'a> {
    /// The token of the app on the device.
    pub device: &'a str,
    /// The first line.
    pub title: &'a str,
    /// The text.
    pub body: &'a str,
    /// A notification with the same tag takes the place of an earlier one. At most 64 bytes.
    pub tag: &'a str,
    /// The kind of message: an offline device gets the last one of each kind.
    pub kind: &'a str,
}

impl Project {
    /// Makes a client of a project.
    pub fn new(http: &Http, address: &Address, token_address: &Address, account: Account) -> Self {
        Self {
            http: http.clone(),
            address: address.clone(),
            token_address: token_address.clone(),
            account: Arc::new(account),
            bearer: Arc::default(),
        }
    }

    /// Sends a notification. One request; one more for a new access token. `now` is in seconds
    /// since 1970.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn send(&self, push: &Push<'_>, now: i64) -> Result<Accepted, NotAccepted> {
        let message = json!({"message": {
            "token": push.device,
            "notification": {"title": push.title, "body": push.body},
            "data": {"kind": push.kind, "tag": push.tag},
            "android": {"collapse_key": push.kind, "notification": {"tag": push.tag}},
            "apns": {"headers": {"apns-collapse-id": push.tag}},
        }});
        let answer = self.authorized(&message, now).await?;
        let json = answer.json().unwrap_or_default();
        match json.get("name").and_then(Value::as_str) {
            Some(name) if answer.status == 200 => Ok(Accepted {
                reference: name.rsplit('/').next().map(str::to_owned),
                parts: 0,
            }),
            _ => Err(refusal(&answer, &json)),
        }
    }

    /// Asks the service to check a message that it does not send, which proves the account and its
    /// right to send. Two requests.
    ///
    /// # Errors
    /// [`NotAccepted`].
    pub async fn check(&self, now: i64) -> Result<(), NotAccepted> {
        *self.bearer.lock().await = None;
        let message = json!({"validate_only": true, "message": {
            "topic": "bonex-check",
            "notification": {"title": "Bonex", "body": "Bonex"},
        }});
        let answer = self.authorized(&message, now).await?;
        let json = answer.json().unwrap_or_default();
        if answer.status == 200 && json.get("name").is_some() {
            return Ok(());
        }
        Err(refusal(&answer, &json))
    }

    /// Sends a message with the access token. A token that is no longer good is renewed once.
    async fn authorized(&self, message: &Value, now: i64) -> Result<Answer, NotAccepted> {
        let bearer = self.bearer(now).await?;
        let answer = self.post(message, &bearer).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        *self.bearer.lock().await = None;
        let bearer = self.bearer(now).await?;
        self.post(message, &bearer).await
    }

    async fn post(&self, message: &Value, bearer: &str) -> Result<Answer, NotAccepted> {
        let path = format!("/v1/projects/{}/messages:send", self.account.project_id);
        let call = Call {
            method: Method::POST,
            url: self.address.at(&path),
            bearer: Some(bearer),
            body: Some(("application/json", message.to_string())),
        };
        self.http.send(call).await
    }

    /// Returns the access token. While one request asks for it, others wait for its answer.
    async fn bearer(&self, now: i64) -> Result<String, NotAccepted> {
        let mut kept = self.bearer.lock().await;
        if let Some(bearer) = kept.as_ref().filter(|bearer| Instant::now() < bearer.until) {
            return Ok(bearer.token.clone());
        }
        let assertion = self.account.assertion(self.token_address.as_str(), now);
        let assertion = assertion.ok_or(NotAccepted::Settings(Fault::AccountKey))?;
        let form = Serializer::new(String::new())
            .append_pair("grant_type", GRANT)
            .append_pair("assertion", &assertion)
            .finish();
        let answer = self.http.send(Call {
            method: Method::POST,
            url: self.token_address.as_str().to_owned(),
            bearer: None,
            body: Some(("application/x-www-form-urlencoded", form)),
        });
        // Without a token nothing was sent, no matter what happened to this request.
        let answer = answer
            .await
            .map_err(|error| NotAccepted::Later(error.fault()))?;
        let json = answer.json().unwrap_or_default();
        let token = json.get("access_token").and_then(Value::as_str);
        match (answer.status, token) {
            (200, Some(token)) => {
                let seconds = json.get("expires_in").and_then(Value::as_u64).unwrap_or(0);
                let life = Duration::from_secs(seconds.min(3_600)).saturating_sub(EARLY);
                *kept = Some(Bearer {
                    token: token.to_owned(),
                    until: Instant::now() + life,
                });
                Ok(token.to_owned())
            }
            (400 | 401 | 403, _) => Err(NotAccepted::Settings(Fault::AccountKey)),
            (429, _) => Err(wait(answer.retry_after())),
            (500.., _) => Err(NotAccepted::Later(Fault::ServiceFailed)),
            _ => Err(NotAccepted::Later(Fault::BadAnswer)),
        }
    }
}

fn refusal(answer: &Answer, json: &Value) -> NotAccepted {
    let details = json.pointer("/error/details").and_then(Value::as_array);
    let mut details = details.into_iter().flatten();
    let kind = |detail: &&Value| {
        let kind = detail.get("@type").and_then(Value::as_str);
        kind.is_some_and(|kind| kind.ends_with(FCM_ERROR))
    };
    let code = details
        .find(kind)
        .and_then(|detail| detail.get("errorCode"));
    let code = code.and_then(Value::as_str).unwrap_or_default();
    match (answer.status, code) {
        (429, _) => wait(answer.retry_after()),
        (503, _) if answer.retry_after().is_some() => wait(answer.retry_after()),
        (500.., _) => NotAccepted::Later(Fault::ServiceFailed),
        (_, "UNREGISTERED") => NotAccepted::Address(Fault::AppRemoved),
        // The token of another project or of no project; other faults of the request are ours.
        (400, "INVALID_ARGUMENT") | (403, "SENDER_ID_MISMATCH") => {
            NotAccepted::Address(Fault::DeviceToken)
        }
        (401, _) => NotAccepted::Settings(Fault::AccountKey),
        (403 | 404, _) => NotAccepted::Settings(Fault::AccountProject),
        (400, _) if json.get("error").is_some() => NotAccepted::Message(Fault::Refused),
        (200..300, _) => NotAccepted::Unsure(Fault::BadAnswer),
        _ => NotAccepted::Later(Fault::BadAnswer),
    }
}
