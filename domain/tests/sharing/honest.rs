//! Honest shops whose till stays what it is.

use crate::stream::{DAYS, HOUR, Stream, at};
use crate::workplace::{
    Dated, Habit, Network, Numbers, Workplace, chrome, device, phone, prefix, program,
};

/// A name and what makes a stream of a seed.
pub(crate) type Script = (&'static str, fn(u64) -> Stream);

pub(crate) const STEADY: &[Script] = &[
    ("one of three tills behind a NAT", |seed| {
        usual(seed, |_| ())
    }),
    ("a hall with one address, without numbers", |seed| {
        usual(seed, |till| {
            till.program = chrome(137);
            (till.numbers, till.dated) = (Numbers::None, Dated::Never);
        })
    }),
    ("a phone between Wi-Fi and two operators", |seed| {
        usual(seed, |till| {
            till.program = phone();
            till.network = Network::Moving(three(), 300);
            till.numbers = Numbers::None;
        })
    }),
    ("a phone that seldom changes, a busy till", |seed| {
        usual(seed, |till| {
            till.program = phone();
            till.network = Network::Moving(three(), 40);
            (till.pause, till.polls) = (30, Some(20));
        })
    }),
    ("a phone that flaps with every request", |seed| {
        usual(seed, |till| {
            till.program = phone();
            till.network = Network::Pool(three());
        })
    }),
    ("an operator with a pool of addresses", |seed| {
        usual(seed, |till| till.network = Network::Pool(pool(40)))
    }),
    ("an operator with a small pool", |seed| {
        usual(seed, |till| till.network = Network::Pool(pool(6)))
    }),
    ("two providers at once", |seed| {
        usual(seed, |till| till.network = Network::Pool(pool(2)))
    }),
    ("a router that falls back often", |seed| {
        usual(seed, |till| {
            till.network = Network::Moving(pool(2), 80);
            till.pause = 90;
        })
    }),
    ("a router that falls back, a busy till", |seed| {
        usual(seed, |till| {
            till.network = Network::Moving(pool(2), 20);
            (till.pause, till.polls) = (20, Some(30));
        })
    }),
    ("IPv4 and IPv6 in turn", |seed| {
        usual(seed, |till| {
            let both = ["77.8.9.1", "2001:db8:1::1"].map(prefix);
            till.network = Network::Pool(both.to_vec());
        })
    }),
    ("IPv4 and IPv6 in turn, never looks up", |seed| {
        usual(seed, |till| {
            let both = ["77.8.9.1", "2001:db8:1::1"].map(prefix);
            till.network = Network::Pool(both.to_vec());
            till.blind = 1_000;
        })
    }),
    ("parked checks", |seed| {
        usual(seed, |till| {
            (till.habit, till.pause) = (Habit::Parks(200), 60);
        })
    }),
    ("a busy counter, in order", |seed| {
        usual(seed, |till| {
            (till.habit, till.pause) = (Habit::Queue(5, false), 40);
        })
    }),
    ("a busy counter, in any order", |seed| {
        usual(seed, |till| {
            (till.habit, till.pause) = (Habit::Queue(5, true), 40);
        })
    }),
    ("a busy counter without numbers", |seed| {
        usual(seed, |till| {
            (till.habit, till.pause) = (Habit::Queue(5, true), 40);
            (till.numbers, till.program) = (Numbers::None, chrome(137));
        })
    }),
    ("numbers that count nothing", |seed| {
        usual(seed, |till| {
            till.numbers = Numbers::Codes([90, 1_000, 100_000, 250][usize_of(seed % 4)]);
            (till.habit, till.pause) = (Habit::Queue(4, true), 300);
        })
    }),
    ("numbers typed by hand, with faults", |seed| {
        usual(seed, |till| (till.typos, till.pause) = (80, 60))
    }),
    ("a quiet shop with two providers", |seed| {
        usual(seed, |till| {
            till.network = Network::Pool(pool(2));
            till.pause = 2_400;
        })
    }),
    ("a shop that rarely looks up, two providers", |seed| {
        usual(seed, |till| {
            till.network = Network::Pool(pool(2));
            (till.pause, till.blind) = (60, 800);
        })
    }),
    ("checks dated when they begin", |seed| {
        usual(seed, |till| {
            (till.dated, till.pause) = (Dated::AtBegin, 120);
        })
    }),
    ("sales sent by another program elsewhere", |seed| {
        usual(seed, |till| {
            till.sender = Some((program("Sender/1.0"), prefix("5.6.7.8")));
        })
    }),
    ("a monitor elsewhere asks every minute", |seed| {
        let mut stream = usual(seed, |_| ());
        let mut monitor = Workplace::new("5.6.7.8");
        (monitor.program, monitor.pause, monitor.polls) = (program("curl/8"), 1 << 40, Some(60));
        for day in 0..DAYS {
            stream.work(&mut monitor, day, 0, 24);
        }
        stream
    }),
    ("a pharmacy round the clock, two shifts", |seed| {
        let mut stream = Stream::new(seed);
        let mut till = Workplace::new("77.8.9.1");
        for day in 0..DAYS {
            for hour in [0, 8] {
                till.new_shift();
                stream.work(&mut till, day, hour, if hour == 0 { 8 } else { 24 });
            }
        }
        stream
    }),
];

fn usize_of(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

pub(crate) fn pool(size: u8) -> Vec<domain::sharing::AddressPrefix> {
    (0..size)
        .map(|place| prefix(&format!("100.64.{place}.1")))
        .collect()
}

fn three() -> Vec<domain::sharing::AddressPrefix> {
    ["77.8.9.1", "91.2.3.1", "2001:db8:7::1"]
        .map(prefix)
        .to_vec()
}

/// A shop with one till, open from 8 to 22 o'clock. Its receipts are numbered on.
pub(crate) fn usual(seed: u64, change: impl Fn(&mut Workplace)) -> Stream {
    let mut stream = Stream::new(seed);
    let mut till = Workplace::new("77.8.9.1");
    change(&mut till);
    stream.bind(at(-90, 9), device("KASSA-1"));
    for day in 0..DAYS {
        stream.work(&mut till, day, 8, 22);
    }
    stream
}

/// Two tills of one shop sell on while the connection is away, and send everything at once.
pub(crate) fn queue_sent_at_once(seed: u64) -> Stream {
    let mut stream = usual(seed, |till| till.pause = 60);
    for day in 0..DAYS {
        for _ in 0..3 {
            let from = at(day, 8) + stream.chance.between(0, 11 * HOUR);
            let until = from + stream.chance.between(300, 2 * HOUR);
            stream.cut_off(from, until);
        }
    }
    stream
}
