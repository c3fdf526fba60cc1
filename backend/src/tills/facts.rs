//! What the requests of a till say about it: its program, its clock, its last refusal, and the
//! first steps of its connection. A server gathers this in memory and writes it rarely.

use domain::Timestamp;

/// What is known about a till from its requests. `None` is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TillFacts {
    /// The program that sends the requests.
    pub program: Option<String>,
    /// The seconds by which its clock is fast; negative if it is slow.
    pub clock_fast_seconds: Option<i64>,
    /// The code of the last refusal and its moment.
    pub refusal: Option<(String, Timestamp)>,
    /// Its first successful search for a client.
    pub looked_up_at: Option<Timestamp>,
    /// Its first return.
    pub returned_at: Option<Timestamp>,
}

impl TillFacts {
    /// Adds what another server knows: the later refusal, the earlier first steps.
    #[must_use]
    pub fn united(self, stored: Self) -> Self {
        let first =
            |one: Option<Timestamp>, other: Option<Timestamp>| one.into_iter().chain(other).min();
        Self {
            program: self.program.or(stored.program),
            clock_fast_seconds: self.clock_fast_seconds.or(stored.clock_fast_seconds),
            refusal: self
                .refusal
                .into_iter()
                .chain(stored.refusal)
                .max_by_key(|(_, at)| *at),
            looked_up_at: first(self.looked_up_at, stored.looked_up_at),
            returned_at: first(self.returned_at, stored.returned_at),
        }
    }
}
