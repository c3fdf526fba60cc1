//! The last 24 hours of a till as a strip of columns: sales up, refusals down.

use leptos::prelude::*;

use super::hour::{Day, Hour, local_hours, share, thousandths};

/// The width of a column, in thousandths of a percent.
const COLUMN: i64 = 100_000 / 24;
/// The height of the tallest sales above the line, and that of the smallest.
const TALLEST: i64 = 27_000;
const SMALLEST: i64 = 3_000;
/// The line.
const LINE: i64 = 32_000;
/// The greatest height of refusals.
const DEEPEST: i64 = 10;

/// Renders the strip.
pub(super) fn strip(day: &Day, sentence: String) -> AnyView {
    let columns = (0..).zip(day);
    let columns = columns
        .map(|(place, hour)| column(place, day, hour))
        .collect_view();
    view! {
        <svg class="chart strip" width="100%" height="44" role="img" aria-label=sentence>
            <line class="axis" x1="0" x2="100%" y1="32.5" y2="32.5"></line>
            {columns}
        </svg>
    }
    .into_any()
}

fn column(place: i64, day: &Day, hour: &Hour) -> AnyView {
    let x = || format!("{}%", thousandths(place * COLUMN + COLUMN * 14 / 100));
    let bar = |class: &'static str, y: String, height: String, rx: Option<&'static str>| {
        view! { <rect class=class x=x() y=y width="3%" height=height rx=rx></rect> }
    };
    let is_last = place == 23;
    let up = if hour.sales > 0 {
        let height = SMALLEST + TALLEST * share(day, hour.sales) / 1_000;
        let class = if is_last { "bar-going" } else { "bar-now" };
        let (y, height) = (thousandths(LINE - height), thousandths(height));
        Some(bar(class, y, height, Some("1")))
    } else {
        let is_seen = hour.requests > hour.refusals;
        is_seen.then(|| bar("bar-past", "30".to_owned(), "2".to_owned(), None))
    };
    let down = (hour.refusals > 0).then(|| {
        let height = (3 + hour.refusals).min(DEEPEST).to_string();
        bar("refused", "34".to_owned(), height, Some("1"))
    });
    view! {
        {up}
        {down}
    }
    .into_any()
}

/// Renders the hours above the strips: every sixth one, and the moment at which they end.
pub(super) fn hours(now: usize, ends: String) -> AnyView {
    let labelled = (0_i64..)
        .zip(local_hours(now))
        .filter(|(place, _)| place % 6 == 0);
    let labels = labelled.map(|(place, hour)| {
        let x = format!("{}%", thousandths(place * COLUMN + COLUMN * 14 / 100));
        view! {
            <text x=x y="13">
                {hour.to_string()}
            </text>
        }
    });
    view! {
        <svg class="chart" width="100%" height="18" aria-hidden="true">
            {labels.collect_view()}
            <text x="100%" y="13" text-anchor="end">
                {ends}
            </text>
        </svg>
    }
    .into_any()
}
