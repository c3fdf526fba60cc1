//! The EAN-13 of a club card.

use std::collections::BTreeMap;

use crate::ean13;
use crate::luma::Luma;
use crate::profile::Line;

/// What the number of every club card begins with. A till's camera sees goods as well, and they are nobody's card.
const CARD_PREFIX: &str = "200";

/// Lines that must read the same: a single one is right too often by chance, as only one digit checks it.
const MIN_LINES: u32 = 4;
/// How many times more lines must read it than anything else.
const MAJORITY: u32 = 4;

/// Pixels between two lines.
const LINE_DISTANCE: usize = 4;

/// The digits of a club card's barcode.
pub(crate) fn read(frame: &Luma) -> Option<String> {
    let mut readings: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines(frame) {
        let mut runs = line.runs(frame);
        let forth = ean13::find(&runs);
        // Whatever the line ends with, a barcode lies between light.
        if runs.len() % 2 == 0 {
            runs.push(0);
        }
        runs.reverse();
        for digits in forth.into_iter().chain(ean13::find(&runs)) {
            if digits.starts_with(CARD_PREFIX) {
                *readings.entry(digits).or_default() += 1;
            }
        }
    }
    let (digits, lines) = readings.iter().max_by_key(|&(_, lines)| *lines)?;
    let others = readings.values().sum::<u32>() - lines;
    (*lines >= MIN_LINES && *lines >= MAJORITY * others).then(|| digits.clone())
}

/// Lines in four directions: one of them crosses a barcode from end to end however it lies.
fn lines(frame: &Luma) -> Vec<Line> {
    let from_left = |across, down| {
        let starts = (0..frame.height()).step_by(LINE_DISTANCE).map(|y| (0, y));
        starts.map(move |start| Line {
            start,
            across,
            down,
        })
    };
    let from_edge = |y, across, down| {
        let starts = (0..frame.width())
            .step_by(LINE_DISTANCE)
            .map(move |x| (x, y));
        starts.map(move |start| Line {
            start,
            across,
            down,
        })
    };
    let bottom = frame.height() - 1;
    let mut lines = Vec::new();
    lines.extend(from_left(1, 0));
    lines.extend(from_edge(0, 0, 1));
    lines.extend(from_left(1, 1).chain(from_edge(0, 1, 1)));
    lines.extend(from_left(1, -1).chain(from_edge(bottom, 1, -1)));
    lines
}
