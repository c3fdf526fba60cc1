//! The same token on another device.

use crate::sharing::event::Event;
use crate::sharing::mark::Mark;
use crate::sharing::reason::{Finding, Line, MAX_SHOWN, Reason};
use crate::sharing::tries::{Tries, presses};
use crate::sharing::window::Window;

/// The points of one device that tries again and again.
const ONE_POINTS: i64 = 40;

/// The points of two devices.
const TWO_POINTS: i64 = 60;

/// Finds a device that tried three times in ten minutes, or two devices that tried twice each
/// within 24 hours, while the bound device was selling: it sold within half an hour after a try,
/// and was still the bound one.
///
/// So a till that moves to a new device is no reason, whatever it tries before it is paired: the
/// old device sells no more. Devices that are about to be bound or were replaced have leave to try
/// (see [`leaves`](crate::sharing::bindings::leaves)).
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let found = [one(&window.tries), two(&window.tries)];
    let found = found.into_iter().flatten();
    found.max_by_key(|finding| finding.points_at(window.now))
}

fn one(tries: &Tries<'_>) -> Option<Finding> {
    let found = tries.values().filter_map(|own| {
        let press = presses(own).next_back()?;
        let sale = press.first()?.sale?;
        let tries: Vec<&Event> = press.iter().map(|own| own.event).collect();
        finding(ONE_POINTS, &tries, &[sale])
    });
    found.max_by_key(|finding| finding.at)
}

/// Two tries of a device within a day, and a sale after one of them.
#[derive(Clone, Copy)]
struct Again<'w> {
    device: Mark,
    tries: [&'w Event; 2],
    sale: &'w Event,
}

fn two(tries: &Tries<'_>) -> Option<Finding> {
    let mut again: Vec<Again<'_>> = Vec::new();
    for (&device, own) in tries {
        for pair in own.windows(2) {
            if let &[first, second] = pair
                && second.event.at <= first.event.at.plus_days(1)
            {
                let sale = second.sale.or(first.sale);
                again.extend(sale.map(|sale| Again {
                    device,
                    tries: [first.event, second.event],
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
