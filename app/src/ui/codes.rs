//! Codes: keys of tills, QR codes and barcodes.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};
use leptos::prelude::*;

/// The margin of a QR code in modules.
const QUIET: usize = 4;

/// Renders a key that a person copies.
pub(crate) fn code(text: impl Into<String>) -> AnyView {
    view! { <span class="code">{text.into()}</span> }.into_any()
}

/// Returns a key of which only both ends are visible.
pub(crate) fn masked(first: &str, last: &str) -> String {
    format!("{first} ········ {last}")
}

/// Renders a text as a QR code. A text of more than 2 KB has none.
pub(crate) fn qr_of(text: &str, name: &'static str) -> Option<AnyView> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let rows = code.data.chunks(code.size).take(code.size);
    let modules: Vec<Vec<bool>> = rows
        .map(|row| row.iter().map(|module| module.value()).collect())
        .collect();
    Some(qr(&modules, name))
}

/// Renders a QR code from its rows of dark modules.
pub(crate) fn qr(modules: &[Vec<bool>], name: &'static str) -> AnyView {
    let size = modules.len() + 2 * QUIET;
    view! {
        <svg
            class="qr"
            viewBox=format!("0 0 {size} {size}")
            shape-rendering="crispEdges"
            role="img"
            aria-label=name
        >
            <path d=path(modules)></path>
        </svg>
    }
    .into_any()
}

/// Returns a path with a rectangle for each run of dark modules.
fn path(modules: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in (QUIET..).zip(modules) {
        let mut x = QUIET;
        for run in row.chunk_by(|one, other| one == other) {
            let width = run.len();
            if run.first() == Some(&true) {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h{width}v1h-{width}z");
            }
            x += width;
        }
    }
    path
}

/// The quiet zones before and after the bars of an EAN-13, in modules (GS1 General Specifications,
/// 5.2.3.4).
const BEFORE: usize = 11;
const AFTER: usize = 7;

/// Renders an EAN-13 barcode with its digits. Returns `None` if the text has not 13 digits.
pub(crate) fn ean13(digits: &str) -> Option<AnyView> {
    let (path, width) = bars(digits, 2, 64)?;
    let digits = digits.to_owned();
    let view = view! {
        <svg
            class="ean"
            viewBox=format!("0 0 {width} 64")
            shape-rendering="crispEdges"
            role="img"
            aria-label=digits.clone()
        >
            <path d=path></path>
        </svg>
        <span class="num">{digits}</span>
    };
    Some(view.into_any())
}

/// The width of a module of a printed barcode in hundredths of a millimetre: the size of 100 %.
const MODULE: usize = 33;

/// Renders an EAN-13 barcode that is printed in its nominal width of 37.29 mm, and `height` modules
/// high. Returns `None` if the text has not 13 digits.
pub(crate) fn printed_ean13(digits: &str, height: usize) -> Option<AnyView> {
    let (path, width) = bars(digits, 1, height)?;
    let view = view! {
        <svg
            class="printed-ean"
            width=millimetres(width * MODULE)
            height=millimetres(height * MODULE)
            viewBox=format!("0 0 {width} {height}")
            shape-rendering="crispEdges"
            role="img"
            aria-label=digits.to_owned()
        >
            <path d=path></path>
        </svg>
    };
    Some(view.into_any())
}

/// Renders a bar of 100 mm with a mark at each centimetre, to be measured on the printed sheet.
pub(crate) fn ruler(name: &'static str) -> AnyView {
    let mut path = String::from("M0 200h10000");
    for mark in 0..=10 {
        let height = if mark % 5 == 0 { 400 } else { 200 };
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} 200v{height}", mark * 1_000);
    }
    view! {
        <svg
            class="ruler"
            width="100.4mm"
            height="7mm"
            viewBox="-20 0 10040 700"
            role="img"
            aria-label=name
        >
            <path d=path></path>
        </svg>
    }
    .into_any()
}

/// Returns hundredths of a millimetre as a length: `37.29mm`.
fn millimetres(hundredths: usize) -> String {
    format!("{}.{:02}mm", hundredths / 100, hundredths % 100)
}

/// Returns the bars of an EAN-13 as a path, and their width with the quiet zones.
fn bars(digits: &str, module: usize, height: usize) -> Option<(String, usize)> {
    let modules = ean13_modules(digits)?;
    let mut path = String::new();
    let mut x = BEFORE * module;
    for run in modules.chunk_by(|one, other| one == other) {
        let width = run.len() * module;
        if run.first() == Some(&true) {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} 0h{width}v{height}h-{width}z");
        }
        x += width;
    }
    Some((path, x + AFTER * module))
}

/// Returns the 95 modules of an EAN-13 barcode (ISO/IEC 15420).
fn ean13_modules(digits: &str) -> Option<Vec<bool>> {
    /// The left-hand codes of the digits with odd parity, as seven modules each.
    const ODD: [u8; 10] = [
        0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111,
        0b011_1011, 0b011_0111, 0b000_1011,
    ];
    /// The parities of the left half, which encode the first digit: a set bit is even parity.
    const PARITY: [u8; 10] = [
        0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101,
        0b01_0110, 0b01_1010,
    ];
    let digits: Vec<usize> = digits
        .chars()
        .map(|digit| {
            digit
                .to_digit(10)
                .and_then(|digit| usize::try_from(digit).ok())
        })
        .collect::<Option<_>>()?;
    let (first, rest) = digits.split_first()?;
    if rest.len() != 12 {
        return None;
    }
    let parity = PARITY.get(*first)?;
    let mut modules = vec![true, false, true];
    for (place, digit) in rest.iter().enumerate() {
        let odd = *ODD.get(*digit)?;
        // The right half is the inverse of the odd code, the even code is that inverse reversed.
        let right = !odd & 0x7f;
        let is_even = place < 6 && parity >> (5 - place) & 1 == 1;
        let code = match place {
            6.. => right,
            _ if is_even => right.reverse_bits() >> 1,
            _ => odd,
        };
        modules.extend((0..7).rev().map(|bit| code >> bit & 1 == 1));
        if place == 5 {
            modules.extend([false, true, false, true, false]);
        }
    }
    modules.extend([true, false, true]);
    Some(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_a_rectangle_for_each_run() {
        let modules = vec![vec![true, true, false], vec![false, false, true]];
        assert_eq!(path(&modules), "M4 4h2v1h-2zM6 5h1v1h-1z");
    }

    #[test]
    fn a_barcode_is_the_one_of_the_standard() {
        let modules = ean13_modules("4003994155486").unwrap();
        let bits: String = modules
            .iter()
            .map(|dark| if *dark { '1' } else { '0' })
            .collect();
        // Computed from the tables of the standard by another program.
        assert_eq!(
            bits,
            "101000110101001110111101000101100101110011101010\
             10110011010011101001110101110010010001010000101"
        );
        // The width at 100 % is 113 modules of 0.33 mm (GS1 General Specifications, 5.2.6.6).
        let (_, width) = bars("4003994155486", 1, 45).unwrap();
        assert_eq!(millimetres(width * MODULE), "37.29mm");
        assert_eq!(ean13_modules("123"), None);
        assert_eq!(ean13_modules("40039941554868"), None);
    }
}
