//! A run of the vectors.

use std::process::ExitCode;
use std::time::Duration;

use app::console::urls;
use app::ui::format::fill;
use backend::{Clock as _, SystemClock};
use domain::Money;
use serde_json::Value;
use uuid::Uuid;

use super::matching::differences;
use super::places::Places;
use super::undo::{Recorded, is_undone};
use super::vectors::{Language, Vector, Vectors};
use super::words::{Texts, texts};
use crate::http_client::Api;
use crate::say::say;

/// The sum of a sale, if the programme takes no larger minimum.
const LEAST_TOTAL: Money = Money::from_somoni(10);
/// The longest hold, in seconds, that a run waits for.
const LONGEST_HOLD: u64 = 5;
/// The name of this program for the till doctor.
const AGENT: &str = concat!("Bonex-conformance/", env!("CARGO_PKG_VERSION"));
/// The most characters of an answer that are printed.
const MOST_PRINTED: usize = 400;

/// A run.
pub(super) struct Run {
    api: Api,
    /// The keys of the store and of the till.
    keys: [String; 2],
    device: String,
    language: Language,
    t: &'static Texts,
    places: Places,
    recorded: Recorded,
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Run {
    pub(super) fn new(api: Api, keys: [String; 2], phone: &str, language: Language) -> Self {
        let [tenant, cashier] = keys.each_ref().map(|key| key.to_uppercase());
        let device = format!("conformance-{}", Uuid::new_v4());
        let mut places = Places::default();
        let digits = phone.trim_start_matches('+');
        let (country, nine) = digits.split_at_checked(3).unwrap_or((digits, ""));
        let (first, rest) = nine.split_at_checked(2).unwrap_or((nine, ""));
        // A country code that is not assigned, and digits that nobody has.
        let random = Uuid::new_v4().as_u128() % 100_000_000_000;
        for (name, value) in [
            ("phone", phone.to_owned()),
            ("phone_digits", digits.to_owned()),
            ("phone_nine", nine.to_owned()),
            ("phone_spelled", format!("+{country} ({first}) {rest}-")),
            ("unknown_phone", format!("+999{random:011}")),
            ("device", device.clone()),
            ("TENANT_TOKEN", tenant),
            ("CASHIER_TOKEN", cashier),
        ] {
            places.set(name, Value::String(value));
        }
        Self {
            api,
            keys,
            device,
            language,
            t: texts(language),
            places,
            recorded: Recorded::default(),
            passed: 0,
            failed: 0,
            skipped: 0,
        }
    }

    /// Sends every vector, undoes what they have recorded, and says how it went.
    pub(super) async fn all(mut self, url: &str, vectors: Vectors) -> anyhow::Result<ExitCode> {
        let t = self.t;
        say(&self.hidden(&fill(t.title, &[url])))?;
        let mut live = vectors.vectors.iter().filter(|vector| vector.live);
        if let Some(first) = live.next() {
            self.vector(first).await?;
        }
        if self.failed > 0 {
            say(t.stopped)?;
            return Ok(ExitCode::FAILURE);
        }
        self.set_sums();
        let till = ["store", "branch", "till_name", "till"].map(|name| self.places.text(name));
        say(&fill(t.till, &till.each_ref().map(String::as_str)))?;
        for vector in live {
            self.vector(vector).await?;
        }
        let is_undone = self.undo().await?;
        for vector in &vectors.after {
            self.vector(vector).await?;
        }
        let sums = [self.passed, self.failed, self.skipped].map(|count| count.to_string());
        say(&fill(t.sums, &sums.each_ref().map(String::as_str)))?;
        say(&fill(t.client, &[&self.places.text("phone")]))?;
        say(t.unbind)?;
        Ok(if self.failed == 0 && is_undone {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// Chooses the sums of the sales, so that they take part in the programme.
    fn set_sums(&mut self) {
        let least: Option<Money> = self.places.text("min").parse().ok();
        let total = least.unwrap_or(LEAST_TOTAL).max(LEAST_TOTAL);
        let half = Money::from_dirams(total.dirams() / 2);
        for (name, sum) in [("total", total), ("half", half)] {
            // Money prints as a JSON number.
            let sum = serde_json::from_str(&sum.to_string()).unwrap_or(Value::Null);
            self.places.set(name, sum);
        }
    }

    /// Sends a vector and says how it ended.
    async fn vector(&mut self, vector: &Vector) -> anyhow::Result<()> {
        let why = vector.why.of(self.language);
        if let Some(need) = &vector.needs
            && !self.places.is_above_zero(&need.variable)
        {
            self.skipped += 1;
            let why = need.why.of(self.language);
            return Ok(say(&format!("{}{}: {why}", self.t.skipped, vector.name))?);
        }
        if vector.waits {
            self.wait_for_hold().await;
        }
        let faults = self.faults(vector).await?;
        let state = if faults.is_empty() {
            self.passed += 1;
            self.t.passed
        } else {
            self.failed += 1;
            self.t.failed
        };
        say(&format!("{state}{}: {why}", vector.name))?;
        for fault in faults {
            say(&format!("    {}", self.hidden(&fault)))?;
        }
        Ok(())
    }

    /// Waits until the bonuses of the last sales can be spent, if that is soon.
    async fn wait_for_hold(&self) {
        let hold: Option<u64> = self.places.text("hold").parse().ok();
        if let Some(seconds @ 1..=LONGEST_HOLD) = hold {
            let grace = Duration::from_millis(100);
            tokio::time::sleep(Duration::from_secs(seconds) + grace).await;
        }
    }

    /// Sends a vector. Returns what is wrong with the answer.
    async fn faults(&mut self, vector: &Vector) -> anyhow::Result<Vec<String>> {
        let t = self.t;
        let asked = match self.filled(vector) {
            Ok(asked) => asked,
            Err(place) => return Ok(vec![fill(t.unknown_place, &[&place])]),
        };
        let request = &vector.request;
        let told = format!("{} {} {}", request.method, asked.path, asked.body);
        let told = fill(t.sent, &[told.trim_end()]);
        let sent = self
            .api
            .send(
                &request.method,
                &asked.path,
                &asked.headers,
                asked.body.clone(),
            )
            .await;
        let body = serde_json::from_str(&asked.body).unwrap_or(Value::Null);
        self.recorded.note(&request.path, &body, sent.as_ref().ok());
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return Ok(vec![told, fill(t.no_answer, &[&format!("{error:#}")])]),
        };
        let mut faults = Vec::new();
        if !vector.expect.has_status(answer.status) {
            let (expected, got) = (vector.expect.status.to_string(), answer.status.to_string());
            faults.push(fill(t.expected_status, &[&expected, &got]));
        }
        let json = answer.json();
        if let Some(expected) = asked.expected {
            for (path, expected) in differences(&expected, json.as_ref(), SystemClock.now()) {
                faults.push(fill(t.expected, &[&path, &expected]));
            }
        }
        for (name, expected) in &vector.expect.headers {
            let value = answer
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok());
            let value = value.map(|value| Value::String(value.to_owned()));
            let expected = Value::String(expected.clone());
            if !differences(&expected, value.as_ref(), SystemClock.now()).is_empty() {
                faults.push(fill(t.expected, &[name, &expected.to_string()]));
            }
        }
        self.save(vector, json.as_ref());
        if faults.is_empty() {
            return Ok(faults);
        }
        let text: String = answer.text.chars().take(MOST_PRINTED).collect();
        faults.insert(0, told);
        faults.push(fill(t.got, &[&text]));
        if is_bound_elsewhere(json.as_ref()) && vector.name == "session" {
            faults.push(t.bound.to_owned());
        }
        Ok(faults)
    }

    /// Keeps what the following vectors need of an answer. What is missing is forgotten, so that no
    /// older value takes its place.
    fn save(&mut self, vector: &Vector, answer: Option<&Value>) {
        for (name, path) in &vector.save {
            let found = answer.and_then(|answer| {
                let mut parts = path.split('.');
                parts.try_fold(answer, |value, part| value.get(part))
            });
            match found {
                Some(value) => self.places.set(name, value.clone()),
                None => self.places.forget(name),
            }
        }
    }

    /// Fills a vector in. Returns the place that has no value as an error.
    fn filled(&mut self, vector: &Vector) -> Result<Asked, String> {
        let request = &vector.request;
        let path = self.places.fill(&request.path, urls::encoded)?;
        let has_body = request.text.is_some() || request.body.is_some();
        let mut headers = self.headers(has_body);
        for (name, value) in &request.headers {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            if let Some(value) = value {
                let value = self.places.fill(value, str::to_owned)?;
                headers.push((name.clone(), value));
            }
        }
        let body = match (&request.text, &request.body) {
            (Some(text), _) => self.places.fill(text, str::to_owned)?,
            (None, Some(body)) => self.places.value(body)?.to_string(),
            (None, None) => String::new(),
        };
        let expected = vector.expect.body.as_ref();
        Ok(Asked {
            path,
            headers,
            body,
            expected: expected.map(|body| self.places.value(body)).transpose()?,
        })
    }

    /// Undoes what is left of the run. Returns whether all of it is undone.
    async fn undo(&mut self) -> anyhow::Result<bool> {
        let phone = self.places.text("phone");
        let documents = std::mem::take(&mut self.recorded).into_last_first();
        let count = documents.len();
        let mut left = Vec::new();
        for document in documents {
            let mut is_done = false;
            for (path, body) in document.undoing(&phone) {
                let asked = self.headers(true);
                let sent = self.api.send("POST", path, &asked, body.to_string()).await;
                is_done = sent.is_ok_and(|answer| is_undone(&answer));
                if is_done {
                    break;
                }
            }
            if !is_done {
                left.push(document.id);
            }
        }
        if left.is_empty() {
            say(&fill(self.t.undone, &[&count.to_string()]))?;
        } else {
            say(&fill(self.t.not_undone, &[&left.join(", ")]))?;
        }
        Ok(left.is_empty())
    }

    /// Returns the headers of every request.
    fn headers(&self, has_body: bool) -> Vec<(String, String)> {
        let [tenant, cashier] = self.keys.clone();
        let mut headers = vec![
            ("X-Tenant-Token".to_owned(), tenant),
            ("X-Cashier-Token".to_owned(), cashier),
            ("X-Device-Id".to_owned(), self.device.clone()),
            ("User-Agent".to_owned(), AGENT.to_owned()),
        ];
        if has_body {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
        headers
    }

    /// Returns a text without the keys: an answer may repeat what it was sent.
    fn hidden(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for key in self.keys.iter().filter(|key| !key.is_empty()) {
            for key in [key.clone(), key.to_lowercase(), key.to_uppercase()] {
                text = text.replace(&key, "…");
            }
        }
        text
    }
}

/// A vector that is filled in.
struct Asked {
    path: String,
    headers: Vec<(String, String)>,
    body: String,
    expected: Option<Value>,
}

fn is_bound_elsewhere(answer: Option<&Value>) -> bool {
    let code = answer.and_then(|answer| answer.get("code")?.as_str());
    code == Some("device_mismatch")
}
