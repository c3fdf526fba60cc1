//! Five minutes of a till.

use super::event::{Event, EventKind};
use super::text::{self, TextError};
use crate::time::Timestamp;

/// The length of a slot in seconds.
pub const SLOT_SECONDS: i64 = 300;

/// The days for which slots are kept.
pub const KEPT_DAYS: i64 = 35;

/// The most events that one server keeps of a slot.
pub const MAX_EVENTS: usize = 40;

/// How often something happened in a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All requests, with those below.
    pub requests: u32,
    /// The sales.
    pub sales: u32,
    /// The returns.
    pub returns: u32,
    /// The clients looked up.
    pub lookups: u32,
    /// The requests of devices to which the till is not bound.
    pub refusals: u32,
}

/// What a till did in five minutes. It counts every request, and keeps the first events in order,
/// so that what interleaves can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    start: Timestamp,
    counts: Counts,
    events: Vec<Event>,
}

impl Slot {
    /// Makes the empty slot that the moment is in.
    pub const fn around(at: Timestamp) -> Self {
        let length = SLOT_SECONDS * 1_000_000;
        Self {
            start: Timestamp::from_micros(at.micros() - at.micros().rem_euclid(length)),
            counts: Counts {
                requests: 0,
                sales: 0,
                returns: 0,
                lookups: 0,
                refusals: 0,
            },
            events: Vec::new(),
        }
    }

    /// Reads a slot as it is stored: `events` is what [`text`](Self::text) wrote.
    ///
    /// # Errors
    /// [`TextError`] for any other text.
    pub fn read(start: Timestamp, counts: Counts, events: &str) -> Result<Self, TextError> {
        let mut events = text::read(start, end(start), events)?;
        events.sort();
        Ok(Self {
            start,
            counts,
            events,
        })
    }

    /// Returns the beginning.
    pub const fn start(&self) -> Timestamp {
        self.start
    }

    /// Returns how often something happened.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Returns the events that were kept, the earliest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns the events as text, a line for each. It has no readable id of a client, a program's
    /// version or a device, except for the last four signs of a device that was refused.
    pub fn text(&self) -> String {
        text::write(self.start, &self.events)
    }

    /// Counts a request, and keeps it unless there are [`MAX_EVENTS`]. Requests that a program
    /// makes by itself give way to others, and one outside these five minutes is only counted.
    pub fn record(&mut self, event: Event) {
        let counts = &mut self.counts;
        let count = match event.kind {
            EventKind::Lookup => Some(&mut counts.lookups),
            EventKind::Sale => Some(&mut counts.sales),
            EventKind::Return => Some(&mut counts.returns),
            EventKind::Refused(_) => Some(&mut counts.refusals),
            EventKind::Other => None,
        };
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
        counts.requests = counts.requests.saturating_add(1);
        if self.events.len() >= MAX_EVENTS && event.kind != EventKind::Other {
            let mut kept = self.events.iter();
            if let Some(other) = kept.rposition(|kept| kept.kind == EventKind::Other) {
                self.events.remove(other);
            }
        }
        if self.events.len() < MAX_EVENTS && (self.start..end(self.start)).contains(&event.at) {
            // Requests are answered side by side, so one may come to be recorded before another
            // that is earlier.
            let place = self.events.partition_point(|kept| *kept <= event);
            self.events.insert(place, event);
        }
    }

    /// Adds what another server kept of the same five minutes.
    pub fn unite(&mut self, other: &Self) {
        let (counts, more) = (&mut self.counts, other.counts);
        counts.requests = counts.requests.saturating_add(more.requests);
        counts.sales = counts.sales.saturating_add(more.sales);
        counts.returns = counts.returns.saturating_add(more.returns);
        counts.lookups = counts.lookups.saturating_add(more.lookups);
        counts.refusals = counts.refusals.saturating_add(more.refusals);
        self.events.extend_from_slice(&other.events);
        self.events.sort();
    }
}

const fn end(start: Timestamp) -> Timestamp {
    start.plus_seconds(SLOT_SECONDS)
}
