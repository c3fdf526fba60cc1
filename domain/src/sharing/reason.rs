//! The reasons to think that a token is shared, and what is found for them.

use super::bindings::Binding;
use super::event::Event;
use crate::time::Timestamp;

/// The days over which the points of a finding fade.
pub const FADE_DAYS: i64 = 14;

/// The days for which «this is normal» silences a reason.
pub const SILENCED_DAYS: i64 = 30;

/// The most requests that are shown for a finding.
pub(super) const MAX_SHOWN: usize = 12;

/// What a shared token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Another device tries to use the token while the bound one sells.
    OtherDevice,
    /// Requests come from two places in turn.
    TwoPlaces,
    /// Two programs send requests in turn.
    TwoPrograms,
    /// The receipt numbers are those of two counters.
    TwoCounters,
    /// Checks are open at once that cannot be one cashier's.
    OverlappingChecks,
    /// The dates of sales are those of two clocks.
    TwoClocks,
    /// The till works round the clock.
    NeverCloses,
    /// The till is bound to one device and another, and back again.
    BindingGoesRound,
    /// Two devices use the same id: one of them is a copy.
    CopiedDevice,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::OtherDevice,
        Self::TwoPlaces,
        Self::TwoPrograms,
        Self::TwoCounters,
        Self::OverlappingChecks,
        Self::TwoClocks,
        Self::NeverCloses,
        Self::BindingGoesRound,
        Self::CopiedDevice,
    ];

    /// Returns the name for the database and for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OtherDevice => "other_device",
            Self::TwoPlaces => "two_places",
            Self::TwoPrograms => "two_programs",
            Self::TwoCounters => "two_counters",
            Self::OverlappingChecks => "overlapping_checks",
            Self::TwoClocks => "two_clocks",
            Self::NeverCloses => "never_closes",
            Self::BindingGoesRound => "binding_goes_round",
            Self::CopiedDevice => "copied_device",
        }
    }

    /// Returns the reason with this [`code`](Self::code).
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// Somebody has looked at a reason and said that it is normal for this till.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silencing {
    /// What counts for nothing.
    pub reason: Reason,
    /// Until when.
    pub until: Timestamp,
}

impl Silencing {
    /// Silences a reason for [`SILENCED_DAYS`].
    pub const fn new(reason: Reason, now: Timestamp) -> Self {
        Self {
            reason,
            until: now.plus_days(SILENCED_DAYS),
        }
    }
}

/// What was found for a reason when it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The reason.
    pub reason: Reason,
    /// The points at the moment when it was last seen.
    pub points: i64,
    /// The beginning of what is shown: the first request of that hour, for example.
    pub since: Timestamp,
    /// The moment when it was last seen.
    pub at: Timestamp,
    /// How often it was seen from [`since`](Self::since) to [`at`](Self::at): the refused tries,
    /// the returns to a place or a program or a clock in the hour, the jumps back of the day, the
    /// overlaps of the hour, the days of the week, the changes of the binding in 30 days, or the
    /// old tickets of the day.
    pub times: usize,
    /// What shows it.
    pub lines: Vec<Line>,
}

/// A line of evidence. The lines of a finding are in the order of time, rows of numbers before
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A request.
    Event(Event),
    /// A row of receipt numbers, from the first to the last of the day.
    Row {
        /// The smallest number.
        first: u64,
        /// The largest number.
        last: u64,
    },
    /// A day on which the till hardly paused.
    Day {
        /// Its local midnight.
        midnight: Timestamp,
        /// The number of its hours with look-ups, sales or returns.
        hours: usize,
    },
    /// The till was bound to a device.
    Binding(Binding),
    /// A device sent a ticket older than the last two.
    OldTicket(Timestamp),
}

impl Finding {
    /// Returns the points that are left at a moment: they fade evenly within [`FADE_DAYS`].
    pub const fn points_at(&self, now: Timestamp) -> i64 {
        let whole = Timestamp::from_micros(0).plus_days(FADE_DAYS).micros();
        let age = now.micros().saturating_sub(self.at.micros());
        if age <= 0 {
            self.points
        } else if age >= whole {
            0
        } else {
            // Rounded up, so that a finding of this minute has all its points.
            let left = self.points as i128 * (whole - age) as i128;
            let whole = whole as i128;
            #[expect(clippy::cast_possible_truncation, reason = "at most `points`")]
            let points = ((left + whole - 1) / whole) as i64;
            points
        }
    }
}

/// Returns at most [`MAX_SHOWN`] requests as lines: the last ones.
pub(super) fn shown<'e>(events: impl DoubleEndedIterator<Item = &'e Event>) -> Vec<Line> {
    let last = events.rev().take(MAX_SHOWN);
    let mut lines: Vec<Line> = last.map(|event| Line::Event(*event)).collect();
    lines.reverse();
    lines
}
