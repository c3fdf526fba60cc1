//! Reading of EAN-13 barcodes of club cards and of goods. Goods are read so that the till can show
//! the cashier that they are not a card.

use std::collections::BTreeMap;

use crate::ean13;
use crate::luma::Luma;
use crate::profile::Line;

/// The beginning of every club card's number. If a card is in the frame, barcodes of goods next to
/// it are ignored.
const CARD_PREFIX: &str = "200";

/// The number of lines that must read the same text. One line is not enough: it is too often
/// correct by chance, because only one digit checks it.
const MIN_LINES: u32 = 4;
/// The factor by which the lines that read the text must outnumber the lines that read anything
/// else.
const MAJORITY: u32 = 4;

/// The distance between two lines in pixels.
const LINE_DISTANCE: usize = 4;

/// Returns the digits of a club card's barcode or, if the frame contains no card, of goods.
pub(crate) fn read(frame: &Luma) -> Option<String> {
    let mut cards: BTreeMap<String, u32> = BTreeMap::new();
    let mut goods: BTreeMap<String, u32> = BTreeMap::new();
    for line in lines(frame) {
        let mut runs = line.runs(frame);
        let forth = ean13::find(&runs);
        // A barcode lies between light areas, so the reversed line must begin with light too.
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
    clear_winner(if cards.is_empty() { &goods } else { &cards })
}

/// Returns the text that enough lines read, and at least four times as many as all other texts
/// together. Otherwise it may be chance.
fn clear_winner(readings: &BTreeMap<String, u32>) -> Option<String> {
    let (digits, lines) = readings.iter().max_by_key(|&(_, lines)| *lines)?;
    let others = readings.values().sum::<u32>() - lines;
    (*lines >= MIN_LINES && *lines >= MAJORITY * others).then(|| digits.clone())
}

/// Returns lines in four directions. One of them crosses a barcode from end to end, in any position
/// of the barcode.
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
