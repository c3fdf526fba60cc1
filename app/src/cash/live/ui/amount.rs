//! An amount as it stands on the screen.

use till::amount::AmountEntry;

/// An amount as far as it is typed, and what of its spelling is not.
pub fn written(amount: &AmountEntry) -> (String, &'static str) {
    (amount.text(), amount.rest())
}

/// How wide a figure is, in hundredths of its letters' size: the widest system font's digits and what stands between.
pub fn width(figure: &str) -> String {
    let signs = figure.chars();
    let wide = signs.map(|sign| if sign.is_ascii_digit() { 68 } else { 38 });
    wide.sum::<u32>().to_string()
}
