//! The EAN-13 of a club card.

use std::collections::BTreeMap;
use std::iter;

use rxing::DecodeHints;
use rxing::common::{BitArray, BitMatrix};
use rxing::oned::{EAN13Reader, UPCEANReader};

/// What the number of every club card begins with. A till's camera sees goods as well, and they are nobody's card.
const CARD_PREFIX: &str = "200";

/// Lines that must read the same: a single one is right too often by chance, as only one digit checks it.
const MIN_LINES: u32 = 3;
/// How many times more lines must read it than anything else.
const MAJORITY: u32 = 3;

/// Pixels between two lines.
const LINE_DISTANCE: usize = 6;

/// The bar, space, bar that a barcode begins and ends with, in modules.
const GUARD: [u32; 3] = [1, 1, 1];

/// Lines in four directions cross a barcode from end to end however it lies.
const DIRECTIONS: [Direction; 4] = [
    Direction { across: 1, down: 0 },
    Direction { across: 0, down: 1 },
    Direction { across: 1, down: 1 },
    Direction {
        across: 1,
        down: -1,
    },
];

/// A step from a pixel to the next of its line.
#[derive(Clone, Copy)]
struct Direction {
    across: i32,
    down: i32,
}

/// The digits of a club card's barcode.
pub(crate) fn read(bits: &BitMatrix) -> Option<String> {
    let mut readings: BTreeMap<String, u32> = BTreeMap::new();
    for direction in DIRECTIONS {
        for start in starts(bits, direction) {
            let mut line = line(bits, start, direction);
            for digits in read_line(&line).into_iter().chain({
                line.reverse();
                read_line(&line)
            }) {
                *readings.entry(digits).or_default() += 1;
            }
        }
    }
    let (digits, lines) = readings.iter().max_by_key(|&(_, lines)| *lines)?;
    let others = readings.values().sum::<u32>() - lines;
    (*lines >= MIN_LINES && *lines >= MAJORITY * others).then(|| digits.clone())
}

/// Where the lines of a direction begin: at the edges that they come from.
fn starts(bits: &BitMatrix, direction: Direction) -> Vec<(u32, u32)> {
    let mut starts = Vec::new();
    if direction.across == 1 {
        starts.extend((0..bits.height()).step_by(LINE_DISTANCE).map(|y| (0, y)));
    }
    let edge = if direction.down < 0 {
        bits.height().saturating_sub(1)
    } else {
        0
    };
    if direction.down != 0 {
        starts.extend((0..bits.width()).step_by(LINE_DISTANCE).map(|x| (x, edge)));
    }
    starts
}

/// The pixels from a start to the other edge.
fn line(bits: &BitMatrix, start: (u32, u32), direction: Direction) -> BitArray {
    let next = |&(x, y): &(u32, u32)| {
        Some((
            x.checked_add_signed(direction.across)?,
            y.checked_add_signed(direction.down)?,
        ))
    };
    let mut line = BitArray::new();
    for dark in iter::successors(Some(start), next).map_while(|(x, y)| bits.try_get(x, y)) {
        line.appendBit(dark);
    }
    line
}

/// The digits of the first barcode that a line crosses.
fn read_line(line: &BitArray) -> Option<String> {
    let hints = DecodeHints::default();
    let mut from = 0;
    // What looks like a beginning may be a letter.
    loop {
        let guard = EAN13Reader
            .findGuardPatternWithCounters(line, from, false, &GUARD, &mut [0; 3])
            .ok()?;
        let [start, end] = guard;
        from = end.max(from + 1);
        let is_quiet_before = start
            .checked_sub(end - start)
            .is_some_and(|quiet| line.isRange(quiet, start, false).unwrap_or(false));
        if !is_quiet_before {
            continue;
        }
        if let Ok(barcode) = EAN13Reader.decodeRowWithGuardRange(0, line, &guard, &hints)
            && barcode.getText().starts_with(CARD_PREFIX)
        {
            return Some(barcode.getText().to_owned());
        }
    }
}
