//! The last requests of each till, for the person who connects it, and what they say about its
//! program and its clock. They contain no personal data: of a request only the pattern of its path.
//!
//! All of this is in the memory of one process. What must outlive it ([`TillFacts`]) is written
//! beside the requests, at most once a minute for a till, so that a sale pays nothing for it. If
//! several servers share a database, each shows the requests that it has served itself.

mod program;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use backend::tills::{TillFacts, TillNumber};
use domain::{DocumentDate, Timestamp};

use self::program::program;

/// The number of requests that are kept for a till.
const KEPT: usize = 50;
/// The number of documents whose dates tell the till's clock.
const DATES: usize = 20;
/// The number of tills that are kept; the memory of one is about 5 KB.
const MOST_TILLS: usize = 10_000;
/// The seconds after which a till without a request is forgotten.
const FORGOTTEN_SECONDS: i64 = 24 * 3_600;
/// The seconds between two writes of what is known about a till.
const WRITE_SECONDS: i64 = 60;
/// A smaller change of the clock's difference is not written.
const CLOCK_STEP: i64 = 3;

/// The till that has sent a request, once that is known, and the ticket that its answer carries.
/// The request's extensions carry it from the outermost layer to the handler.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sender(Arc<OnceLock<TillNumber>>, Arc<OnceLock<HeaderValue>>);

impl Sender {
    /// Records that the till has sent the request.
    pub(crate) fn is(&self, till: TillNumber) {
        // Only the first one counts, and there is no other: a request has one till.
        let _ = self.0.set(till);
    }

    /// Gives the answer the next ticket of the till's device.
    pub(crate) fn give_ticket(&self, ticket: HeaderValue) {
        // As above.
        let _ = self.1.set(ticket);
    }

    /// Returns the ticket that the answer carries.
    pub(crate) fn ticket(&self) -> Option<&HeaderValue> {
        self.1.get()
    }

    /// Returns the till; `None` for a stranger.
    pub(crate) fn till(&self) -> Option<TillNumber> {
        self.0.get().copied()
    }
}

/// Records that a till has sent the request with these extensions.
pub(crate) fn is_of(request: &Extensions, till: TillNumber) {
    if let Some(sender) = request.get::<Sender>() {
        sender.is(till);
    }
}

/// A request of a till.
#[derive(Clone, Debug)]
pub(crate) struct LiveRequest {
    /// The moment of its answer.
    pub(crate) at: Timestamp,
    /// The method.
    pub(crate) method: &'static str,
    /// The pattern of the route.
    pub(crate) route: Arc<str>,
    /// The status of the answer.
    pub(crate) status: u16,
    /// The error code of the answer.
    pub(crate) code: Option<&'static str>,
    /// Its duration in milliseconds.
    pub(crate) millis: u64,
    /// The program that has sent it; [`LiveTills::keep`] fills it in.
    pub(crate) program: Option<Arc<str>>,
}

#[derive(Debug, Default)]
struct LiveTill {
    requests: VecDeque<LiveRequest>,
    /// The name of the program as the last request sent it.
    user_agent: String,
    /// The same for people, which its requests share.
    program: Option<Arc<str>>,
    /// By how many seconds the dates of the last documents were fast.
    fast_seconds: VecDeque<i64>,
    facts: TillFacts,
    written: TillFacts,
    written_at: Option<Timestamp>,
}

/// What this process knows about the tills. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct LiveTills(Arc<Mutex<HashMap<TillNumber, LiveTill>>>);

impl LiveTills {
    /// Keeps a request of a till. Returns what is to be written about the till now.
    pub(crate) fn keep(
        &self,
        till: TillNumber,
        mut request: LiveRequest,
        headers: &SentBy,
    ) -> Option<TillFacts> {
        let mut tills = self.tills();
        if tills.len() >= MOST_TILLS && !tills.contains_key(&till) {
            return None;
        }
        let live = tills.entry(till).or_default();
        let now = request.at;
        live.learn(&request, headers);
        request.program.clone_from(&live.program);
        live.requests.truncate(KEPT - 1);
        live.requests.push_front(request);
        live.take_changed(now)
    }

    /// Notes the date of a document that a till has just sent.
    pub(crate) fn note_date(&self, till: TillNumber, date: DocumentDate, now: Timestamp) {
        let Some(fast) = date.fast_seconds(now) else {
            return;
        };
        let mut tills = self.tills();
        if let Some(live) = tills.get_mut(&till) {
            live.fast_seconds.truncate(DATES - 1);
            live.fast_seconds.push_front(fast);
        }
    }

    /// Returns the last requests of a till, the newest first, and what they say.
    pub(crate) fn of(&self, till: TillNumber) -> (Vec<LiveRequest>, TillFacts) {
        let tills = self.tills();
        let live = tills.get(&till);
        live.map_or_else(Default::default, |live| {
            (live.requests.iter().cloned().collect(), live.facts.clone())
        })
    }

    /// Returns what is still to be written, and forgets tills without requests.
    pub(crate) fn unwritten(&self, now: Timestamp) -> Vec<(TillNumber, TillFacts)> {
        let mut tills = self.tills();
        let due = tills
            .iter_mut()
            .filter_map(|(till, live)| Some((*till, live.take_changed(now)?)))
            .collect();
        let oldest = now.plus_seconds(-FORGOTTEN_SECONDS);
        tills.retain(|_, live| live.requests.front().is_some_and(|last| last.at > oldest));
        due
    }

    fn tills(&self) -> MutexGuard<'_, HashMap<TillNumber, LiveTill>> {
        // A panic while the lock was held can at worst have lost one request.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LiveTill {
    fn learn(&mut self, request: &LiveRequest, sent_by: &SentBy) {
        if self.user_agent != sent_by.user_agent {
            self.user_agent.clone_from(&sent_by.user_agent);
            self.facts.program = program(&sent_by.user_agent, sent_by.is_web_till);
            self.program = self.facts.program.as_deref().map(Arc::from);
        }
        if let Some(code) = request.code {
            self.facts.refusal = Some((code.to_owned(), request.at));
        }
        let first = match (request.method, &*request.route, request.status) {
            ("GET", "/api/v1/cashier/client/{identifier}", 200) => &mut self.facts.looked_up_at,
            ("POST", "/api/v1/cashier/return", 201) => &mut self.facts.returned_at,
            _ => return self.learn_clock(),
        };
        first.get_or_insert(request.at);
        self.learn_clock();
    }

    /// A document may come late, from a queue, but never before it was made. So the fastest of the
    /// last dates is nearest to the clock.
    fn learn_clock(&mut self) {
        let Some(fast) = self.fast_seconds.iter().max().copied() else {
            return;
        };
        let known = self.facts.clock_fast_seconds;
        if known.is_none_or(|known| (known - fast).abs() >= CLOCK_STEP) {
            self.facts.clock_fast_seconds = Some(fast);
        }
    }

    fn take_changed(&mut self, now: Timestamp) -> Option<TillFacts> {
        let before = now.plus_seconds(-WRITE_SECONDS);
        if self.facts == self.written || self.written_at.is_some_and(|at| at > before) {
            return None;
        }
        self.written = self.facts.clone();
        self.written_at = Some(now);
        Some(self.facts.clone())
    }
}

/// The headers that name the program of a request.
#[derive(Debug, Default)]
pub(crate) struct SentBy {
    user_agent: String,
    device_id: String,
    is_web_till: bool,
}

impl SentBy {
    /// Reads the headers.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let text = |value: Option<&HeaderValue>| {
            let text = value.and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
            text.unwrap_or_default().to_owned()
        };
        let device_id = text(headers.get("x-device-id"));
        Self {
            user_agent: text(headers.get(header::USER_AGENT)),
            is_web_till: device_id.starts_with("web-"),
            device_id,
        }
    }

    /// Returns the name of the program; empty if it sends none.
    pub(crate) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// Returns whether the web cashier has sent the request.
    pub(crate) const fn is_web_till(&self) -> bool {
        self.is_web_till
    }

    /// Returns the device id; empty if it sends none.
    pub(crate) fn device_id(&self) -> &str {
        &self.device_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILL: TillNumber = TillNumber {
        tenant_id: 1,
        till_id: 2,
    };
    const NOON: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);

    fn request(at: Timestamp, status: u16, code: Option<&'static str>) -> LiveRequest {
        LiveRequest {
            at,
            method: "GET",
            route: "/api/v1/cashier/client/{identifier}".into(),
            status,
            code,
            millis: 7,
            program: None,
        }
    }

    fn one_c() -> SentBy {
        SentBy {
            user_agent: "1C+Enterprise/8.3".to_owned(),
            ..SentBy::default()
        }
    }

    #[test]
    fn the_last_fifty_requests_are_kept_and_old_tills_forgotten() {
        let live = LiveTills::default();
        for second in 0..60 {
            live.keep(
                TILL,
                request(NOON.plus_seconds(second), 200, None),
                &one_c(),
            );
        }
        let (requests, _) = live.of(TILL);
        assert_eq!(requests.len(), KEPT);
        assert_eq!(requests[0].at, NOON.plus_seconds(59));
        live.unwritten(NOON.plus_days(2));
        assert!(live.of(TILL).0.is_empty());
    }

    #[test]
    fn what_changed_is_written_at_once_and_then_once_a_minute() {
        let live = LiveTills::default();
        let first = live.keep(TILL, request(NOON, 200, None), &one_c());
        let first = first.unwrap();
        assert_eq!(first.program.as_deref(), Some("1C Enterprise 8.3"));
        assert_eq!(first.looked_up_at, Some(NOON));
        let soon = NOON.plus_seconds(30);
        let refused = request(soon, 404, Some("client_not_found"));
        assert_eq!(live.keep(TILL, refused, &one_c()), None);
        assert!(live.unwritten(NOON.plus_seconds(59)).is_empty());
        let late = live.unwritten(NOON.plus_seconds(60));
        assert_eq!(late.len(), 1);
        assert_eq!(
            late[0].1.refusal,
            Some(("client_not_found".to_owned(), soon))
        );
        let same = live.keep(TILL, request(NOON.plus_seconds(200), 200, None), &one_c());
        assert_eq!(same, None);
    }

    #[test]
    fn a_queue_does_not_make_the_clock_slow() {
        let live = LiveTills::default();
        live.keep(TILL, request(NOON, 200, None), &one_c());
        for late in [3_600, 1_800, 2, 900] {
            let text = NOON.plus_seconds(5 - late).to_string();
            live.note_date(TILL, DocumentDate::parse(&text).unwrap(), NOON);
        }
        live.keep(TILL, request(NOON, 201, None), &one_c());
        assert_eq!(live.of(TILL).1.clock_fast_seconds, Some(3));
    }
}
