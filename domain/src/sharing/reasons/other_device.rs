//! The same token on another device.

use std::collections::BTreeMap;

use crate::sharing::event::{Event, EventKind};
use crate::sharing::mark::Mark;
use crate::sharing::reason::{Finding, Line, MAX_SHOWN, Reason};
use crate::sharing::window::Window;
use crate::time::Timestamp;

/// The points of one device that tries again and again.
const ONE_POINTS: i64 = 40;

/// The points of two devices.
const TWO_POINTS: i64 = 60;

/// The tries of one device.
const TRIES: usize = 3;

/// The seconds in which it tries so often.
const TRIES_WITHIN: i64 = 600;

/// Refused requests closer together are one try: a program asks for several things when it starts.
const TRY_SECONDS: i64 = 30;

/// The seconds after a try within which the bound device must sell.
const SELLS_WITHIN: i64 = 1_800;

/// Finds a device that tried three times in ten minutes, or two devices that tried twice each
/// within 24 hours, while the bound device was selling: it sold within half an hour after a try,
/// and was still the bound one.
///
/// So a till that moves to a new device is no reason, whatever it tries before it is paired: the
/// old device sells no more. Devices that are about to be bound or were replaced have leave to try
/// (see [`leaves`](crate::sharing::bindings::leaves)).
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let tries = tries(&window.acts);
    let sells = |at: Timestamp| sale_after(window, at);
    let found = [one(&tries, sells), two(&tries, sells)];
    let found = found.into_iter().flatten();
    found.max_by_key(|finding| finding.points_at(window.now))
}

/// The tries of each device.
type Tries<'w> = BTreeMap<Mark, Vec<&'w Event>>;

fn tries<'w>(events: &[&'w Event]) -> Tries<'w> {
    let mut tries = Tries::new();
    for &event in events {
        if let EventKind::Refused(device) = event.kind {
            let own = tries.entry(device.mark()).or_default();
            let last = own.last().map(|last| last.at.plus_seconds(TRY_SECONDS));
            if last.is_none_or(|next| next <= event.at) {
                own.push(event);
            }
        }
    }
    tries
}

/// Returns the first sale of the bound device after a moment, if it follows soon.
fn sale_after<'w>(window: &Window<'w>, at: Timestamp) -> Option<&'w Event> {
    let events = &window.acts;
    let later = events.get(events.partition_point(|event| event.at < at)..)?;
    let changes = window.bindings.iter().map(|binding| binding.at);
    let change = changes.filter(|&change| change > at).min();
    let until = at
        .plus_seconds(SELLS_WITHIN)
        .min(change.unwrap_or(Timestamp::MAX));
    let mut later = later.iter().take_while(|event| event.at <= until);
    later.find(|event| event.kind == EventKind::Sale).copied()
}

fn one<'w>(tries: &Tries<'w>, sells: impl Fn(Timestamp) -> Option<&'w Event>) -> Option<Finding> {
    let found = tries.values().filter_map(|own| {
        own.windows(TRIES).rev().find_map(|tries| {
            let (first, last) = (tries.first()?, tries.last()?);
            let is_close = last.at <= first.at.plus_seconds(TRIES_WITHIN);
            let sale = sells(first.at).filter(|_| is_close)?;
            Some(finding(ONE_POINTS, tries, &[sale]))
        })
    });
    found.flatten().max_by_key(|finding| finding.at)
}

/// Two tries of a device within a day, and a sale after one of them.
#[derive(Clone, Copy)]
struct Again<'w> {
    device: Mark,
    tries: [&'w Event; 2],
    sale: &'w Event,
}

fn two<'w>(tries: &Tries<'w>, sells: impl Fn(Timestamp) -> Option<&'w Event>) -> Option<Finding> {
    let mut again: Vec<Again<'w>> = Vec::new();
    for (&device, own) in tries {
        for pair in own.windows(2) {
            if let &[first, second] = pair
                && second.at <= first.at.plus_days(1)
            {
                let sale = sells(second.at).or_else(|| sells(first.at));
                again.extend(sale.map(|sale| Again {
                    device,
                    tries: [first, second],
                    sale,
                }));
            }
        }
    }
    again.sort_by_key(|own| own.tries.map(|own| own.at).into_iter().max());
    let mut found = None;
    let (mut last, mut last_other): (Option<Again<'_>>, Option<Again<'_>>) = (None, None);
    for own in again {
        if last.is_some_and(|last| last.device != own.device) {
            last_other = last;
        }
        last = Some(own);
        let other = last_other.filter(|other| is_one_day(&[other.tries, own.tries].concat()));
        found = other.map(|other| (other, own)).or(found);
    }
    let (one, other) = found?;
    let tries = [one.tries, other.tries].concat();
    finding(TWO_POINTS, &tries, &[one.sale, other.sale])
}

fn is_one_day(events: &[&Event]) -> bool {
    let moments = events.iter().map(|event| event.at);
    let (first, last) = (moments.clone().min(), moments.max());
    first
        .zip(last)
        .is_some_and(|(first, last)| last <= first.plus_days(1))
}

fn finding(points: i64, tries: &[&Event], sales: &[&Event]) -> Option<Finding> {
    let mut shown: Vec<Event> = tries.iter().chain(sales).map(|event| **event).collect();
    shown.sort();
    shown.dedup();
    Some(Finding {
        reason: Reason::OtherDevice,
        points,
        since: shown.first()?.at,
        at: tries.iter().map(|own| own.at).max()?,
        times: tries.len(),
        lines: shown.into_iter().take(MAX_SHOWN).map(Line::Event).collect(),
    })
}
