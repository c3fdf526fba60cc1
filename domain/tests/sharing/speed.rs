//! How long a verdict takes.

use std::time::Instant;

use domain::sharing::{Counts, Slot, judge};

use crate::stream::{Stream, at, moment};
use crate::workplace::Workplace;

/// Prints how long the fullest till takes: 35 days of slots, each with the most events. Run it with
/// `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn the_fullest_till() {
    for pause in [240, 8] {
        let mut stream = Stream::new(1);
        let (mut one, mut other) = (Workplace::new("77.8.9.1"), Workplace::new("91.2.3.4"));
        (one.pause, other.pause) = (pause, pause);
        for day in 0..35 {
            stream.work(&mut one, day, 0, 24);
            stream.work(&mut other, day, 0, 24);
        }
        let now = moment(at(35, 0));
        let activity = stream.activity(now);
        let events: usize = activity.slots.iter().map(|slot| slot.events().len()).sum();
        let texts: Vec<_> = activity
            .slots
            .iter()
            .map(|slot| (slot.start(), slot.text()))
            .collect();
        let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
        let begin = Instant::now();
        for (start, text) in &texts {
            Slot::read(*start, Counts::default(), text).unwrap();
        }
        println!("{bytes} bytes are read in {:?}", begin.elapsed());
        let begin = Instant::now();
        let verdict = judge(&activity, now);
        let slots = activity.slots.len();
        println!(
            "{slots} slots, {events} events, {:?}: {}",
            begin.elapsed(),
            verdict.points
        );
    }
}
