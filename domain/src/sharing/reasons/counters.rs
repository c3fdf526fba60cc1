//! Two receipt counters.

use std::cmp::Reverse;

use crate::sharing::reason::{Finding, Line, MAX_SHOWN, Reason};
use crate::sharing::rows::Row;
use crate::sharing::window::{Day, MIN_JUMPS, Window};

const POINTS: i64 = 60;

/// The lines for each jump: the receipts before it and after it, and the jump.
const LINES_OF_JUMP: usize = 3;

/// Finds a day on which the receipt numbers of sales divide into rising rows that interleave: at
/// least four times a number is more than 20 less than the one before, and goes on a row that was
/// left before.
///
/// A counter that begins anew with each shift begins a row and does not go on one; a number that
/// was skipped is a parked check; numbers that fall into many short rows count nothing; and
/// documents of a queue come late. A till that prints on two fiscal printers in turn is found here:
/// its requests are those of two counters.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let is_found = |day: &&Day<'_>| day.rows.jumps.len() >= MIN_JUMPS;
    let day = window.days.iter().rev().find(is_found)?;
    let jumps = &day.rows.jumps;
    let at = day.sales.get(*jumps.last()?)?.at;
    let mut rows: Vec<&Row> = day.rows.all.iter().collect();
    rows.sort_by_key(|row| Reverse(row.size));
    let rows = rows.iter().take(2).map(|row| Line::Row {
        first: row.first,
        last: row.last,
    });
    let last_jumps = jumps.iter().rev().take(MAX_SHOWN / LINES_OF_JUMP).rev();
    let mut places: Vec<usize> = last_jumps
        .flat_map(|&jump| jump.saturating_sub(1)..jump + 2)
        .collect();
    places.sort_unstable();
    places.dedup();
    let sales = places.iter().filter_map(|&place| day.sales.get(place));
    Some(Finding {
        reason: Reason::TwoCounters,
        points: POINTS,
        since: day.sales.get(*jumps.first()?)?.at,
        at,
        times: jumps.len(),
        lines: rows.chain(sales.map(|&sale| Line::Event(*sale))).collect(),
    })
}
