//! An amount as it is shown on the screen.

use till::amount::AmountEntry;

/// Returns the typed part of an amount, and the part of its notation that is not typed.
pub fn written(amount: &AmountEntry) -> (String, &'static str) {
    (amount.text(), amount.rest())
}

/// Returns the width of a figure in hundredths of its font size, for the widest digits and
/// separators of the system fonts.
pub fn width(figure: &str) -> String {
    let signs = figure.chars();
    let wide = signs.map(|sign| if sign.is_ascii_digit() { 68 } else { 38 });
    wide.sum::<u32>().to_string()
}
