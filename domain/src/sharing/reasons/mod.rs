//! Each reason to think that a token is shared: a function from what is known of a till to what was
//! found when it was last seen.

mod bindings;
mod clocks;
mod copies;
mod counters;
mod hours;
mod other_device;
mod overlaps;
mod places;
mod programs;

use super::reason::Finding;
use super::window::Window;

/// Returns all that is found.
pub(super) fn findings(window: &Window<'_>) -> Vec<Finding> {
    [
        other_device::find(window),
        places::find(window),
        programs::find(window),
        counters::find(window),
        overlaps::find(window),
        clocks::find(window),
        hours::find(window),
        bindings::find(window),
        copies::find(window),
    ]
    .into_iter()
    .flatten()
    .collect()
}
