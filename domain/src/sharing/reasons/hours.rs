//! A till that never closes.

use std::collections::{BTreeMap, BTreeSet};

use crate::sharing::reason::{FADE_DAYS, Finding, Line, Reason};
use crate::sharing::turns::HOUR;
use crate::sharing::window::Window;
use crate::time::Timestamp;

const POINTS: i64 = 20;

/// The hours of a day that nobody works alone.
const HOURS: usize = 20;

/// The days with so many hours.
const DAYS: usize = 3;

/// The week in which they are.
const WEEK: i64 = 7;

/// Finds a week with at least three days on which the till looked up, sold or took back in at least
/// 20 of 24 hours. A request that a till sends by itself is no work.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let mut days: BTreeMap<Timestamp, BTreeSet<i64>> = BTreeMap::new();
    let mut last: BTreeMap<Timestamp, Timestamp> = BTreeMap::new();
    let oldest = window.now.plus_days(-FADE_DAYS - WEEK);
    let slots = window.slots.iter();
    for slot in slots.filter(|slot| oldest <= slot.start() && slot.start() <= window.now) {
        let counts = slot.counts();
        if counts.sales > 0 || counts.lookups > 0 || counts.returns > 0 {
            let midnight = slot.start().local_midnight();
            let since = slot.start().micros() - midnight.micros();
            days.entry(midnight)
                .or_default()
                .insert(since / (HOUR * 1_000_000));
            let last = last.entry(midnight).or_insert(slot.start());
            *last = slot.start().max(*last);
        }
    }
    let long: Vec<(Timestamp, usize)> = days
        .iter()
        .map(|(midnight, hours)| (*midnight, hours.len()))
        .filter(|&(_, hours)| hours >= HOURS)
        .collect();
    (0..long.len()).rev().find_map(|place| {
        let (midnight, _) = *long.get(place)?;
        let begin = midnight.plus_days(1 - WEEK);
        let until = long.get(..=place)?;
        let week = until.get(until.partition_point(|&(day, _)| day < begin)..)?;
        let is_found = week.len() >= DAYS;
        let lines = week
            .iter()
            .map(|&(midnight, hours)| Line::Day { midnight, hours });
        is_found.then_some(Finding {
            reason: Reason::NeverCloses,
            points: POINTS,
            since: week.first()?.0,
            at: *last.get(&midnight)?,
            times: week.len(),
            lines: lines.collect(),
        })
    })
}
