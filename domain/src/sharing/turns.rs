//! Values that take turns: A, then B, then A again.

use std::ops::Range;

use super::event::Event;
use crate::time::Timestamp;

/// The length of the hour of most rules, in seconds.
pub(super) const HOUR: i64 = 3_600;

/// Requests in a row with the same value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'w, K> {
    /// The value.
    pub(super) value: K,
    /// The request that shows it: the first sale of the run, or else its first request.
    pub(super) shown: &'w Event,
    /// The moment of its first request.
    pub(super) first: Timestamp,
    last: Timestamp,
}

/// An hour in which values took turns.
#[derive(Clone, Debug)]
pub(super) struct Turns<'w, K> {
    /// How often the value before the last came back.
    pub(super) times: usize,
    /// The runs that took turns, in the order of time.
    pub(super) runs: Vec<Run<'w, K>>,
}

impl<K> Turns<'_, K> {
    /// Returns the beginning: the end of the first run.
    pub(super) fn since(&self) -> Timestamp {
        self.runs.first().map_or(Timestamp::MAX, |run| run.last)
    }

    /// Returns the moment of the last return.
    pub(super) fn at(&self) -> Timestamp {
        self.runs
            .last()
            .map_or(Timestamp::default(), |run| run.first)
    }
}

/// Returns the last hour in which values took turns often enough, if no more than `gap` seconds
/// lie between one run and the next: `needed` times, and also as `is_enough` says.
pub(super) fn turns<'w, K: Copy + Eq>(
    events: impl Iterator<Item = &'w Event>,
    value: impl Fn(&Event) -> K,
    gap: i64,
    is_enough: impl Fn(&Turns<'w, K>) -> bool,
    needed: usize,
) -> Option<Turns<'w, K>> {
    let runs = runs(events, value);
    let is_close =
        |before: &Run<'_, K>, after: &Run<'_, K>| after.first <= before.last.plus_seconds(gap);
    let mut returns: Vec<(usize, Timestamp, Timestamp)> = Vec::new();
    for (place, three) in runs.windows(3).enumerate() {
        if let [first, other, back] = three
            && first.value == back.value
            && is_close(first, other)
            && is_close(other, back)
        {
            returns.push((place, first.last, back.first));
        }
    }
    let spans: Vec<_> = returns.iter().map(|&(_, from, to)| (from, to)).collect();
    let turns = |range: Range<usize>| {
        let times = range.len();
        let returns = returns.get(range)?;
        let (first, last) = (returns.first()?.0, returns.last()?.0);
        let runs = runs.get(first..last + 3)?.to_vec();
        Some(Turns { times, runs })
    };
    dense(&spans, HOUR, needed, |range| {
        turns(range).filter(&is_enough)
    })
}

/// Returns what `find` finds for the last of those spans that lie within `seconds` of one another
/// and are as many as needed. The spans are sorted by both ends.
pub(super) fn dense<T>(
    spans: &[(Timestamp, Timestamp)],
    seconds: i64,
    needed: usize,
    find: impl Fn(Range<usize>) -> Option<T>,
) -> Option<T> {
    spans
        .iter()
        .enumerate()
        .rev()
        .find_map(|(place, &(_, end))| {
            let begin = end.plus_seconds(-seconds);
            let until = spans.get(..=place)?;
            let first = until.partition_point(|&(from, _)| from < begin);
            let range = first..place + 1;
            (range.len() >= needed).then(|| find(range)).flatten()
        })
}

fn runs<'w, K: Copy + Eq>(
    events: impl Iterator<Item = &'w Event>,
    value: impl Fn(&Event) -> K,
) -> Vec<Run<'w, K>> {
    let mut runs: Vec<Run<'w, K>> = Vec::new();
    for event in events {
        let value = value(event);
        match runs.last_mut().filter(|run| run.value == value) {
            Some(run) => {
                run.last = event.at;
                if event.receipt.is_some() && run.shown.receipt.is_none() {
                    run.shown = event;
                }
            }
            None => runs.push(Run {
                value,
                shown: event,
                first: event.at,
                last: event.at,
            }),
        }
    }
    runs
}
