//! Overlapping checks.

use crate::sharing::checks::Check;
use crate::sharing::reason::{Finding, Line, MAX_SHOWN, Reason};
use crate::sharing::turns::{HOUR, dense};
use crate::sharing::window::Window;

const POINTS: i64 = 50;

/// The overlaps in an hour.
const OVERLAPS: usize = 6;

/// The requests of two checks.
const LINES_OF_PAIR: usize = 4;

/// Finds an hour in which at least six times a client X and a client Y were looked up, and then X
/// and Y sold to, with something that sets the two checks apart: their numbers are of two counters,
/// or they come from two places or from two programs.
///
/// Without it the checks are one cashier's: at a busy counter several clients are looked up before
/// the first of them pays.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let counters = window.counters();
    let is_apart = |x: &Check<'_>, y: &Check<'_>| {
        let (x, y) = (x.sale, y.sale);
        let rows = counters.get(x).zip(counters.get(y));
        let place = |prefix| window.places.group(prefix);
        let program = |mark| window.programs.group(mark);
        rows.is_some_and(|(x, y)| x != y)
            || (x.prefix.is_v6() == y.prefix.is_v6() && place(x.prefix) != place(y.prefix))
            || program(x.program.mark) != program(y.program.mark)
    };
    let mut pairs = Vec::new();
    for (place, y) in window.checks.iter().enumerate() {
        let before = window.checks.iter().take(place).rev();
        let mut open = before.take_while(|x| x.sale.at > y.lookup.at);
        let x = open.find(|x| x.lookup.at < y.lookup.at && x.sale.at < y.sale.at && is_apart(x, y));
        pairs.extend(x.map(|x| (x, y)));
    }
    let spans: Vec<_> = pairs.iter().map(|(_, y)| (y.sale.at, y.sale.at)).collect();
    let pairs = dense(&spans, HOUR, OVERLAPS, |range| pairs.get(range))?;
    let last = pairs.iter().rev().take(MAX_SHOWN / LINES_OF_PAIR).rev();
    let lines = last.flat_map(|(x, y)| [x.lookup, y.lookup, x.sale, y.sale]);
    Some(Finding {
        reason: Reason::OverlappingChecks,
        points: POINTS,
        since: pairs.first()?.0.lookup.at,
        at: pairs.last()?.1.sale.at,
        times: pairs.len(),
        lines: lines.map(|event| Line::Event(*event)).collect(),
    })
}
