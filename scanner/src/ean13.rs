//! Decoding of EAN-13: from the widths of bars and spaces to digits.

/// The number of bars and spaces in a barcode: three at each end, five in the middle, four for each
/// of twelve digits.
const RUNS: usize = 3 + 24 + 5 + 24 + 3;
/// The width of a barcode in modules.
const MODULES: u32 = 95;
/// The width of a digit in modules.
const DIGIT_MODULES: u32 = 7;
/// The width of the light area needed before and after the barcode, in modules. The standard
/// requires 7; fewer are accepted so that closely cut barcodes can be read.
const QUIET_MODULES: u32 = 3;

/// The widths, in modules, of the digits 0–9 in the right half, bar first. In the left half the
/// widths are the same, space first (odd), or in reverse order (even).
const DIGITS: [[u32; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];

/// The parities of the six left digits, one bit each, the first as the highest bit; 1 is even. They
/// encode the digit before them.
const PARITIES: [u32; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101,
    0b01_0110, 0b01_1010,
];

/// Returns the thirteen digits of the first barcode in a line. `runs` are widths in any unit,
/// alternately light and dark, light first.
pub(crate) fn find(runs: &[u32]) -> Option<String> {
    let mut places = runs.windows(RUNS + 2).step_by(2);
    places.find_map(read)
}

/// Reads a barcode from its runs and the light areas around it.
fn read(runs: &[u32]) -> Option<String> {
    let [before, runs @ .., after] = runs else {
        return None;
    };
    if !is_beginning(*before, runs) {
        return None;
    }
    let width: u32 = runs.iter().sum();
    if before.min(after) * MODULES < width * QUIET_MODULES {
        return None;
    }
    let (&[bar_1, space_1, bar_2], runs) = runs.split_first_chunk()?;
    let (left, runs) = runs.split_first_chunk::<24>()?;
    let (&[space_2, bar_3, space_3, bar_4, space_4], runs) = runs.split_first_chunk()?;
    let (right, runs) = runs.split_first_chunk::<24>()?;
    let &[bar_5, space_5, bar_6] = runs else {
        return None;
    };
    let bars = [bar_1, bar_2, bar_3, bar_4, bar_5, bar_6];
    let spaces = [space_1, space_2, space_3, space_4, space_5];
    let is_single = |run: &u32| (width / 3..width * 2).contains(&(run * MODULES));
    if !bars.iter().chain(&spaces).all(is_single) {
        return None;
    }

    let mut digits = vec![0];
    let mut parity = 0;
    for runs in left.as_chunks().0 {
        let (digit, is_even) = digit(runs, width, true)?;
        digits.push(digit);
        parity = parity * 2 + u32::from(is_even);
    }
    for runs in right.as_chunks().0 {
        digits.push(digit(runs, width, false)?.0);
    }
    let first = PARITIES.iter().position(|it| *it == parity)?;
    *digits.first_mut()? = u32::try_from(first).ok()?;
    is_checked(&digits).then(|| {
        digits
            .iter()
            .filter_map(|&it| char::from_digit(it, 10))
            .collect()
    })
}

/// Returns whether a barcode may begin here: bar, space and bar of similar width, after a light
/// area. A quick check before any sums are computed.
fn is_beginning(before: u32, runs: &[u32]) -> bool {
    let Some(&[bar, space, next]) = runs.first_chunk() else {
        return false;
    };
    let widest = bar.max(space).max(next);
    widest < 4 * bar.min(space).min(next) && widest < before
}

/// Returns the digit of four runs in a barcode of this width, and whether it is even.
fn digit(runs: &[u32; 4], width: u32, is_left: bool) -> Option<(u32, bool)> {
    let total: u32 = runs.iter().sum();
    // If the camera looks at an angle, the modules grow from one end to the other.
    let share = width * DIGIT_MODULES;
    if !(share / 4 * 3..share / 4 * 5).contains(&(total * MODULES)) {
        return None;
    }
    let error = |widths: [u32; 4]| {
        let off = runs.iter().zip(widths);
        off.map(|(run, modules)| (run * DIGIT_MODULES).abs_diff(modules * total))
            .sum::<u32>()
    };
    let mut candidates: Vec<(u32, u32, bool)> = Vec::with_capacity(20);
    for (value, [a, b, c, d]) in (0..).zip(DIGITS) {
        candidates.push((error([a, b, c, d]), value, false));
        if is_left {
            candidates.push((error([d, c, b, a]), value, true));
        }
    }
    candidates.sort_unstable();
    let &[(least, value, is_even), (next, ..), ..] = candidates.as_slice() else {
        return None;
    };
    // The digit is refused if all runs together are more than three modules off, or if the error of
    // another digit is larger by less than a quarter of a module.
    let is_clear = least <= 3 * total && (next - least) * 4 >= total;
    is_clear.then_some((value, is_even))
}

/// Returns whether the last digit is the correct check digit of the others.
fn is_checked(digits: &[u32]) -> bool {
    let weighted = digits.iter().zip([1, 3].into_iter().cycle());
    weighted.map(|(digit, weight)| digit * weight).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the runs of `2000100001233` with its quiet zones. A module is 64 wide.
    fn card() -> Vec<u32> {
        let modules = "#.#...##.#...##.#.#..###.##..##...##.#.#..###.#.#.###..#.###..#.##..##.##.##..#....#.#....#.#.#";
        let mut runs = vec![64 * 7];
        let runs_of_card = modules.as_bytes().chunk_by(|a, b| a == b);
        runs.extend(runs_of_card.map(|run| 64 * u32::try_from(run.len()).unwrap()));
        runs.push(64 * 7);
        runs
    }

    fn reads_card(runs: &[u32]) -> bool {
        match find(runs).as_deref() {
            Some("2000100001233") => true,
            None => false,
            Some(other) => panic!("read {other}"),
        }
    }

    #[test]
    fn a_barcode_is_found_among_other_runs() {
        assert!(reads_card(&card()));
        let other: Vec<u32> = (0..40).map(|at| 20 + at * 37 % 90).collect();
        assert!(reads_card(&[other.clone(), card(), other].concat()));
    }

    #[test]
    fn a_barcode_seen_at_an_angle_or_blurred_is_read() {
        let slanting = (100..).zip(card()).map(|(share, run)| run * share / 100);
        assert!(reads_card(&slanting.collect::<Vec<_>>()));
        // Bars wider by a quarter of a module, and spaces narrower by as much.
        for growth in [-16, 16] {
            let grown = card()
                .into_iter()
                .zip([-growth, growth].into_iter().cycle());
            let grown = grown.map(|(run, growth)| run.checked_add_signed(growth).unwrap());
            assert!(reads_card(&grown.collect::<Vec<_>>()));
        }
    }

    #[test]
    fn a_barcode_cut_or_without_quiet_zone_is_not_read() {
        let card = card();
        assert!(!reads_card(&card[1..]));
        assert!(!reads_card(&card[..60]));
        let mut crowded = card.clone();
        crowded[60] = 100;
        assert!(!reads_card(&crowded));
    }

    #[test]
    fn a_digit_between_two_others_is_not_read() {
        // The widths of 1 are 2, 2, 2, 1 and those of 7 are 1, 3, 1, 2; these are half way between.
        assert_eq!(digit(&[96, 160, 96, 96], 64 * MODULES, true), None);
        assert_eq!(
            digit(&[128, 128, 128, 64], 64 * MODULES, true),
            Some((1, false))
        );
        assert_eq!(
            digit(&[64, 192, 64, 128], 64 * MODULES, true),
            Some((7, false))
        );
        assert_eq!(
            digit(&[128, 64, 192, 64], 64 * MODULES, true),
            Some((7, true))
        );
        assert_eq!(
            digit(&[128, 64, 192, 64], 64 * MODULES, false).map(|it| it.0),
            None
        );
    }

    #[test]
    fn the_last_digit_checks_the_others() {
        assert!(is_checked(&[2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 3]));
        assert!(!is_checked(&[2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]));
        assert!(!is_checked(&[2, 0, 0, 0, 1, 0, 0, 0, 0, 2, 1, 3, 3]));
    }
}
