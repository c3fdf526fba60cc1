//! What holds for every stream.

use domain::Timestamp;
use domain::sharing::{Activity, Level, Reason, Silencing, judge};

use crate::honest::STEADY;
use crate::shared::SHARED;
use crate::stream::{at, moment};

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
        united.slots.sort_by_key(domain::sharing::Slot::start);
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
