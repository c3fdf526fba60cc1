//! A copied device.

use crate::sharing::reason::{Finding, Line, Reason};
use crate::sharing::window::Window;

const POINTS: i64 = 70;

/// The least time between two tickets that are not sent at once.
const APART_SECONDS: i64 = 60;

/// Finds a ticket older than the last two that was sent twice within 24 hours, at least a minute
/// apart.
///
/// A till that was set back to an earlier state (a restored disk, a database from a backup) sends
/// an old ticket once, gets the new one and goes on with it. Of two copies, each sends an old one
/// whenever the other was served in between.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let tickets = &window.old_tickets;
    let (at, day) = (0..tickets.len()).rev().find_map(|place| {
        let until = tickets.get(..=place)?;
        let at = *until.last()?;
        let day = until.partition_point(|&earlier| earlier < at.plus_days(-1));
        let day = until.get(day..)?;
        let is_apart = *day.first()? <= at.plus_seconds(-APART_SECONDS);
        is_apart.then_some((at, day))
    })?;
    Some(Finding {
        reason: Reason::CopiedDevice,
        points: POINTS,
        since: *day.first()?,
        at,
        times: day.len(),
        lines: day.iter().map(|&at| Line::OldTicket(at)).collect(),
    })
}
