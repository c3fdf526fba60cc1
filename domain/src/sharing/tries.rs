//! Devices that try to use a token in vain.

use std::collections::{BTreeMap, BTreeSet};

use super::bindings::Binding;
use super::event::{Event, EventKind};
use super::mark::Mark;

/// The tries that press.
const TRIES: usize = 3;

/// The seconds in which they are.
const TRIES_WITHIN: i64 = 600;

/// Refused requests closer together are one try: a program asks for several things when it starts.
const TRY_SECONDS: i64 = 30;

/// The seconds after a try within which the bound device must sell.
const SELLS_WITHIN: i64 = 1_800;

/// The days on which a device must press before its requests are those of a second till.
const PRESSING_DAYS: usize = 3;

/// A try of a device to which the till is not bound.
#[derive(Clone, Copy, Debug)]
pub(super) struct Try<'w> {
    /// The refused request.
    pub(super) event: &'w Event,
    /// The next sale of the bound device, if it follows soon and the device is still bound then.
    pub(super) sale: Option<&'w Event>,
}

/// The tries of each device, in the order of time.
pub(super) type Tries<'w> = BTreeMap<Mark, Vec<Try<'w>>>;

/// Returns the tries among what was done, in the order of time.
pub(super) fn tries<'w>(acts: &[&'w Event], bindings: &[Binding]) -> Tries<'w> {
    let mut tries = Tries::new();
    for (place, &event) in acts.iter().enumerate() {
        if let EventKind::Refused(device) = event.kind {
            let own = tries.entry(device.mark()).or_default();
            let last = own.last().map(|last| last.event.at);
            if last.is_none_or(|last| last.plus_seconds(TRY_SECONDS) <= event.at) {
                let sale = sale_in(acts.get(place..).unwrap_or_default(), bindings);
                own.push(Try { event, sale });
            }
        }
    }
    tries
}

/// Returns the first sale soon after the first act, of the same binding.
fn sale_in<'w>(acts: &[&'w Event], bindings: &[Binding]) -> Option<&'w Event> {
    let at = acts.first()?.at;
    let changes = bindings.iter().map(|binding| binding.at);
    let change = changes.filter(|&change| change > at).min();
    let soon = at.plus_seconds(SELLS_WITHIN);
    let until = change.map_or(soon, |change| change.min(soon));
    let mut soon = acts.iter().take_while(|event| event.at <= until);
    soon.find(|event| event.kind == EventKind::Sale).copied()
}

/// Returns each three tries of a device in ten minutes while the bound device sold.
pub(super) fn presses<'t, 'w>(
    tries: &'t [Try<'w>],
) -> impl DoubleEndedIterator<Item = &'t [Try<'w>]> {
    tries.windows(TRIES).filter(|three| {
        let ends = three.first().zip(three.last());
        ends.is_some_and(|(first, last)| {
            let until = first.event.at.plus_seconds(TRIES_WITHIN);
            first.sale.is_some() && last.event.at <= until
        })
    })
}

/// Returns the devices that pressed on three days: somebody wants to work with them. One who is
/// curious gives up.
pub(super) fn pressing(tries: &Tries<'_>) -> BTreeSet<Mark> {
    let days = |tries: &[Try<'_>]| {
        let days: BTreeSet<_> = presses(tries)
            .filter_map(<[_]>::first)
            .map(|first| first.event.at.local_midnight())
            .collect();
        days.len()
    };
    let pressing = tries.iter().filter(|(_, own)| days(own) >= PRESSING_DAYS);
    pressing.map(|(&device, _)| device).collect()
}
