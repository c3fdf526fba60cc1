//! The vectors of the contract: `docs/conformance.json`, which integrators read too. The file says
//! what its parts mean.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Deserialize;
use serde_json::Value;

const FILE: &str = include_str!("../../../docs/conformance.json");

/// A language of the vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Russian
    Ru,
    /// English
    En,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Words {
    ru: String,
    en: String,
}

impl Words {
    pub(super) fn of(&self, language: Language) -> &str {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

/// The file.
#[derive(Debug, Deserialize)]
pub(super) struct Vectors {
    pub(super) vectors: Vec<Vector>,
    /// Sent when everything that the run has recorded is undone.
    pub(super) after: Vec<Vector>,
}

/// A request with its expected answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vector {
    pub(super) name: String,
    pub(super) why: Words,
    /// `false` if it is only an example.
    #[serde(default = "yes")]
    pub(super) live: bool,
    /// `true` if the bonuses of the sales before should be spendable, after a short hold.
    #[serde(default)]
    pub(super) waits: bool,
    pub(super) needs: Option<Need>,
    pub(super) request: Request,
    pub(super) expect: Expected,
    /// Variables of the following requests: names, and paths in the answer.
    #[serde(default)]
    pub(super) save: BTreeMap<String, String>,
}

/// A variable that must be known and above zero.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Need {
    pub(super) variable: String,
    pub(super) why: Words,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    /// Headers in place of the till's; `None` leaves one out.
    #[serde(default)]
    pub(super) headers: BTreeMap<String, Option<String>>,
    pub(super) body: Option<Value>,
    /// A body that is sent as it is.
    pub(super) text: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// A status, or a list of statuses.
    pub(super) status: Value,
    pub(super) body: Option<Value>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
}

impl Expected {
    pub(super) fn has_status(&self, status: u16) -> bool {
        let is = |known: &Value| known.as_u64() == Some(u64::from(status));
        match &self.status {
            Value::Array(statuses) => statuses.iter().any(is),
            one => is(one),
        }
    }
}

fn yes() -> bool {
    true
}

/// Reads the file.
///
/// # Errors
/// If it is malformed.
pub(super) fn read() -> serde_json::Result<Vectors> {
    serde_json::from_str(FILE)
}
