//! What is known of a till, prepared for the reasons.

use std::collections::HashMap;

use super::address::AddressPrefix;
use super::bindings::{Binding, leaves};
use super::checks::{Check, checks};
use super::event::{Event, EventKind};
use super::mark::Mark;
use super::reason::{FADE_DAYS, Silencing};
use super::rows::Rows;
use super::slot::Slot;
use super::ties::Ties;
use super::tries::{Tries, pressing, tries};
use crate::time::Timestamp;

/// The least number of jumps back on a day of two counters.
pub(super) const MIN_JUMPS: usize = 4;

/// What is known of a till. The order of the lists is of no consequence.
#[derive(Clone, Debug, Default)]
pub struct Activity {
    /// The slots of the last [`KEPT_DAYS`](super::KEPT_DAYS), of every server.
    pub slots: Vec<Slot>,
    /// Every device that the till was bound to.
    pub bindings: Vec<Binding>,
    /// When a device sent a ticket older than the last two.
    pub old_tickets: Vec<Timestamp>,
    /// What was said to be normal.
    pub silencings: Vec<Silencing>,
}

/// The last [`FADE_DAYS`] of a till: what is older has no points left.
#[derive(Debug)]
pub(super) struct Window<'w> {
    pub(super) now: Timestamp,
    pub(super) slots: &'w [Slot],
    /// The tries of other devices, without those that have leave to try.
    pub(super) tries: Tries<'w>,
    /// What people did with the till, in order: no requests that a program makes by itself, and
    /// refused ones only of devices that [press](pressing). Otherwise a few tries in vain would be
    /// a second program, and a second place, at once.
    pub(super) acts: Vec<&'w Event>,
    pub(super) checks: Vec<Check<'w>>,
    pub(super) places: Ties<AddressPrefix>,
    pub(super) programs: Ties<Mark>,
    pub(super) days: Vec<Day<'w>>,
    pub(super) bindings: Vec<Binding>,
    pub(super) old_tickets: Vec<Timestamp>,
}

/// The numbered receipts of a local day.
#[derive(Debug)]
pub(super) struct Day<'w> {
    /// Its sales, without those that were sent later.
    pub(super) sales: Vec<&'w Event>,
    /// The rows of their numbers.
    pub(super) rows: Rows,
}

impl<'w> Window<'w> {
    pub(super) fn new(activity: &'w Activity, now: Timestamp) -> Self {
        let mut bindings = activity.bindings.clone();
        bindings.sort();
        let mut old_tickets = activity.old_tickets.clone();
        old_tickets.sort();
        let mut acts = acts(&activity.slots, &bindings, now);
        let tries = tries(&acts, &bindings);
        let pressing = pressing(&tries);
        acts.retain(|event| match event.kind {
            EventKind::Refused(device) => pressing.contains(&device.mark()),
            _ => true,
        });
        let checks = checks(&acts);
        Self {
            now,
            slots: &activity.slots,
            places: Ties::of(&checks, |event| event.prefix),
            programs: Ties::of(&checks, |event| event.program.mark),
            days: days(&acts),
            checks,
            tries,
            acts,
            bindings,
            old_tickets,
        }
    }

    /// Returns the row of each receipt number of the days on which counters take turns.
    pub(super) fn counters(&self) -> HashMap<&'w Event, usize> {
        let days = self
            .days
            .iter()
            .filter(|day| day.rows.jumps.len() >= MIN_JUMPS);
        let rows = days.flat_map(|day| {
            let rows = day.sales.iter().zip(&day.rows.row_of);
            rows.filter(|&(_, &row)| day.rows.is_counter(row))
        });
        rows.map(|(&sale, &row)| (sale, row)).collect()
    }
}

fn acts<'w>(slots: &'w [Slot], bindings: &[Binding], now: Timestamp) -> Vec<&'w Event> {
    let oldest = now.plus_days(-FADE_DAYS);
    let leaves = leaves(bindings, now);
    let is_act = |event: &Event| match event.kind {
        EventKind::Refused(device) => {
            let mark = device.mark();
            !leaves.iter().any(|leave| leave.covers(mark, event.at))
        }
        EventKind::Other => false,
        EventKind::Lookup | EventKind::Sale | EventKind::Return => true,
    };
    let slots = slots
        .iter()
        .filter(|slot| oldest <= slot.start() && slot.start() <= now);
    let mut acts: Vec<_> = slots.flat_map(Slot::events).collect();
    acts.retain(|event| is_act(event));
    acts.sort();
    acts
}

fn days<'w>(events: &[&'w Event]) -> Vec<Day<'w>> {
    let is_numbered = |event: &Event| {
        event.kind == EventKind::Sale && !event.is_queued && event.receipt.is_some()
    };
    let sales: Vec<_> = events
        .iter()
        .copied()
        .filter(|event| is_numbered(event))
        .collect();
    let days = sales.chunk_by(|a, b| a.at.local_midnight() == b.at.local_midnight());
    days.map(|sales| {
        let numbers: Vec<u64> = sales.iter().filter_map(|sale| sale.receipt).collect();
        Day {
            sales: sales.to_vec(),
            rows: Rows::of(&numbers),
        }
    })
    .collect()
}
