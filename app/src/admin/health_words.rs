//! Sizes and lengths of time in words.

use super::texts::platform;
use crate::locales::Language;
use crate::ui::format::{MINUS, NBSP, count, fill};

const KILO: i64 = 1_024;

/// Returns a number of bytes in the largest unit that leaves at least one: `12,4 МБ`.
pub(super) fn size(language: Language, bytes: i64) -> String {
    let t = &platform(language).units;
    let (unit, name) = match bytes.abs() {
        0..KILO => return format!("{bytes}{NBSP}{}", t.bytes),
        KILO..1_048_576 => (KILO, t.kilo),
        1_048_576..1_073_741_824 => (1_048_576, t.mega),
        _ => (1_073_741_824, t.giga),
    };
    let tenths = i128::from(bytes.abs()) * 10 / i128::from(unit);
    let point = if language == Language::En { '.' } else { ',' };
    let sign = if bytes < 0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    let whole = i64::try_from(tenths / 10).unwrap_or(i64::MAX);
    format!(
        "{sign}{}{point}{}{NBSP}{name}",
        count(language, whole),
        tenths % 10
    )
}

/// Returns a difference of sizes with its sign: `+1,2 МБ`.
pub(super) fn growth(language: Language, bytes: i64) -> String {
    let plus = if bytes > 0 { "+" } else { "" };
    format!("{plus}{}", size(language, bytes))
}

/// Returns a length of time in its largest units: `4 с`, `3 мин`, `1 ч 5 мин`.
pub(super) fn length(language: Language, micros: i64) -> String {
    let t = &platform(language).units;
    let seconds = micros.max(0) / 1_000_000;
    let unit = |number: i64, name: &str| format!("{number}{NBSP}{name}");
    match seconds {
        0..60 => unit(seconds, t.seconds),
        60..3_600 => unit(seconds / 60, t.minutes),
        _ => fill(
            "{} {}",
            &[
                &unit(seconds / 3_600, t.hours),
                &unit(seconds / 60 % 60, t.minutes),
            ],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_lengths_are_short() {
        let ru = Language::Ru;
        assert_eq!(size(ru, 0), "0\u{a0}Б");
        assert_eq!(size(ru, 1_023), "1023\u{a0}Б");
        assert_eq!(size(ru, 1_536), "1,5\u{a0}КБ");
        assert_eq!(size(Language::En, 13_003_000), "12.4\u{a0}MB");
        assert_eq!(size(ru, i64::MAX), "8\u{a0}589\u{a0}934\u{a0}591,9\u{a0}ГБ");
        assert_eq!(growth(ru, -1_536), "−1,5\u{a0}КБ");
        assert_eq!(growth(ru, 1_536), "+1,5\u{a0}КБ");
        assert_eq!(length(ru, 59_999_999), "59\u{a0}с");
        assert_eq!(length(ru, 3_900_000_000), "1\u{a0}ч 5\u{a0}мин");
        assert_eq!(length(ru, -5), "0\u{a0}с");
    }
}
