//! A binding that goes round.

use crate::sharing::bindings::round;
use crate::sharing::reason::{Finding, Line, Reason};
use crate::sharing::window::Window;

const POINTS: i64 = 40;

/// Finds at least three changes of the binding within 30 days, one of them back to an earlier
/// device. A phone that loses its id comes each time with a new one, and goes back to none.
pub(super) fn find(window: &Window<'_>) -> Option<Finding> {
    let changes = round(&window.bindings)?;
    Some(Finding {
        reason: Reason::BindingGoesRound,
        points: POINTS,
        since: changes.first()?.at,
        at: changes.last()?.at,
        times: changes.len(),
        lines: changes
            .iter()
            .map(|change| Line::Binding(*change))
            .collect(),
    })
}
