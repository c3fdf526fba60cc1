//! What every stream comes to.

use crate::honest::STEADY;
use crate::moving::{MOVING, one_curious_day};
use crate::shared::SHARED;
use crate::stream::reasons;

const SEEDS: [u64; 4] = [1, 2, 3, 4];

/// The points that are worth a look.
const WORTH_A_LOOK: i64 = 40;

#[test]
fn table_of_honest_shops() {
    println!("{:48} {:>6}  reasons", "honest shop", "points");
    let mut wrong = Vec::new();
    for (name, script) in STEADY.iter().chain(MOVING) {
        let courses = SEEDS.iter().map(|&seed| script(seed).most_points());
        let (points, reasons) = courses.max().unwrap();
        println!("{name:48} {points:6}  {reasons}");
        if points >= WORTH_A_LOOK {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn table_of_shared_tokens() {
    println!(
        "{:48} {:>6} {:>4}  reasons on the worst day",
        "way of sharing", "points", "day"
    );
    let mut wrong = Vec::new();
    for (name, script) in SHARED {
        let courses: Vec<_> = SEEDS.iter().map(|&seed| script(seed).found()).collect();
        let least = courses
            .iter()
            .map(|(_, worst)| worst)
            .min_by_key(|worst| worst.points);
        let least = least.unwrap();
        let day = courses
            .iter()
            .map(|(day, _)| day.unwrap_or(usize::MAX))
            .max()
            .unwrap();
        println!("{name:48} {:6} {day:4}  {}", least.points, reasons(least));
        if day == usize::MAX || least.findings.len() < 2 {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn one_day_of_tries_is_worth_a_look_and_no_more() {
    for seed in SEEDS {
        let (found_on, worst) = one_curious_day(seed).found();
        assert_eq!(found_on, None);
        assert_eq!(worst.points, WORTH_A_LOOK, "{}", reasons(&worst));
    }
}
