//! Ways in which a token is shared.

use domain::sharing::DeviceMark;

use crate::honest::Script;
use crate::stream::{DAYS, HOUR, Stream, at, moment};
use crate::workplace::{Network, Numbers, Workplace, chrome, device, phone, prefix, program};

pub(crate) const SHARED: &[Script] = &[
    ("two shops at once, web cashiers", web_cashiers),
    ("two bases of 1C", |seed| bases(seed, false, 360)),
    ("two bases of 1C, quiet shops", |seed| {
        bases(seed, false, 1_000)
    }),
    ("two bases of 1C, numbered anew daily", |seed| {
        bases(seed, true, 360)
    }),
    ("1C and a phone", one_c_and_phone),
    ("taking turns by pairing again", taking_turns),
    ("a second shop in the evening", evenings),
    ("a copied profile", copied),
    ("a copied profile on phones", copied_phones),
    ("round the clock, two shops in shifts", in_shifts),
    ("two tills behind one NAT", |seed| behind_nat(seed, false)),
    ("two tills behind one NAT, without numbers", |seed| {
        behind_nat(seed, true)
    }),
];

fn shops() -> (Workplace, Workplace) {
    let (one, mut other) = (Workplace::new("77.8.9.1"), Workplace::new("91.2.3.4"));
    other.numbers = Numbers::Counter(300, 2);
    (one, other)
}

/// The second shop tries again whenever a client with a card comes.
fn web_cashiers(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    (one.program, one.numbers) = (chrome(137), Numbers::None);
    other.program = program("Mozilla/5.0 (Windows NT 6.1) Chrome/109.0.0.0 Safari/537.36");
    stream.bind(at(-90, 9), device("web-one"));
    for day in 0..DAYS {
        stream.work(&mut one, day, 8, 22);
        for hour in [10, 15, 19] {
            let begin = at(day, hour) + stream.chance.between(0, 1_200);
            stream.try_in_vain(&other, device("web-other"), begin, (5, 100));
        }
    }
    stream
}

fn bases(seed: u64, is_new_daily: bool, pause: i64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    (one.pause, other.pause) = (pause, pause);
    for day in 0..DAYS {
        if is_new_daily {
            one.new_shift();
            other.new_shift();
        }
        stream.work(&mut one, day, 8, 22);
        stream.work(&mut other, day, 9, 21);
    }
    stream
}

fn one_c_and_phone(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    (other.program, other.network) = (phone(), Network::Fixed(prefix("77.8.9.1")));
    stream.bind(at(-90, 9), device("KASSA-1"));
    for day in 0..DAYS {
        stream.work(&mut one, day, 8, 22);
        let begin = at(day, 12) + stream.chance.between(0, 6 * HOUR);
        stream.try_in_vain(&other, device("web-phone"), begin, (8, 70));
    }
    stream
}

/// Works on one device until an hour, and on the other from then on. The other one is tried before.
fn hand_over(
    stream: &mut Stream,
    (from, to): (&mut Workplace, &mut Workplace),
    (device, day): (DeviceMark, i64),
    (begin, change, end): (i64, i64, i64),
) {
    stream.work(from, day, begin, change);
    stream.try_in_vain(to, device, at(day, change) - 700, (5, 100));
    stream.bind(at(day, change), device);
    stream.work(to, day, change, end);
}

fn taking_turns(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    (one.program, other.program) = (chrome(137), chrome(137));
    stream.bind(at(-90, 9), device("web-one"));
    for day in 0..DAYS {
        if day % 2 == 0 {
            let tills = (&mut one, &mut other);
            hand_over(&mut stream, tills, (device("web-other"), day), (8, 15, 22));
        } else {
            let tills = (&mut other, &mut one);
            hand_over(&mut stream, tills, (device("web-one"), day), (8, 15, 22));
        }
    }
    stream
}

fn evenings(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    for day in 0..DAYS {
        stream.work(&mut one, day, 8, 22);
        stream.work(&mut other, day, 18, 23);
    }
    stream
}

fn copied(seed: u64) -> Stream {
    let (one, other) = shops();
    copies(seed, one, other, |till| till.program = chrome(137))
}

fn copied_phones(seed: u64) -> Stream {
    let (mut one, mut other) = shops();
    one.network = Network::Moving(["77.8.9.1", "100.64.1.1"].map(prefix).to_vec(), 40);
    other.network = Network::Moving(["91.2.3.4", "100.64.2.1"].map(prefix).to_vec(), 40);
    copies(seed, one, other, |till| till.program = phone())
}

/// Whenever the other copy was served three times, a copy has an old ticket.
fn copies(
    seed: u64,
    mut one: Workplace,
    mut other: Workplace,
    change: impl Fn(&mut Workplace),
) -> Stream {
    let mut stream = Stream::new(seed);
    change(&mut one);
    change(&mut other);
    (one.numbers, other.numbers) = (Numbers::None, Numbers::None);
    (one.pause, other.pause) = (150, 150);
    for day in 0..DAYS {
        stream.work(&mut one, day, 8, 22);
        stream.work(&mut other, day, 10, 20);
        for hour in 10..20 {
            let second = at(day, hour) + stream.chance.between(0, HOUR);
            stream.old_tickets.push(moment(second));
        }
    }
    stream
}

fn in_shifts(seed: u64) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    (one.program, other.program) = (chrome(137), chrome(137));
    (one.pause, other.pause) = (240, 240);
    stream.bind(at(-90, 9), device("web-one"));
    for day in 0..DAYS {
        let tills = (&mut other, &mut one);
        hand_over(&mut stream, tills, (device("web-one"), day), (0, 8, 8));
        let tills = (&mut one, &mut other);
        hand_over(&mut stream, tills, (device("web-other"), day), (8, 20, 24));
    }
    stream
}

fn behind_nat(seed: u64, is_unnumbered: bool) -> Stream {
    let mut stream = Stream::new(seed);
    let (mut one, mut other) = shops();
    other.network = Network::Fixed(prefix("77.8.9.1"));
    other.fast = 45;
    (one.pause, other.pause) = (100, 100);
    if is_unnumbered {
        // Nothing but the clock and the version differs.
        (one.numbers, other.numbers) = (Numbers::None, Numbers::None);
        other.program = program("1C+Enterprise/8.3.25");
    }
    for day in 0..DAYS {
        stream.work(&mut one, day, 8, 22);
        stream.work(&mut other, day, 8, 22);
    }
    stream
}
