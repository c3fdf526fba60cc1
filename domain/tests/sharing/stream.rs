//! Thirty days of a till, and what is said about it on the way.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::sharing::{
    Activity, Binding, DeviceMark, Event, EventKind, KEPT_DAYS, Level, Slot, Verdict, judge,
};

use crate::chance::Chance;
use crate::workplace::Workplace;

pub(crate) const DAYS: i64 = 30;
pub(crate) const HOUR: i64 = 3_600;

/// The local midnight at which every stream begins, in seconds.
const BEGIN: i64 = 1_777_575_600;

/// Returns a second of a local day.
pub(crate) fn at(day: i64, hour: i64) -> i64 {
    BEGIN + day * 86_400 + hour * HOUR
}

pub(crate) fn moment(second: i64) -> Timestamp {
    Timestamp::from_micros(second * 1_000_000)
}

/// What a till sends.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) chance: Chance,
    pub(crate) events: Vec<Event>,
    pub(crate) bindings: Vec<Binding>,
    pub(crate) old_tickets: Vec<Timestamp>,
}

impl Stream {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            chance: Chance::new(seed),
            events: Vec::new(),
            bindings: Vec::new(),
            old_tickets: Vec::new(),
        }
    }

    /// A workplace works from an hour of a day to another.
    pub(crate) fn work(&mut self, workplace: &mut Workplace, day: i64, from: i64, until: i64) {
        let events = workplace.work(&mut self.chance, at(day, from), at(day, until));
        self.events.extend(events);
    }

    pub(crate) fn bind(&mut self, second: i64, device: DeviceMark) {
        self.bindings.push(Binding {
            at: moment(second),
            device: device.mark(),
        });
    }

    /// A device tries in vain, so often, about every so many seconds.
    pub(crate) fn try_in_vain(
        &mut self,
        workplace: &Workplace,
        device: DeviceMark,
        begin: i64,
        (times, every): (i64, i64),
    ) {
        let mut tried = workplace.clone();
        tried.refused = Some(device);
        tried.polls = None;
        tried.pause = 1;
        for time in 0..times {
            let second = begin + time * every + self.chance.between(0, every / 4);
            // A program asks for several things when it starts.
            for more in 0..self.chance.between(1, 3) {
                let events = tried.work(&mut self.chance, second + more, second + more + 1);
                self.events.extend(events.into_iter().take(1));
            }
        }
    }

    /// The till has no connection from a second to another. It sends everything afterwards, while
    /// it sells on.
    pub(crate) fn cut_off(&mut self, from: i64, until: i64) {
        let (first, last) = (moment(from), moment(until));
        let is_cut = |event: &Event| event.at >= first && event.at < last;
        let (cut, mut kept): (Vec<_>, Vec<_>) = self.events.drain(..).partition(is_cut);
        let sales = cut
            .into_iter()
            .filter(|event| event.kind == EventKind::Sale);
        let mut sent = last;
        for sale in sales {
            sent = sent.plus_seconds(self.chance.between(1, 60));
            let late = (sent.micros() - sale.at.micros()) / 1_000_000;
            let late = i32::try_from(late).unwrap();
            kept.push(Event {
                at: sent,
                behind_seconds: sale.behind_seconds.map(|behind| behind + late),
                is_queued: true,
                ..sale
            });
        }
        self.events = kept;
    }

    /// Returns what two servers have kept of it until a moment.
    pub(crate) fn activity(&mut self, until: Timestamp) -> Activity {
        self.events.sort();
        let mut slots: BTreeMap<(bool, Timestamp), Slot> = BTreeMap::new();
        for event in self.events.iter().filter(|event| event.at < until) {
            let slot = Slot::around(event.at);
            let is_first = event.at.micros() % 2 == 0;
            let slot = slots.entry((is_first, slot.start())).or_insert(slot);
            slot.record(*event);
        }
        let until_then = |moments: &[Timestamp]| {
            let moments = moments.iter().copied();
            moments.filter(|&at| at < until).collect()
        };
        let bindings = self.bindings.iter().copied();
        Activity {
            slots: slots.into_values().collect(),
            bindings: bindings.filter(|binding| binding.at < until).collect(),
            old_tickets: until_then(&self.old_tickets),
            silencings: Vec::new(),
        }
    }

    /// Returns what is said at the end of each of these days, from 1.
    fn verdicts(&mut self, days: impl Iterator<Item = i64>) -> Vec<Verdict> {
        let whole = self.activity(moment(at(DAYS, 24)));
        let judged = |day| {
            let now = moment(at(day, 0));
            let slots = whole.slots.iter().filter(|slot| slot.start() < now);
            let oldest = now.plus_days(-KEPT_DAYS);
            let bindings = whole.bindings.iter().copied();
            let tickets = whole.old_tickets.iter().copied();
            let activity = Activity {
                slots: slots
                    .filter(|slot| slot.start() > oldest)
                    .cloned()
                    .collect(),
                bindings: bindings.filter(|binding| binding.at < now).collect(),
                old_tickets: tickets.filter(|&ticket| ticket < now).collect(),
                silencings: Vec::new(),
            };
            judge(&activity, now)
        };
        days.map(judged).collect()
    }

    /// Returns a bound of the points of every moment, with the reasons: the sum over all reasons
    /// ever found, before they fade. A finding is still seen ten days later.
    pub(crate) fn most_points(&mut self) -> (i64, String) {
        let verdicts = self.verdicts((1..=DAYS / 10).map(|time| time * 10));
        let mut most: BTreeMap<&str, i64> = BTreeMap::new();
        for found in verdicts.iter().flat_map(|verdict| &verdict.findings) {
            let points = most.entry(found.finding.reason.code()).or_default();
            *points = found.finding.points.max(*points);
        }
        let reasons = most.iter().map(|(code, points)| format!("{code} {points}"));
        let reasons: Vec<String> = reasons.collect();
        (most.values().sum(), reasons.join(", "))
    }

    /// Returns the first day, from 1, on which the token looked shared, and the worst verdict.
    pub(crate) fn found(&mut self) -> (Option<usize>, Verdict) {
        let verdicts = self.verdicts(1..=DAYS);
        let mut looks = verdicts.iter().map(|verdict| verdict.level);
        let found = looks.position(|level| level == Level::LooksShared);
        let worst = verdicts.into_iter().max_by_key(|verdict| verdict.points);
        (found.map(|day| day + 1), worst.unwrap())
    }
}

/// Returns the reasons of a verdict with the points left.
pub(crate) fn reasons(verdict: &Verdict) -> String {
    let findings = verdict.findings.iter();
    let findings: Vec<String> = findings
        .map(|found| format!("{} {}", found.finding.reason.code(), found.points))
        .collect();
    findings.join(", ")
}
