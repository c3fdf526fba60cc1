//! How long a verdict takes.

use std::time::Instant;

use domain::sharing::judge;

use crate::stream::{Stream, at, moment};
use crate::workplace::Workplace;

/// Prints how long the fullest till takes: 35 days of slots, each with the most events. Run it with
/// `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn the_fullest_till() {
    for pause in [240, 8, 0] {
        let mut stream = Stream::new(1);
        let (mut one, mut other) = (Workplace::new("77.8.9.1"), Workplace::new("91.2.3.4"));
        (one.pause, other.pause) = (pause, pause);
        for day in 0..35 {
            for _ in 0..if pause == 0 { 8 } else { 1 } {
                stream.work(&mut one, day, 0, 24);
                stream.work(&mut other, day, 0, 24);
            }
        }
        let now = moment(at(35, 0));
        let activity = stream.activity(now);
        let events: usize = activity.slots.iter().map(|slot| slot.events().len()).sum();
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
