//! Amounts, phones and moments in the form that a cashier reads. The browser's formatting is not
//! used, because browsers do not support Tajik.

use domain::{BasisPoints, Money, Timestamp};

/// A space at which a line is not broken.
const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';
/// The last millisecond of the year 9999.
const LAST_MS: i64 = 253_402_300_799_999;

/// Formats an amount of money or bonuses as `1 234,50`, always with two decimals. A debt has a
/// minus sign in front.
pub fn money(amount: Money) -> String {
    let (somoni, dirams) = parts(amount);
    format!("{somoni},{dirams:02}")
}

/// Formats an amount as `1 234,50 сом.`, with the unit in the language of the till.
pub fn with_currency(amount: Money, currency: &str) -> String {
    format!("{}{NO_BREAK_SPACE}{currency}", money(amount))
}

/// Formats a phone as `+992 90 123 45 67`. A phone of another country stays unchanged.
pub fn phone(e164: &str) -> String {
    match e164.strip_prefix("+992") {
        Some(national) if national.len() == 9 && national.bytes().all(|b| b.is_ascii_digit()) => {
            let national = national_phone(national, NO_BREAK_SPACE);
            format!("+992{NO_BREAK_SPACE}{national}")
        }
        _ => e164.to_owned(),
    }
}

/// Formats a percentage as `5 %` or `2,5 %`.
pub fn percent(rate: BasisPoints) -> String {
    let number = rate.to_string().replace('.', ",");
    format!("{number}{NO_BREAK_SPACE}%")
}

/// Formats the time as `14:05`, on a clock `offset_minutes` east of UTC.
pub fn local_time(utc_ms: i64, offset_minutes: i32) -> String {
    let (_, time) = local(utc_ms, offset_minutes);
    time.chars().take(5).collect()
}

/// Formats the date as `05.06.2026`, in a calendar `offset_minutes` east of UTC.
pub fn local_date(utc_ms: i64, offset_minutes: i32) -> String {
    let (date, _) = local(utc_ms, offset_minutes);
    date.rsplit('-').collect::<Vec<_>>().join(".")
}

/// Formats a number in groups of three digits: `1 234 567`.
pub(crate) fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(NO_BREAK_SPACE);
        }
        text.push(digit);
    }
    text
}

/// Formats the digits of a Tajik number as `XX XXX XX XX`. There may be fewer digits.
pub(crate) fn national_phone(digits: &str, blank: char) -> String {
    let mut text = String::with_capacity(16);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 2 | 5 | 7) {
            text.push(blank);
        }
        text.push(digit);
    }
    text
}

/// Returns the somoni with their sign, and the dirams.
fn parts(amount: Money) -> (String, u64) {
    let dirams = amount.dirams().unsigned_abs();
    let mut somoni = grouped(dirams / 100);
    if amount < Money::ZERO {
        somoni.insert(0, MINUS);
    }
    (somoni, dirams % 100)
}

/// Returns date and time of ISO 8601, shifted to the local clock.
fn local(utc_ms: i64, offset_minutes: i32) -> (String, String) {
    let shifted = moment(utc_ms).plus_seconds(i64::from(offset_minutes) * 60);
    let text = shifted.to_string();
    let (date, time) = text.split_once('T').unwrap_or_default();
    (date.to_owned(), time.to_owned())
}

/// Converts a moment of the device's clock to the format of requests: whole seconds. A wrong clock
/// is limited to the years that the server reads, so that at most the date is wrong and the
/// document is still accepted.
pub(crate) fn moment(utc_ms: i64) -> Timestamp {
    Timestamp::default().plus_seconds(utc_ms.clamp(0, LAST_MS) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes no-break spaces visible in a test.
    fn seen(text: &str) -> String {
        text.replace(NO_BREAK_SPACE, "_")
    }

    #[test]
    fn money_and_bonuses_have_two_decimals() {
        for (dirams, spelled) in [
            (0, "0,00"),
            (7, "0,07"),
            (750, "7,50"),
            (4_500, "45,00"),
            (123_450, "1_234,50"),
            (100_000_000, "1_000_000,00"),
            (-5_000, "−50,00"),
            (-7, "−0,07"),
            (i64::MIN, "−92_233_720_368_547_758,08"),
        ] {
            assert_eq!(seen(&money(Money::from_dirams(dirams))), spelled);
        }
    }

    #[test]
    fn a_tajik_phone_is_grouped_and_a_foreign_one_is_unchanged() {
        assert_eq!(seen(&phone("+992901234567")), "+992_90_123_45_67");
        for other in [
            "+79161234567",
            "+9929012345678",
            "+99290123456",
            "901234567",
            "+992٩٠١٢",
        ] {
            assert_eq!(phone(other), other);
        }
    }

    #[test]
    fn percents_have_a_comma() {
        assert_eq!(seen(&percent(BasisPoints::from_percent(5))), "5_%");
        assert_eq!(seen(&percent(BasisPoints::new(250))), "2,5_%");
    }

    #[test]
    fn a_moment_is_shown_in_local_time() {
        // 2026-06-05T09:05:59.999Z.
        let moment = 1_780_650_359_999;
        assert_eq!(local_time(moment, 300), "14:05");
        assert_eq!(local_date(moment, 300), "05.06.2026");
        assert_eq!(local_time(moment, -570), "23:35");
        assert_eq!(local_date(moment, -570), "04.06.2026");
        assert_eq!(local_date(0, 0), "01.01.1970");
    }

    #[test]
    fn any_moment_can_be_formatted_and_sent() {
        for extreme in [i64::MIN, -1, i64::MAX] {
            assert_eq!(local_time(extreme, 840).len(), 5);
            assert_eq!(local_date(extreme, -840).split('.').count(), 3);
            let sent = moment(extreme);
            assert_eq!(Timestamp::parse_rfc3339(&sent.to_string()), Ok(sent));
        }
    }
}
