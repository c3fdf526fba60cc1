//! Two places at once.

use crate::sharing::address::AddressPrefix;
use crate::sharing::checks::Check;
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

/// The checks that one place keeps open while the other asks.
const OPEN_CHECKS: usize = 2;

/// Finds an hour in which requests came from A, from B and again from A at least four times, with
/// less than ten minutes between them. For a phone it must be eight times, and a third place.
/// Requests that a program makes by itself do not count: a server elsewhere may make them. Those of
/// another device count only if it [presses](crate::sharing::tries::pressing).
///
/// Two conditions tell two shops from one whose address changes. Prefixes that checks cross are one
/// place (see [`Ties`](crate::sharing::ties::Ties)). And at least two checks of the hour were begun
/// and finished at one place while the other asked, which does not happen where a router falls back
/// to another provider and returns. IPv4 and IPv6 count apart: an office uses both in turn.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let found = [false, true].into_iter().filter_map(|is_v6| {
        let events = window.acts.iter().copied();
        let events = events.filter(|event| event.prefix.is_v6() == is_v6);
        let place = |event: &Event| window.places.group(event.prefix);
        let is_enough = |hour: &Turns<'_, _>| is_plain(hour) && has_open_checks(window, hour);
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

/// Returns whether the turns are more than those of a phone.
fn is_plain<K: PartialEq>(hour: &Turns<'_, K>) -> bool {
    let runs = &hour.runs;
    if !runs.iter().any(|run| run.shown.program.family.is_phone()) {
        return true;
    }
    let is_new = |&place: &usize| {
        let run = runs.get(place);
        let mut before = runs.iter().take(place);
        run.is_some_and(|run| !before.any(|earlier| earlier.value == run.value))
    };
    let places = (0..runs.len()).filter(is_new).take(PHONE_PLACES).count();
    hour.times >= PHONE_RETURNS && places == PHONE_PLACES
}

/// Returns whether checks were open at one place while another asked.
fn has_open_checks(window: &Window<'_>, hour: &Turns<'_, AddressPrefix>) -> bool {
    let checks = &window.checks;
    let begin = checks.partition_point(|check| check.sale.at < hour.since());
    let checks = checks.iter().skip(begin);
    let checks = checks.take_while(|check| check.sale.at <= hour.at());
    let is_open = |check: &&Check<'_>| {
        let place = window.places.group(check.lookup.prefix);
        let next = hour
            .runs
            .partition_point(|run| run.first <= check.lookup.at);
        let between = hour.runs.iter().skip(next);
        let mut between = between.take_while(|run| run.first < check.sale.at);
        place == window.places.group(check.sale.prefix) && between.any(|run| run.value != place)
    };
    checks.filter(is_open).take(OPEN_CHECKS).count() == OPEN_CHECKS
}
