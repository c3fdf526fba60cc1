//! Two programs.

use crate::sharing::event::Event;
use crate::sharing::reason::{Finding, Reason, shown};
use crate::sharing::turns::{HOUR, turns};
use crate::sharing::window::Window;

const POINTS: i64 = 60;

/// The returns to a program in an hour.
const RETURNS: usize = 3;

/// Finds an hour in which one user agent, another and the first again followed one another at least
/// three times. An update goes once from the old to the new. Requests that a program makes by
/// itself do not count, and those of another device only if it
/// [presses](crate::sharing::tries::pressing).
///
/// Programs that checks cross are one (see [`Ties`](crate::sharing::ties::Ties)): a till may look
/// clients up with one and send its sales with another.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let events = window.acts.iter().copied();
    let program = |event: &Event| window.programs.group(event.program.mark);
    let hour = turns(events, program, HOUR, |_| true, RETURNS)?;
    Some(Finding {
        reason: Reason::TwoPrograms,
        points: POINTS,
        since: hour.since(),
        at: hour.at(),
        times: hour.times,
        lines: shown(hour.runs.iter().map(|run| run.shown)),
    })
}
