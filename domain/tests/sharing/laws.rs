//! What holds for every stream.

use domain::Timestamp;
use domain::sharing::{
    Activity, Binding, Event, EventKind, Level, Mark, Reason, Silencing, Slot, judge,
};
use proptest::prelude::*;

use crate::honest::STEADY;
use crate::shared::SHARED;
use crate::stream::{at, moment};
use crate::workplace::{chrome, device, one_c, phone, prefix};

prop_compose! {
    /// Requests of few devices, places and clients, some with numbers at the ends of their range.
    fn event()(
        second in -50_000..50_000_i64,
        kind in prop::sample::select(vec![
            EventKind::Lookup,
            EventKind::Sale,
            EventKind::Return,
            EventKind::Refused(device("a")),
            EventKind::Refused(device("b")),
            EventKind::Other,
        ]),
        address in prop::sample::select(vec!["77.8.9.1", "91.2.3.4", "2001:db8::1"]),
        program in prop::sample::select(vec![one_c(), chrome(137), phone()]),
        client in prop::option::of(0..4_u64),
        receipt in prop::option::of(prop_oneof![0..200_u64, Just(u64::MAX)]),
        behind_seconds in prop::option::of(prop_oneof![-60..60, Just(i32::MIN), Just(i32::MAX)]),
        is_queued in any::<bool>(),
    ) -> Event {
        Event {
            at: moment(at(15, 12) + second),
            kind,
            prefix: prefix(address),
            program,
            client: client.map(Mark::from_bits),
            receipt,
            behind_seconds,
            is_queued,
        }
    }
}

prop_compose! {
    fn activity()(
        events in prop::collection::vec(event(), 0..400),
        bindings in prop::collection::vec(
            (-90..20_i64, prop::sample::select(vec!["a", "b"])),
            0..6,
        ),
        tickets in prop::collection::vec(-50_000..50_000_i64, 0..4),
    ) -> Activity {
        let slot = |event: &Event| {
            let mut slot = Slot::around(event.at);
            slot.record(*event);
            slot
        };
        let binding = |(day, id): (i64, &str)| Binding {
            at: moment(at(day, 10)),
            device: device(id).mark(),
        };
        Activity {
            slots: events.iter().map(slot).collect(),
            bindings: bindings.into_iter().map(binding).collect(),
            old_tickets: tickets.iter().map(|second| moment(at(15, 12) + second)).collect(),
            silencings: Vec::new(),
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_verdict_is_sound(
        (activity, shuffled) in activity().prop_flat_map(|activity| {
            let slots = Just(activity.slots.clone()).prop_shuffle();
            let bindings = Just(activity.bindings.clone()).prop_shuffle();
            let rest = activity.clone();
            let shuffled = (slots, bindings).prop_map(move |(slots, bindings)| Activity {
                slots,
                bindings,
                ..rest.clone()
            });
            (Just(activity), shuffled)
        }),
        hour in -24..400_i64,
    ) {
        let now = moment(at(15, 12 + hour));
        let verdict = judge(&activity, now);
        prop_assert_eq!(&verdict, &judge(&shuffled, now));
        let points = verdict.findings.iter().map(|found| found.points);
        prop_assert_eq!(verdict.points, points.sum::<i64>());
        prop_assert!(verdict.level < Level::LooksShared || verdict.points >= 70);
        prop_assert!(verdict.level > Level::Nothing || verdict.points < 40);
        for found in &verdict.findings {
            prop_assert!(found.points > 0 && found.points <= found.finding.points);
        }
        let mut silenced = activity;
        silenced.silencings = Reason::ALL.map(|reason| Silencing::new(reason, now)).to_vec();
        prop_assert_eq!(judge(&silenced, now).level, Level::Nothing);
    }
}

#[test]
fn reasons_are_read_as_they_are_written() {
    for reason in Reason::ALL {
        assert_eq!(Reason::parse(reason.code()), Some(reason));
    }
    assert_eq!(Reason::parse(""), None);
}

#[test]
fn nothing_is_said_of_a_till_without_slots() {
    let verdict = judge(&Activity::default(), moment(at(0, 0)));
    assert_eq!(verdict.level, Level::Nothing);
    assert!(verdict.findings.is_empty());
    let verdict = judge(&Activity::default(), Timestamp::MAX);
    assert_eq!(verdict.points, 0);
}

#[test]
fn nothing_is_left_when_every_reason_is_silenced_or_faded() {
    for (name, script) in SHARED {
        let now = moment(at(9, 0));
        let mut activity = script(7).activity(now);
        assert!(judge(&activity, now).points > 0, "{name}");
        assert_eq!(judge(&activity, now.plus_days(14)).points, 0, "{name}");
        let silenced = Reason::ALL.map(|reason| Silencing::new(reason, now.plus_days(-29)));
        activity.silencings = silenced.to_vec();
        assert!(judge(&activity, now).findings.is_empty(), "{name}");
        let later = now.plus_days(2);
        assert!(
            judge(&activity, later).points > 0,
            "{name}: silenced too long"
        );
    }
}

#[test]
fn a_silenced_reason_counts_for_nothing() {
    let now = moment(at(9, 0));
    let mut activity = SHARED[1].1(7).activity(now);
    let before = judge(&activity, now);
    let worst = &before.findings[0];
    activity
        .silencings
        .push(Silencing::new(worst.finding.reason, now));
    let after = judge(&activity, now);
    assert_eq!(after.points, before.points - worst.points);
    assert_eq!(after.findings, before.findings[1..]);
}

#[test]
fn the_order_of_slots_servers_and_bindings_is_of_no_consequence() {
    for (name, script) in SHARED.iter().chain(STEADY) {
        let now = moment(at(9, 0));
        let mut activity = script(7).activity(now);
        let before = judge(&activity, now);
        activity.slots.reverse();
        activity.bindings.reverse();
        activity.old_tickets.reverse();
        assert_eq!(judge(&activity, now), before, "{name}");
        let mut united = activity.clone();
        united.slots.sort_by_key(Slot::start);
        united.slots.dedup_by(|other, slot| {
            let is_same = other.start() == slot.start();
            if is_same {
                slot.unite(other);
            }
            is_same
        });
        assert!(united.slots.len() < activity.slots.len());
        assert_eq!(judge(&united, now), before, "{name}");
    }
}

#[test]
fn the_worst_reason_comes_first_with_what_shows_it() {
    for (name, script) in SHARED {
        let now = moment(at(9, 0));
        let verdict = judge(&script(7).activity(now), now);
        let points: Vec<_> = verdict.findings.iter().map(|found| -found.points).collect();
        assert!(points.is_sorted(), "{name}");
        for found in verdict.findings.iter().map(|found| &found.finding) {
            assert!(!found.lines.is_empty() && found.since <= found.at, "{name}");
            assert!(
                found.times > 0 && found.lines.len() <= 60,
                "{name}: {found:?}"
            );
        }
    }
}
