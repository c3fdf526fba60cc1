//! Random walks over what happens at a till. At the end the server has exactly the sales whose
//! checks were printed, with the bonuses that were in them: none is lost, doubled or stranded.
//! A walk that fails is told as the shortest list of events that still fails.

use std::cell::Cell;
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use integrations::Configuration;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use proptest_state_machine::ReferenceStateMachine;

use crate::events::{CLIENTS, Event, Shift, Walk};
use crate::shop::{Shop, engines};
use crate::till::Till;

const WALKS: u32 = 200;

#[test]
fn walks_lose_double_and_strand_no_bonus() {
    for engine in engines() {
        let shop = Rc::new(rich(engine));
        let (sold, redeemed) = (Cell::new(0), Cell::new(0));
        let mut runner = TestRunner::new(ProptestConfig {
            cases: WALKS,
            max_shrink_iters: 1_000,
            source_file: Some(file!()),
            test_name: Some("walks_lose_double_and_strand_no_bonus"),
            ..ProptestConfig::default()
        });
        let walks = Shift::sequential_strategy(10..50);
        let outcome = runner.run(&walks, |(shift, events, seen)| {
            let mut walk = Walk::begin(&shop, shift.configuration);
            for event in &events {
                // Shrinking takes out first what no failing walk has come to.
                if let Some(seen) = &seen {
                    seen.fetch_add(1, Ordering::SeqCst);
                }
                walk.take(event)?;
            }
            walk.end()?;
            sold.set(sold.get() + walk.printed.len());
            let has_bonuses = walk.printed.iter().filter(|printed| printed.3 > 0);
            redeemed.set(redeemed.get() + has_bonuses.count());
            Ok(())
        });
        if let Err(TestError::Fail(reason, (shift, events, _))) = &outcome {
            let events = shortest(&shop, shift.configuration, events.clone());
            panic!("{}", told(shift.configuration, &events, reason.message()));
        }
        assert_eq!(outcome.map_err(|error| error.to_string()), Ok(()));
        // Walks that sell nothing prove nothing.
        let (sold, redeemed) = (sold.get(), redeemed.get());
        assert!(
            sold > 100 && redeemed > 25,
            "{sold} sales, {redeemed} with bonuses"
        );
        shop.verify();
    }
}

/// A shop whose clients have more bonuses than walks can spend, so that no walk depends on another.
fn rich(engine: &str) -> Shop {
    let shop = Rc::new(Shop::open(engine));
    for phone in shop.phones.iter().take(CLIENTS) {
        let mut till = Till::new(&shop, Configuration::Unf, 0);
        till.add(100_000_000);
        till.client(phone, Some(0));
        assert!(till.close(), "{}", till.said);
        assert_eq!(till.rest(), 0);
        assert_eq!(till.sold(phone), [(100_000_000, 0)]);
    }
    // The demo store holds bonuses for a second.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    Rc::into_inner(shop).unwrap()
}

/// Takes out events as long as the walk still fails without them.
fn shortest(shop: &Rc<Shop>, configuration: Configuration, mut events: Vec<Event>) -> Vec<Event> {
    let mut place = 0;
    while place < events.len() {
        let mut without = events.clone();
        without.remove(place);
        if fails(shop, configuration, &without) {
            (events, place) = (without, 0);
        } else {
            place += 1;
        }
    }
    events
}

fn fails(shop: &Rc<Shop>, configuration: Configuration, events: &[Event]) -> bool {
    let mut walk = Walk::begin(shop, configuration);
    let failed = events.iter().any(|event| walk.take(event).is_err());
    failed || walk.end().is_err()
}

fn told(configuration: Configuration, events: &[Event], reason: &str) -> String {
    let mut told = format!("{configuration:?}: {reason}\nthe shortest walk:\n");
    for (place, event) in events.iter().enumerate() {
        writeln!(told, "{:3}. {event:?}", place + 1).unwrap();
    }
    told
}
