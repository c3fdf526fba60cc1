//! Honest shops in which something changes: devices, programs, clocks, counters.

use crate::honest::{Script, queue_sent_at_once, usual};
use crate::stream::{DAYS, HOUR, Stream, at, moment};
use crate::workplace::{Numbers, Workplace, chrome, device, one_c, phone, prefix, program};

pub(crate) const MOVING: &[Script] = &[
    ("a queue sent at once", queue_sent_at_once),
    ("three shifts a day, numbered anew", |seed| shifts(seed, 3)),
    ("one shift a day, numbered anew", |seed| shifts(seed, 1)),
    ("a new fiscal drive", |seed| {
        daily(seed, |till, day| {
            if day == 12 {
                till.numbers = Numbers::Counter(0, 2);
            }
        })
    }),
    ("a new version of the program", |seed| {
        daily(seed, |till, day| {
            till.program = if day < 12 {
                one_c()
            } else {
                program("1C+Enterprise/8.3.25")
            };
        })
    }),
    ("a browser that updates itself", |seed| {
        daily(seed, |till, day| till.program = chrome(130 + day / 5))
    }),
    ("a program tried and put back", tried_and_put_back),
    ("a clock that is wrong, then mended", |seed| {
        daily(seed, |till, day| {
            till.fast = if day < 10 { 340 - 3 * day } else { 0 }
        })
    }),
    ("power cuts that set the clock back", power_cuts),
    ("a new PC, the old one left on", new_pc),
    ("a cashier with two phones pairs again", |seed| {
        two_phones(seed, &[12])
    }),
    ("a cashier with two phones pairs back", |seed| {
        two_phones(seed, &[12, 14])
    }),
    ("a browser that loses its id", lost_ids),
    ("a token tried at home in the evening", tried_at_home),
    ("another phone opens the page now and then", |seed| {
        let mut stream = usual(seed, |_| ());
        let mut other = Workplace::new("77.8.9.1");
        other.program = phone();
        for day in 0..DAYS {
            stream.try_in_vain(&other, device("web-other"), at(day, 12), (2, 1_800));
        }
        stream
    }),
    ("a till that moves to another shop", moved),
    ("a PC restored from its image", restored),
    ("a shop that was closed for two weeks", |seed| {
        let mut stream = usual(seed, |_| ());
        stream
            .events
            .retain(|event| event.at < moment(at(5, 0)) || event.at > moment(at(19, 0)));
        stream
    }),
];

fn daily(seed: u64, change: impl Fn(&mut Workplace, i64)) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    till.pause = 180;
    for day in 0..DAYS {
        change(&mut till, day);
        stream.work(&mut till, day, 8, 22);
    }
    stream
}

fn shifts(seed: u64, shifts: i64) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    till.pause = 150;
    for day in 0..DAYS {
        for shift in 0..shifts {
            till.new_shift();
            let length = 15 / shifts;
            stream.work(&mut till, day, 8 + shift * length, 8 + (shift + 1) * length);
        }
    }
    stream
}

/// The new program is tried on one day for an hour, twice.
fn tried_and_put_back(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    for day in 0..DAYS {
        for hour in 8..22 {
            let is_new = day == 9 && (hour == 11 || hour == 14);
            till.program = if is_new {
                program("1C+Enterprise/8.3.25")
            } else {
                one_c()
            };
            stream.work(&mut till, day, hour, hour + 1);
        }
    }
    stream
}

/// The clock of the till is wrong after each cut until it finds the network's.
fn power_cuts(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    till.pause = 100;
    for day in 0..DAYS {
        for hour in 8..22 {
            till.fast = if stream.chance.is(300) { -7_200 } else { 0 };
            stream.work(&mut till, day, hour, hour + 1);
            let cut = at(day, hour) + stream.chance.between(0, HOUR);
            let is_cut = stream.chance.is(300);
            if is_cut {
                stream.cut_off(cut, cut + 600);
            }
        }
    }
    stream
}

/// The old PC has another program and goes on asking for three weeks.
fn new_pc(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut old, mut new) = (Workplace::new("77.8.9.1"), Workplace::new("77.8.9.1"));
    new.program = chrome(137);
    stream.bind(at(-90, 9), device("KASSA-OLD"));
    stream.bind(at(10, 12), device("KASSA-NEW"));
    for day in 0..10 {
        stream.work(&mut old, day, 8, 22);
    }
    stream.work(&mut old, 10, 8, 12);
    stream.try_in_vain(&new, device("KASSA-NEW"), at(10, 11), (5, 90));
    stream.work(&mut new, 10, 12, 22);
    for day in 10..17 {
        stream.try_in_vain(&old, device("KASSA-OLD"), at(day, 12), (100, 300));
    }
    for day in 11..DAYS {
        stream.work(&mut new, day, 8, 22);
    }
    stream
}

/// The till goes from one phone to the other on each of the days.
fn two_phones(seed: u64, days: &[i64]) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    till.numbers = Numbers::None;
    let phones = [
        (phone(), device("web-a"), "77.8.9.1"),
        (
            program("Mozilla/5.0 (iPhone) Version/17.5 Safari/604.1"),
            device("web-b"),
            "91.2.3.4",
        ),
    ];
    stream.bind(at(-90, 9), phones[0].1);
    let mut has = 0;
    for day in 0..DAYS {
        (till.program, till.network) = (
            phones[has].0,
            crate::workplace::Network::Fixed(prefix(phones[has].2)),
        );
        if !days.contains(&day) {
            stream.work(&mut till, day, 8, 22);
            continue;
        }
        stream.work(&mut till, day, 8, 14);
        let mut other = till.clone();
        has = 1 - has;
        (other.program, other.network) = (
            phones[has].0,
            crate::workplace::Network::Fixed(prefix(phones[has].2)),
        );
        stream.try_in_vain(&other, phones[has].1, at(day, 13) + 1_800, (6, 120));
        stream.bind(at(day, 14), phones[has].1);
        stream.work(&mut other, day, 14, 22);
        stream.try_in_vain(&till, phones[1 - has].1, at(day + 1, 9), (4, 100));
    }
    stream
}

/// Every few days the phone comes with another id. It is opened twice before the owner pairs it.
fn lost_ids(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    till.program = phone();
    stream.bind(at(-90, 9), device("web-0"));
    for day in 0..DAYS {
        if day % 6 != 5 {
            stream.work(&mut till, day, 8, 22);
            continue;
        }
        stream.work(&mut till, day, 8, 12);
        for more in [1, 2] {
            let lost = device(&format!("web-{day}-{more}"));
            stream.try_in_vain(&till, lost, at(day, 12) + 300 * more, (4, 60));
        }
        stream.bind(at(day, 12) + 1_200, device(&format!("web-{day}-2")));
        stream.work(&mut till, day, 13, 22);
    }
    stream
}

/// A second phone is tried all through one afternoon, in another place.
pub(crate) fn one_curious_day(seed: u64) -> Stream {
    let mut stream = usual(seed, |_| ());
    let mut other = Workplace::new("91.2.3.4");
    other.program = phone();
    stream.try_in_vain(&other, device("web-other"), at(9, 12), (80, 200));
    stream
}

fn tried_at_home(seed: u64) -> Stream {
    let mut stream = usual(seed, |_| ());
    let mut home = Workplace::new("91.2.3.4");
    home.program = phone();
    for day in 0..DAYS {
        stream.try_in_vain(&home, device("web-home"), at(day, 22) + 300, (6, 80));
    }
    stream
}

fn moved(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut old, mut new) = (Workplace::new("77.8.9.1"), Workplace::new("91.2.3.4"));
    for day in 0..DAYS {
        stream.work(if day < 15 { &mut old } else { &mut new }, day, 8, 22);
    }
    stream
}

/// The restored till sends an old ticket with two requests at once, and goes on.
fn restored(seed: u64) -> Stream {
    let mut stream = usual(seed, |_| ());
    for day in [8, 21] {
        let second = at(day, 9);
        stream.old_tickets.extend([second, second + 1].map(moment));
    }
    stream
}
