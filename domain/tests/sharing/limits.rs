//! Where each reason begins: what is just enough, and what is not.

use domain::Timestamp;
use domain::sharing::{
    Activity, Binding, Event, EventKind, Level, Line, Mark, Reason, Slot, Verdict, judge,
};

use crate::stream::{at, moment};
use crate::workplace::{chrome, device, one_c, phone, prefix};

const SHOPS: [&str; 2] = ["77.8.9.1", "91.2.3.4"];

fn event(second: i64, kind: EventKind, address: &str) -> Event {
    Event {
        at: moment(second),
        kind,
        prefix: prefix(address),
        program: one_c(),
        client: None,
        receipt: None,
        behind_seconds: None,
        is_queued: false,
    }
}

fn lookup(second: i64, address: &str, client: u64) -> Event {
    Event {
        client: Some(Mark::from_bits(client)),
        ..event(second, EventKind::Lookup, address)
    }
}

fn sale(second: i64, address: &str, client: u64) -> Event {
    Event {
        client: Some(Mark::from_bits(client)),
        ..event(second, EventKind::Sale, address)
    }
}

fn slots(events: &[Event]) -> Vec<Slot> {
    let slot = |event: &Event| {
        let mut slot = Slot::around(event.at);
        slot.record(*event);
        slot
    };
    events.iter().map(slot).collect()
}

fn verdict(activity: &Activity) -> Verdict {
    judge(activity, moment(at(20, 0)))
}

/// Returns the reasons found in events, with their points before they fade.
fn found(events: &[Event]) -> Vec<(Reason, i64)> {
    let activity = Activity {
        slots: slots(events),
        ..Activity::default()
    };
    reasons(&verdict(&activity))
}

fn reasons(verdict: &Verdict) -> Vec<(Reason, i64)> {
    let found = verdict.findings.iter().map(|found| &found.finding);
    found.map(|found| (found.reason, found.points)).collect()
}

/// Checks of two shops, open at once, of which the second asks after so many seconds each time.
fn interleaved(requests: usize, gap: i64) -> Vec<Event> {
    let begin = at(15, 10);
    let events = (0..).map(|pair| {
        let first = begin + pair * 4 * gap;
        let [x, y] = [2, 3].map(|client| u64::try_from(pair).unwrap() * 2 + client);
        [
            lookup(first, SHOPS[0], x),
            lookup(first + gap, SHOPS[1], y),
            sale(first + 2 * gap, SHOPS[0], x),
            sale(first + 3 * gap, SHOPS[1], y),
        ]
    });
    events.flatten().take(requests).collect()
}

#[test]
fn two_places_return_four_times_in_an_hour() {
    let two_places = vec![(Reason::TwoPlaces, 50)];
    assert_eq!(found(&interleaved(6, 60)), two_places);
    assert_eq!(found(&interleaved(5, 60)), []);
    assert_eq!(found(&interleaved(6, 450)), two_places);
    assert_eq!(found(&interleaved(6, 601)), []);
    // A phone has three places and eight returns; IPv4 and IPv6 are not two places.
    let mut events = interleaved(12, 60);
    for event in &mut events {
        event.program = phone();
    }
    assert_eq!(found(&events), []);
    let mut events = interleaved(12, 60);
    for event in &mut events {
        if event.prefix == prefix(SHOPS[1]) {
            event.prefix = prefix("2001:db8::1");
        }
    }
    assert_eq!(found(&events), []);
    // No check is open while the other place asks.
    let apart = (0..12_u32).flat_map(|check| {
        let begin = at(15, 10) + i64::from(check) * 120;
        let shop = SHOPS[usize::from(check.is_multiple_of(2))];
        [
            lookup(begin, shop, check.into()),
            sale(begin + 60, shop, check.into()),
        ]
    });
    let apart: Vec<Event> = apart.collect();
    assert_eq!(found(&apart), []);
}

#[test]
fn two_programs_return_three_times_in_an_hour() {
    let requests = |times: i64, pause: i64| -> Vec<Event> {
        let events = (0..times).map(|time| {
            let program = if time % 2 == 0 { one_c() } else { chrome(137) };
            let lookup = lookup(at(15, 10) + time * pause, SHOPS[0], 1);
            Event { program, ..lookup }
        });
        events.collect()
    };
    assert_eq!(found(&requests(5, 60)), [(Reason::TwoPrograms, 60)]);
    assert_eq!(found(&requests(4, 60)), []);
    assert_eq!(found(&requests(5, 900)), [(Reason::TwoPrograms, 60)]);
    assert_eq!(found(&requests(5, 901)), []);
}

#[test]
fn another_device_tries_three_times_while_the_bound_one_sells() {
    let refused = |second, id| {
        event(
            at(15, 10) + second,
            EventKind::Refused(device(id)),
            SHOPS[1],
        )
    };
    let tries = |id, seconds: &[i64]| -> Vec<Event> {
        seconds.iter().map(|&second| refused(second, id)).collect()
    };
    let with_sale = |mut events: Vec<Event>, second| {
        events.push(sale(at(15, 10) + second, SHOPS[0], 1));
        found(&events)
    };
    let one = vec![(Reason::OtherDevice, 40)];
    assert_eq!(with_sale(tries("a", &[0, 300, 600]), 1_800), one);
    assert_eq!(with_sale(tries("a", &[0, 300, 600]), 1_802), []);
    assert_eq!(with_sale(tries("a", &[0, 300, 601]), 10), []);
    assert_eq!(with_sale(tries("a", &[0, 300, 600]), -10), []);
    // Three requests of a program that starts are one try.
    assert_eq!(with_sale(tries("a", &[0, 10, 20, 40]), 10), []);
    let two = [tries("a", &[0, 700]), tries("b", &[85_000, 86_400])].concat();
    assert_eq!(found(&two), []);
    let mut sold = two.clone();
    sold.extend([1, 85_001].map(|second| sale(at(15, 10) + second, SHOPS[0], 1)));
    assert_eq!(found(&sold), [(Reason::OtherDevice, 60)]);
    sold[3] = refused(86_401, "b");
    assert_eq!(found(&sold), []);
}

#[test]
fn two_counters_jump_back_four_times_a_day() {
    let sales = |numbers: &[u64]| -> Vec<Event> {
        let sales = numbers.iter().zip(0..).map(|(&number, place)| Event {
            receipt: Some(number),
            ..sale(at(15, 10) + place * 900, SHOPS[0], number)
        });
        sales.collect()
    };
    let two = |first: u64| (0..5).flat_map(|n| [first + n, 21 + n]).collect::<Vec<_>>();
    let four = two(42);
    assert_eq!(found(&sales(&four)), [(Reason::TwoCounters, 60)]);
    assert_eq!(found(&sales(&two(41))), []);
    let three = [98, 99, 20, 21, 100, 101, 22, 102, 23, 103, 24];
    assert_eq!(found(&sales(&three)), []);
    let mut queued = sales(&four);
    for sale in &mut queued {
        sale.is_queued = true;
    }
    assert_eq!(found(&queued), []);
}

#[test]
fn checks_overlap_six_times_in_an_hour() {
    let is_found = |pairs: usize| {
        let found = found(&interleaved(pairs * 4, 60));
        found.contains(&(Reason::OverlappingChecks, 50))
    };
    assert!(is_found(6));
    assert!(!is_found(5));
    let mut one_place = interleaved(40, 60);
    for event in &mut one_place {
        event.prefix = prefix(SHOPS[0]);
    }
    assert_eq!(found(&one_place), []);
}

#[test]
fn two_clocks_are_20_seconds_apart() {
    let sales = |hours: i64, apart: i32| -> Vec<Event> {
        let sales = (0..hours * 12).map(|place| {
            let behind = if place % 2 == 0 { 1 } else { 1 + apart };
            Event {
                behind_seconds: Some(behind),
                ..sale(at(15, 10) + place * 300, SHOPS[0], 1)
            }
        });
        sales.collect()
    };
    assert_eq!(found(&sales(3, 20)), [(Reason::TwoClocks, 30)]);
    assert_eq!(found(&sales(3, 19)), []);
    assert_eq!(found(&sales(1, 20)), []);
}

#[test]
fn a_till_that_never_closes_works_20_hours_on_3_days() {
    let worked = |days: &[i64], hours: i64| -> Vec<Event> {
        let hours = days
            .iter()
            .flat_map(|&day| (0..hours).map(move |hour| at(day, hour)));
        hours.map(|second| sale(second, SHOPS[0], 1)).collect()
    };
    assert_eq!(
        found(&worked(&[10, 13, 16], 20)),
        [(Reason::NeverCloses, 20)]
    );
    assert_eq!(found(&worked(&[10, 13, 17], 20)), []);
    assert_eq!(found(&worked(&[10, 13], 24)), []);
    assert_eq!(found(&worked(&[10, 13, 16], 19)), []);
}

#[test]
fn a_binding_goes_round_with_three_changes_in_30_days() {
    let found = |bindings: &[(i64, &str)]| {
        let bindings = bindings.iter().map(|&(day, id)| Binding {
            at: moment(at(day, 10)),
            device: device(id).mark(),
        });
        let activity = Activity {
            bindings: bindings.collect(),
            ..Activity::default()
        };
        reasons(&verdict(&activity))
    };
    let round = vec![(Reason::BindingGoesRound, 40)];
    assert_eq!(found(&[(-90, "a"), (-12, "b"), (3, "c"), (18, "b")]), round);
    assert_eq!(found(&[(-90, "a"), (-13, "b"), (3, "c"), (18, "b")]), []);
    assert_eq!(found(&[(-90, "a"), (3, "b"), (18, "a")]), []);
    assert_eq!(found(&[(-90, "a"), (3, "b"), (9, "c"), (18, "d")]), []);
    assert_eq!(found(&[(-90, "a"), (3, "a"), (9, "a"), (18, "a")]), []);
    assert_eq!(found(&[]), []);
}

#[test]
fn a_copy_sends_old_tickets_again_and_stands_alone() {
    let sent = |seconds: &[i64]| {
        let tickets = seconds.iter().map(|&second| moment(at(19, 0) + second));
        judge(
            &Activity {
                old_tickets: tickets.collect(),
                ..Activity::default()
            },
            moment(at(19, 0) + seconds.last().unwrap()),
        )
    };
    let verdict = sent(&[0, 60]);
    assert_eq!((verdict.level, verdict.points), (Level::LooksShared, 70));
    let lines = &verdict.findings[0].finding.lines;
    assert!(matches!(
        lines[..],
        [Line::OldTicket(_), Line::OldTicket(_)]
    ));
    assert_eq!(sent(&[0, 86_400]).points, 70);
    assert_eq!(sent(&[0, 86_401]).points, 0);
    assert_eq!(sent(&[0, 59]).points, 0);
}

#[test]
fn points_fade_evenly_within_two_weeks() {
    let activity = Activity {
        slots: slots(&interleaved(40, 60)),
        ..Activity::default()
    };
    let last = moment(at(15, 10) + 39 * 60);
    let after = |days: i64| judge(&activity, last.plus_days(days));
    assert_eq!((after(0).points, after(0).level), (100, Level::LooksShared));
    assert_eq!((after(4).points, after(4).level), (72, Level::LooksShared));
    assert_eq!((after(7).points, after(7).level), (50, Level::WorthALook));
    assert_eq!((after(9).points, after(9).level), (36, Level::Nothing));
    assert_eq!(after(14).points, 0);
    let single = Activity {
        slots: slots(&interleaved(6, 60)),
        ..Activity::default()
    };
    assert_eq!(verdict(&single).findings.len(), 1);
    assert_eq!(judge(&activity, Timestamp::MAX).points, 0);
}
