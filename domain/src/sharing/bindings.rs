//! The devices that a till was bound to.

use super::mark::Mark;
use crate::time::Timestamp;

/// The days in which a binding may change twice without a question.
pub(super) const ROUND_DAYS: i64 = 30;

/// The least number of changes that are a round.
const ROUND_CHANGES: usize = 3;

/// The days before its binding in which a device may try to use the token.
const TRYING_DAYS: i64 = 1;

/// The days for which a device that was replaced may be left on.
const LEFT_ON_DAYS: i64 = 7;

/// A till was bound to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binding {
    /// When.
    pub at: Timestamp,
    /// The keyed hash of the device's id.
    pub device: Mark,
}

/// Returns the last changes of the binding that go round: at least three within 30 days, one of
/// them back to an earlier device. `bindings` is in the order of time.
pub(super) fn round(bindings: &[Binding]) -> Option<&[Binding]> {
    (1..=bindings.len()).rev().find_map(|end| {
        let until = bindings.get(..end)?;
        let begin = until.last()?.at.plus_days(-ROUND_DAYS);
        let old = until.partition_point(|binding| binding.at < begin);
        // The first binding of all changes nothing.
        let changes = until.get(old.max(1)..)?;
        let is_back = (old.max(1)..end).any(|place| returns(until, place));
        (changes.len() >= ROUND_CHANGES && is_back).then_some(changes)
    })
}

/// Returns whether the binding at this place leads back to a device, from another one.
fn returns(bindings: &[Binding], place: usize) -> bool {
    let (before, rest) = bindings.split_at(place);
    let Some(device) = rest.first().map(|binding| binding.device) else {
        return false;
    };
    let is_new = before.last().is_some_and(|last| last.device != device);
    is_new && before.iter().any(|earlier| earlier.device == device)
}

/// A time in which a device may try to use the token although another one is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leave {
    device: Mark,
    from: Timestamp,
    until: Timestamp,
}

impl Leave {
    /// Returns whether it covers a try.
    pub(super) fn covers(&self, device: Mark, at: Timestamp) -> bool {
        self.device == device && self.from <= at && at <= self.until
    }
}

/// Returns when which devices may try in vain: a new one on the day before it is bound, and one
/// that was replaced for a week, because it may be left on and goes on asking. If the bindings go
/// round, nobody replaces anything, and no device may.
pub(super) fn leaves(bindings: &[Binding], now: Timestamp) -> Vec<Leave> {
    let last = round(bindings).and_then(<[_]>::last);
    if last.is_some_and(|last| last.at > now.plus_days(-ROUND_DAYS)) {
        return Vec::new();
    }
    let mut leaves = Vec::new();
    for pair in bindings.windows(2) {
        if let [old, new] = pair {
            leaves.push(Leave {
                device: new.device,
                from: new.at.plus_days(-TRYING_DAYS),
                until: new.at,
            });
            leaves.push(Leave {
                device: old.device,
                from: new.at,
                until: new.at.plus_days(LEFT_ON_DAYS),
            });
        }
    }
    leaves
}
