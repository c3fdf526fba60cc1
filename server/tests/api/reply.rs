//! An answer of the server, with the checks that apply to every answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

/// An answer of the server.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body as text.
    pub(crate) text: String,
    /// The body as JSON; null if it is not JSON.
    pub(crate) body: Value,
}

/// The statuses that the API document lists for each operation.
#[derive(Clone)]
pub(crate) struct Documented(Arc<BTreeMap<(String, String), BTreeSet<u16>>>);

/// Compares a whole answer, status and body, with an inline snapshot. Both engines must give the
/// same answer.
macro_rules! assert_answer {
    ($reply:expr, @$snapshot:literal) => {{
        let reply: $crate::reply::Reply = $reply;
        insta::allow_duplicates! {
            insta::assert_snapshot!(reply.to_string(), @$snapshot);
        }
    }};
}
pub(crate) use assert_answer;

impl Reply {
    pub(crate) async fn read(answer: reqwest::Response) -> Self {
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let text = String::from_utf8(answer.bytes().await.unwrap().to_vec());
        let text = text.expect("an answer in UTF-8");
        Self {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }

    /// Returns the text of a header, empty if the header is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the code of a refusal.
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Returns the data of the answer.
    pub(crate) fn data(&self) -> &Value {
        &self.body["data"]
    }

    /// Fails the test if the answer breaks a rule that applies to every answer.
    pub(crate) fn check(&self, method: &Method, path: &str, documented: &Documented) {
        let is_told = self.status == 503 && path == "/readyz";
        assert!(self.status < 500 || is_told, "{method} {path}: {self}");
        assert!(
            !self.header("x-request-id").is_empty(),
            "{method} {path}: {self}"
        );
        assert_eq!(
            self.header("x-content-type-options"),
            "nosniff",
            "{method} {path}"
        );
        let is_envelope = path.starts_with("/api/")
            && !path.starts_with("/api/docs")
            && path != "/api/v1/openapi.json";
        if is_envelope && method != Method::HEAD {
            self.check_envelope(method, path);
        }
        if let Some(statuses) = documented.statuses(method, path) {
            let known = statuses.contains(&self.status);
            assert!(known, "not in the document: {method} {path}: {self}");
        }
        if is_envelope && path.starts_with("/api/v1/") {
            for header in ["x-ratelimit-limit", "x-ratelimit-remaining"] {
                assert!(!self.header(header).is_empty(), "{method} {path}: {self}");
            }
        }
    }

    fn check_envelope(&self, method: &Method, path: &str) {
        let kind = self.header("content-type");
        assert_eq!(
            kind, "application/json; charset=utf-8",
            "{method} {path}: {self}"
        );
        let success = self.status < 300;
        assert_eq!(
            self.body["success"],
            json!(success),
            "{method} {path}: {self}"
        );
        let names: BTreeSet<&str> = self
            .body
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        if success {
            assert_eq!(
                names,
                BTreeSet::from(["data", "success"]),
                "{method} {path}"
            );
        } else {
            let sentence = self.body["error"]
                .as_str()
                .expect("a sentence for the cashier");
            let russian = sentence.chars().any(|letter| ('а'..='я').contains(&letter));
            assert!(russian, "{method} {path}: {self}");
            assert!(!self.code().is_empty(), "{method} {path}: {self}");
            let known = BTreeSet::from(["code", "data", "error", "fields", "success"]);
            assert!(names.is_subset(&known), "{method} {path}: {self}");
        }
    }
}

/// Writes the status and the body exactly as received, with line breaks between fields when a line
/// is full.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WIDTH: usize = 100;
        write!(f, "{} ", self.status)?;
        let mut column = 0;
        // In a JSON string a quote is escaped, so a comma before an unescaped quote is between
        // fields.
        for (number, field) in self.text.split(",\"").enumerate() {
            let length = field.chars().count();
            match number {
                0 => f.write_str(field)?,
                _ if column + length > WIDTH => {
                    column = 0;
                    write!(f, ",\n\"{field}")?;
                }
                _ => write!(f, ",\"{field}")?,
            }
            column += length + 2;
        }
        Ok(())
    }
}

impl Documented {
    /// Reads the statuses from an API document.
    pub(crate) fn read(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).expect("the OpenAPI document");
        let mut statuses = BTreeMap::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let named = operation["responses"].as_object().unwrap().keys();
                let named = named.map(|status| status.parse().unwrap()).collect();
                statuses.insert((path.clone(), method.to_uppercase()), named);
            }
        }
        Self(Arc::new(statuses))
    }

    /// Returns the statuses of the operation of a request.
    fn statuses(&self, method: &Method, path: &str) -> Option<&BTreeSet<u16>> {
        let path = path.split('?').next().unwrap_or_default();
        let of = |template: &str| {
            self.0
                .get(&(template.to_owned(), method.as_str().to_owned()))
        };
        of(path).or_else(|| {
            let (parent, _) = path.rsplit_once('/')?;
            of(&format!("{parent}/{{identifier}}"))
        })
    }
}
