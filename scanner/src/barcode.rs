//! An EAN-13: of a club card, or of goods, which the cashier is told are none.

use std::collections::BTreeMap;

use crate::ean13;
use crate::luma::Luma;
use crate::profile::Line;

/// What the number of every club card begins with. Goods beside one are not what is shown to the camera.
const CARD_PREFIX: &str = "200";

/// Lines that must read the same: a single one is right too often by chance, as only one digit checks it.
const MIN_LINES: u32 = 4;
/// How many times more lines must read it than anything else.
const MAJORITY: u32 = 4;

/// Pixels between two lines.
const LINE_DISTANCE: usize = 4;

/// The digits of a club card's barcode; of goods, where no card is in sight.
pub(crate) fn read(frame: &Luma) -> Option<String> {
    let mut cards: BTreeMap<String, u32> = BTreeMap::new();
    let mut goods: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines(frame) {
        let mut runs = line.runs(frame);
        let forth = ean13::find(&runs);
        // Whatever the line ends with, a barcode lies between light.
        if runs.len() % 2 == 0 {
            runs.push(0);
        }
        runs.reverse();
        for digits in forth.into_iter().chain(ean13::find(&runs)) {
            let readings = if digits.starts_with(CARD_PREFIX) {
                &mut cards
            } else {
                &mut goods
            };
            *readings.entry(digits).or_default() += 1;
        }
    }
    surest(if cards.is_empty() { &goods } else { &cards })
}

/// What so many more lines have read than anything else that it is no chance.
fn surest(readings: &BTreeMap<String, u32>) -> Option<String> {
    let (digits, lines) = readings.iter().max_by_key(|&(_, lines)| *lines)?;
    let others = readings.values().sum::<u32>() - lines;
    (*lines >= MIN_LINES && *lines >= MAJORITY * others).then(|| digits.clone())
}

/// Lines in four directions: one of them crosses a barcode from end to end however it lies.
fn lines(frame: &Luma) -> Vec<Line> {
    let (width, height) = (frame.width(), frame.height());
    let line = |(x, y): (usize, usize), step, length, aside| Line {
        start: y * width + x,
        step,
        length,
        aside,
    };
    let across = |y| line((0, y), 1, width, width);
    let down = |x| line((x, 0), width, height, 1);
    let falling = |(x, y)| line((x, y), width + 1, (width - x).min(height - y), width - 1);
    let rising = |(x, y)| line((x, y), width - 1, (x + 1).min(height - y), width + 1);

    let columns = || (0..width).step_by(LINE_DISTANCE);
    let rows = || (0..height).step_by(LINE_DISTANCE);
    let mut lines = Vec::new();
    lines.extend(rows().map(across));
    lines.extend(columns().map(down));
    lines.extend(columns().map(|x| falling((x, 0))));
    lines.extend(rows().skip(1).map(|y| falling((0, y))));
    lines.extend(columns().map(|x| rising((x, 0))));
    lines.extend(rows().skip(1).map(|y| rising((width - 1, y))));
    lines
}
