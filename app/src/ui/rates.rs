//! Shares as percentages, and numbers of tenths.

use domain::BasisPoints;

use super::format::{count, point, tenths_of_percent, with_percent_sign};
use crate::locales::Language;

/// Returns `part` of `whole` as a percentage, rounded to a tenth of a percent; `None` if `whole` is
/// zero.
pub fn rate(part: i64, whole: i64) -> Option<BasisPoints> {
    tenths_of_percent(part, whole).map(|tenths| BasisPoints::new(tenths.saturating_mul(10)))
}

/// Returns `part` of `whole` in whole percents: `38 %`; `None` if `whole` is zero.
pub fn whole_share(language: Language, part: i64, whole: i64) -> Option<String> {
    let tenths = tenths_of_percent(part, whole)?;
    let percents = (tenths + 5).div_euclid(10).to_string();
    Some(with_percent_sign(language, &percents))
}

/// Returns a number of tenths with one decimal: `2,4`.
pub fn tenths(language: Language, tenths: i64) -> String {
    let (whole, tenth) = (tenths.div_euclid(10), tenths.rem_euclid(10));
    format!("{}{}{tenth}", count(language, whole), point(language))
}
