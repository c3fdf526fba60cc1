//! Tests that a clear symbol is read, that a doubtful one is not, and that no frame causes a panic.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests and their helpers fail by panicking"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use scanner::{decode, passes};

/// `+992900000001`.
const QR: [&str; 21] = [
    "#######.###...#######",
    "#.....#..####.#.....#",
    "#.###.#..#..#.#.###.#",
    "#.###.#.##..#.#.###.#",
    "#.###.#.#.###.#.###.#",
    "#.....#.###.#.#.....#",
    "#######.#.#.#.#######",
    "........###..........",
    "#...#.###.#.######..#",
    ".##.##..#...###...#.#",
    ".##.####....#..##.#..",
    "##.#.#.##..##..###.#.",
    "###.######.#.##....##",
    "........#######..#...",
    "#######.####...######",
    "#.....#.......###...#",
    "#.###.#.#...###.....#",
    "#.###.#.....###..####",
    "#.###.#..##.#..##....",
    "#.....#..#.##..##...#",
    "#######.####.##...###",
];

/// `2000100001233`: the card 001-0000123.
const CARD: &str = "#.#...##.#...##.#.#..###.##..##...##.#.#..###.#.#.###..#.###..#.##..##.##.##..#....#.#....#.#.#";
/// The same bars with 4 instead of the check digit 3.
const WRONG_CHECK_DIGIT: &str = "#.#...##.#...##.#.#..###.##..##...##.#.#..###.#.#.###..#.###..#.##..##.##.##..#....#.#.###..#.#";
/// `4870001234560`: goods, with a correct check digit.
const GOODS: &str = "#.#.##.###..#...#...##.#...##.#.#..###.##..##.#.#.##.##..#....#.#.###..#..###.#.#....###..#.#.#";

const SIDE: usize = 480;

/// A square frame of grey levels, as RGBA pixels of a canvas.
struct Frame(Vec<[u8; 4]>);

impl Frame {
    /// Draws the symbol in the middle, with modules `module` pixels wide.
    fn of(symbol: &[&str], module: usize, [ink, paper]: [u8; 2]) -> Self {
        let (across, down) = (symbol[0].len() * module, symbol.len() * module);
        let is_dark = |x: usize, y: usize| {
            let x = x.checked_sub((SIDE - across) / 2)?;
            let y = y.checked_sub((SIDE - down) / 2)?;
            let row = symbol.get(y / module)?.as_bytes();
            Some(*row.get(x / module)? == b'#')
        };
        Self::painted(|x, y| match is_dark(x, y) {
            Some(true) => ink,
            _ => paper,
        })
    }

    fn painted(level: impl Fn(usize, usize) -> u8) -> Self {
        let pixels = (0..SIDE * SIDE).map(|at| {
            let level = level(at % SIDE, at / SIDE);
            [level, level, level, 255]
        });
        Self(pixels.collect())
    }

    fn level(&self, x: usize, y: usize) -> u8 {
        self.0[y * SIDE + x][0]
    }

    /// Returns the frame turned by 90°.
    fn turned(&self) -> Self {
        Self::painted(|x, y| self.level(y, SIDE - 1 - x))
    }

    fn read(&self, pass: u32) -> Option<String> {
        let side = u32::try_from(SIDE).unwrap();
        decode(self.0.as_flattened(), side, side, pass)
    }

    /// Returns the texts that the passes read.
    fn readings(&self) -> Vec<String> {
        (0..passes()).filter_map(|pass| self.read(pass)).collect()
    }
}

fn qr(colours: [u8; 2]) -> Frame {
    Frame::of(&QR, 8, colours)
}

fn barcode(modules: &str) -> Frame {
    Frame::of(&[modules; 30], 4, DARK_ON_LIGHT)
}

const DARK_ON_LIGHT: [u8; 2] = [30, 220];
const LIGHT_ON_DARK: [u8; 2] = [220, 30];

#[test]
fn every_pass_reads_a_qr_code_at_any_turn() {
    for colours in [DARK_ON_LIGHT, LIGHT_ON_DARK] {
        let mut frame = qr(colours);
        for _ in 0..4 {
            for pass in 0..passes() {
                assert_eq!(
                    frame.read(pass).as_deref(),
                    Some("+992900000001"),
                    "pass {pass}"
                );
            }
            frame = frame.turned();
        }
    }
}

#[test]
fn a_card_is_read_at_any_turn() {
    let mut frame = barcode(CARD);
    for _ in 0..4 {
        assert_eq!(frame.readings(), ["2000100001233"]);
        frame = frame.turned();
    }
}

#[test]
fn passes_repeat_in_a_cycle() {
    let frame = barcode(CARD);
    for pass in 0..passes() {
        assert_eq!(frame.read(pass), frame.read(pass + passes()));
    }
    assert!(frame.read(u32::MAX / passes() * passes()).is_some());
}

#[test]
fn bars_with_a_wrong_check_digit_are_not_read() {
    assert!(barcode(WRONG_CHECK_DIGIT).readings().is_empty());
}

/// Goods are read so that the till can show the cashier that they are not a card.
#[test]
fn goods_are_read_too() {
    let readings = barcode(GOODS).readings();
    assert!(!readings.is_empty());
    assert!(readings.iter().all(|text| text == "4870001234560"));
}

#[test]
fn a_frame_with_a_wrong_size_is_not_read() {
    let frame = qr(DARK_ON_LIGHT);
    let rgba = frame.0.as_flattened();
    assert!(decode(rgba, 480, 480, 0).is_some());
    for (width, height) in [
        (480, 481),
        (480 * 480, 1),
        (0, 0),
        (u32::MAX, u32::MAX),
        (1 << 31, 1 << 31),
    ] {
        assert_eq!(decode(rgba, width, height, 0), None, "{width} × {height}");
    }
    assert_eq!(decode(&rgba[4..], 480, 480, 0), None);
    assert_eq!(decode(&[], 480, 480, 0), None);
}

/// Generates a side and as many random pixels as a frame with this side has.
fn noise() -> impl Strategy<Value = (u8, Vec<u8>)> {
    (0..100_u8).prop_flat_map(|side| {
        let bytes = usize::from(side) * usize::from(side) * 4;
        (Just(side), vec(any::<u8>(), bytes))
    })
}

/// Generates left, top, width, height and level of a rectangle.
fn stroke() -> impl Strategy<Value = [usize; 5]> {
    [100..380_usize, 100..380, 1..120, 1..120, 0..256]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn noise_is_not_read((side, rgba) in noise(), pass: u32) {
        prop_assert_eq!(decode(&rgba, side.into(), side.into(), pass), None);
    }

    #[test]
    fn a_painted_over_qr_code_is_read_right_or_not_at_all(strokes in vec(stroke(), 0..12), pass: u32) {
        let drawn = qr(DARK_ON_LIGHT);
        let painted = Frame::painted(|x, y| {
            let over = strokes.iter().find(|[left, top, width, height, _]| {
                (*left..left + width).contains(&x) && (*top..top + height).contains(&y)
            });
            over.map_or(drawn.level(x, y), |stroke| u8::try_from(stroke[4]).unwrap())
        });
        let reading = painted.read(pass);
        prop_assert!(reading.as_deref().is_none_or(|text| text == "+992900000001"), "{reading:?}");
    }
}
