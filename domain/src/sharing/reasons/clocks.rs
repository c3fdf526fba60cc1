//! Two clocks.

use std::cmp::Reverse;

use crate::sharing::event::{Event, EventKind};
use crate::sharing::reason::{Finding, Reason, shown};
use crate::sharing::turns::{HOUR, turns};
use crate::sharing::window::Window;
use crate::time::Timestamp;

const POINTS: i64 = 30;

/// The seconds by which two clocks differ at least.
const APART: i64 = 20;

/// The returns to a clock in an hour.
const RETURNS: usize = 4;

/// The least number of documents of a clock in an hour.
const MIN_DOCUMENTS: usize = 5;

/// The dates of one clock lie closer together than the clocks, by so many times.
const CLOSER: i64 = 4;

/// The part of the hour's documents that two clocks explain, in tenths.
const EXPLAINED_TENTHS: usize = 8;

/// The hours of a day in which two clocks must be seen. Chance does not come back so soon.
const HOURS: usize = 3;

/// Finds a day with three hours in which the dates of sales and returns are behind the server by
/// one of two amounts, at least 20 seconds apart, that take turns at least four times. Documents of
/// a queue are left out. An hour begins with every half an hour.
///
/// Each clock must have five documents of the hour, a quarter as scattered as the clocks are apart:
/// a till that dates a check when it is begun is behind by whatever the check takes.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let dated: Vec<&Event> = window
        .acts
        .iter()
        .copied()
        .filter(|event| matches!(event.kind, EventKind::Sale | EventKind::Return))
        .filter(|event| !event.is_queued && event.behind_seconds.is_some())
        .collect();
    let half = |at: Timestamp| at.micros().div_euclid(HOUR * 500_000);
    let halves: Vec<&[&Event]> = dated.chunk_by(|a, b| half(a.at) == half(b.at)).collect();
    let found = (0..halves.len()).filter_map(|place| {
        let mut hour = halves.get(place)?.to_vec();
        let end = half(hour.first()?.at) + 1;
        let next = halves.get(place + 1).copied().unwrap_or_default();
        hour.extend(next.iter().filter(|event| half(event.at) == end));
        find_in(&hour)
    });
    let mut found: Vec<Finding> = found.collect();
    let mut days = found.windows(HOURS);
    let last = days.rposition(|hours| {
        let ends = hours.first().zip(hours.last());
        ends.is_some_and(|(first, last)| last.at <= first.at.plus_days(1))
    })?;
    Some(found.swap_remove(last + HOURS - 1))
}

fn find_in(documents: &[&Event]) -> Option<Finding> {
    let behind = |event: &Event| event.behind_seconds.map_or(0, i64::from);
    let mut amounts: Vec<i64> = documents.iter().map(|event| behind(event)).collect();
    amounts.sort_unstable();
    let mut clocks: Vec<&[i64]> = amounts.chunk_by(|a, b| b - a < APART).collect();
    clocks.sort_by_key(|clock| Reverse(clock.len()));
    let (Some(one), Some(other)) = (clocks.first(), clocks.get(1)) else {
        return None;
    };
    let explained = one.len() + other.len();
    if other.len() < MIN_DOCUMENTS || explained * 10 < documents.len() * EXPLAINED_TENTHS {
        return None;
    }
    let ends = |clock: &[i64]| Some((*clock.first()?, *clock.last()?));
    let (one, other) = (ends(one)?, ends(other)?);
    let apart = (other.0 - one.1).max(one.0 - other.1);
    if (one.1 - one.0).max(other.1 - other.0) * CLOSER > apart {
        return None;
    }
    let is_in = |event: &Event, clock: (i64, i64)| {
        let behind = behind(event);
        clock.0 <= behind && behind <= clock.1
    };
    let both = documents.iter().copied();
    let both = both.filter(|event| is_in(event, one) || is_in(event, other));
    let hour = turns(both, |event| is_in(event, one), HOUR, |_| true, RETURNS)?;
    Some(Finding {
        reason: Reason::TwoClocks,
        points: POINTS,
        since: hour.since(),
        at: hour.at(),
        times: hour.times,
        lines: shown(hour.runs.iter().map(|run| run.shown)),
    })
}
