//! Dates as seconds since 0001-01-01.

/// The seconds of a day.
const DAY: i64 = 86_400;

/// Returns year, month and day of a moment (`days_from_civil` of Howard Hinnant,
/// turned around).
pub fn civil(seconds: i64) -> (i64, i64, i64) {
    let days = seconds.div_euclid(DAY) + 306;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era =
        (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096).div_euclid(365);
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Returns hour, minute and second of a moment.
pub const fn clock(seconds: i64) -> (i64, i64, i64) {
    let of_day = seconds.rem_euclid(DAY);
    (of_day / 3_600, of_day / 60 % 60, of_day % 60)
}

/// Returns the moment of a date and time.
pub fn moment(year: i64, month: i64, day: i64, of_day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + of_era - 306) * DAY + of_day
}

/// Reads a date of digits: `20260605`, `20260605143000`, with signs between them or not.
pub fn date_of_digits(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i64>().ok();
    let of_day = match digits.len() {
        8 => 0,
        14 => number(8, 10)? * 3_600 + number(10, 12)? * 60 + number(12, 14)?,
        _ => return None,
    };
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let fits = year >= 1 && (1..=12).contains(&month) && (1..=31).contains(&day) && of_day < DAY;
    fits.then(|| moment(year, month, day, of_day))
}
