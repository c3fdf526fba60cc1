//! The hours of a till, as a strip and as a ring: the same figures in two shapes.

use leptos::prelude::*;

use crate::admin::texts::ActivityTexts;
use crate::ui::format::fill;

/// The hours that are shown.
pub const HOURS: usize = 24;

/// What a till did in an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hour {
    /// All requests.
    pub requests: i64,
    /// The purchases, with and without a client.
    pub sales: i64,
    /// The returns.
    pub returns: i64,
    /// The requests of other devices.
    pub refusals: i64,
}

/// The last 24 hours of a till, the oldest first. The last one is not over.
pub type Day = [Hour; HOURS];

/// Returns the sum of a figure of all hours.
pub(super) fn sum(day: &Day, figure: impl Fn(&Hour) -> i64) -> i64 {
    day.iter().map(figure).sum()
}

/// Returns the local hour of the day of each column. `now` is that of the last one.
pub(super) fn local_hours(now: usize) -> impl Iterator<Item = usize> {
    (0..HOURS).map(move |place| (now + 1 + place) % HOURS)
}

/// Returns the share of the till's own best hour, in thousandths.
pub(super) fn share(day: &Day, sales: i64) -> i64 {
    let best = day.iter().map(|hour| hour.sales).max().unwrap_or(0).max(1);
    sales * 1_000 / best
}

/// Returns a sentence with the result for a screen reader.
pub(super) fn sentence(t: &ActivityTexts, name: &str, day: &Day) -> String {
    let sales = sum(day, |hour| hour.sales).to_string();
    let refusals = sum(day, |hour| hour.refusals).to_string();
    fill(t.in_words, &[name, &sales, &refusals])
}

/// Prints thousandths without floating point: `12.5`.
pub(super) fn thousandths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let value = value.abs();
    format!("{sign}{}.{:03}", value / 1_000, value % 1_000)
}

/// Returns the words of the colours.
pub(super) fn legend(t: &ActivityTexts, silent: &'static str) -> AnyView {
    let square = |class: &'static str| {
        view! {
            <svg width="10" height="10" class="chart" aria-hidden="true">
                <rect class=class width="10" height="10" rx="2"></rect>
            </svg>
        }
    };
    view! {
        <p class="legend">
            <span>{square("bar-now")} {t.legend_sales}</span>
            <span>{square("refused")} {t.legend_refusals}</span>
            <span>
                <svg width="10" height="10" class="chart" aria-hidden="true">
                    <rect class="bar-past" y="7" width="10" height="2"></rect>
                </svg>
                {t.legend_contact}
            </span>
            <span>{silent}</span>
        </p>
    }
    .into_any()
}
