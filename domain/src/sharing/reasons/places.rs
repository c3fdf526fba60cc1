//! Two places at once.

use crate::sharing::event::Event;
use crate::sharing::reason::{Finding, Reason, shown};
use crate::sharing::turns::{Turns, turns};
use crate::sharing::window::Window;

const POINTS: i64 = 50;

/// The seconds between two requests in which nobody goes from one shop to another.
const GAP: i64 = 600;

/// The returns to a place in an hour.
const RETURNS: usize = 4;

/// The returns of a phone, which may go between Wi-Fi and its operator.
const PHONE_RETURNS: usize = 8;

/// The places of a phone.
const PHONE_PLACES: usize = 3;

/// Finds an hour in which requests came from A, from B and again from A at least four times, with
/// less than ten minutes between them. For a phone it must be eight times, and a third place.
///
/// Prefixes that checks cross are one place (see [`Ties`](crate::sharing::ties::Ties)), and IPv4
/// and IPv6 count apart: an office that has both uses them in turn.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let found = [false, true].into_iter().filter_map(|is_v6| {
        let events = window.events.iter().copied();
        let events = events.filter(|event| event.prefix.is_v6() == is_v6);
        let place = |event: &Event| window.places.group(event.prefix);
        turns(events, place, GAP, is_enough, RETURNS)
    });
    let hour = found.max_by_key(Turns::at)?;
    Some(Finding {
        reason: Reason::TwoPlaces,
        points: POINTS,
        since: hour.since(),
        at: hour.at(),
        times: hour.times,
        lines: shown(hour.runs.iter().map(|run| run.shown)),
    })
}

fn is_enough<K: PartialEq>(hour: &Turns<'_, K>) -> bool {
    let runs = &hour.runs;
    if !runs.iter().any(|run| run.shown.program.family.is_phone()) {
        return true;
    }
    let is_new = |&place: &usize| {
        let run = runs.get(place);
        let before = runs.iter().take(place);
        run.is_some_and(|run| !before.clone().any(|earlier| earlier.value == run.value))
    };
    let places = (0..runs.len()).filter(is_new).take(PHONE_PLACES).count();
    hour.times >= PHONE_RETURNS && places == PHONE_PLACES
}
