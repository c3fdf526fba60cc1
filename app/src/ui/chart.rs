//! Bar charts.
//!
//! There is no `viewBox`: positions are in percent and heights in pixels, so that words keep their
//! size on every screen. The same figures are in a table below.

use leptos::prelude::*;

use super::table::small;

/// The height of the words above the highest line.
const HEAD: i64 = 16;
/// The height of the plot.
const PLOT: i64 = 150;
/// The most labels that fit below the columns on a phone.
const MOST_LABELS: i64 = 16;

/// A column of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The word below the column. Of many columns only some have theirs.
    pub label: String,
    /// The name in the table, if it is not the label.
    pub name: Option<String>,
    /// The value now; `None` if it lies in the future.
    pub now: Option<i64>,
    /// The value of the earlier period, which is drawn as a line.
    pub before: Option<i64>,
    /// `true` if the column still grows.
    pub is_going: bool,
}

/// A chart of columns with its words.
pub(crate) struct Chart {
    /// A sentence with the result, for a screen reader.
    pub(crate) summary: String,
    pub(crate) bars: Vec<Bar>,
    /// Prints a value of the scale.
    pub(crate) scale: fn(i64) -> String,
    /// Prints a value in the table.
    pub(crate) value: Box<dyn Fn(i64) -> String>,
    /// The words of an earlier period, if there is one.
    pub(crate) before: Option<Before>,
    /// The link that opens the table.
    pub(crate) table_link: &'static str,
    /// The headings of the table: the columns, their values.
    pub(crate) headings: [String; 2],
}

/// The words of an earlier period beside the present one.
pub(crate) struct Before {
    /// The name of the present period, in the legend.
    pub(crate) now: String,
    /// The words of the column that still grows, if one may.
    pub(crate) going: Option<&'static str>,
    /// The name of the earlier period, in the legend and as the heading of its values.
    pub(crate) past: String,
}

impl Chart {
    pub(crate) fn view(self) -> AnyView {
        let top = top_of_scale(&self.bars);
        let columns = i64::try_from(self.bars.len()).unwrap_or(1).max(1);
        let lines = [top / 2, top].map(|value| {
            let y = HEAD + PLOT - PLOT * scaled(value, top) / 10_000;
            view! {
                <line class="axis" x1="0" x2="100%" y1=halved(y) y2=halved(y)></line>
                <text x="100%" dx="6" y=(y + 5).to_string()>
                    {(self.scale)(value)}
                </text>
            }
        });
        let bars = (0..).zip(&self.bars).map(|(index, bar)| {
            // The column is 100 / n percent wide, the bar 68 % of it, the line 88 %.
            let at = |share: i64| percent((index * 100 + share) * 100, columns);
            let wide = |share: i64| percent(share * 100, columns);
            let class = if bar.is_going { "bar-going" } else { "bar-now" };
            let now = bar.now.filter(|value| *value > 0).map(|value| {
                let height = scaled(value, top);
                view! {
                    <rect
                        class=class
                        x=at(16)
                        y=percent(10_000 - height, 1)
                        width=wide(68)
                        height=percent(height, 1)
                        rx="2"
                    ></rect>
                }
            });
            let before = bar.before.filter(|value| *value > 0).map(|value| {
                let y = percent(10_000 - scaled(value, top), 1);
                view! { <rect class="tick-past" x=at(6) y=y width=wide(88) height="2"></rect> }
            });
            view! {
                {now}
                {before}
            }
        });
        let bars = bars.collect_view();
        let every = (columns + MOST_LABELS - 1) / MOST_LABELS;
        let labelled = (0..)
            .zip(&self.bars)
            .filter(|(index, _)| index % every == 0);
        let labels = labelled.map(|(index, bar)| {
            view! {
                <text
                    x=percent((index * 100 + 50) * 100, columns)
                    y=(HEAD + PLOT + 18).to_string()
                    text-anchor="middle"
                >
                    {bar.label.clone()}
                </text>
            }
        });
        let labels = labels.collect_view();
        let base = halved(HEAD + PLOT);
        let rows = self
            .bars
            .iter()
            .map(|bar| {
                let value = |value: Option<i64>| {
                    value.map_or_else(|| "—".to_owned(), &self.value).into_any()
                };
                let name = bar.name.as_ref().unwrap_or(&bar.label).clone();
                let mut cells = vec![name.into_any(), value(bar.now)];
                if self.before.is_some() {
                    cells.push(value(bar.before));
                }
                cells
            })
            .collect();
        let mut headings = self.headings.to_vec();
        let legend = self.before.map(|before| {
            headings.push(before.past.clone());
            legend(before)
        });
        view! {
            <svg class="chart chart-scaled" height="190" role="img" aria-label=self.summary>
                {lines.collect_view()}
                <svg y=HEAD.to_string() width="100%" height=PLOT.to_string()>
                    {bars}
                </svg>
                <line class="base" x1="0" x2="100%" y1=base.clone() y2=base></line>
                {labels}
            </svg>
            {legend}
            <details class="disclose">
                <summary>{self.table_link}</summary>
                {small(headings, rows)}
            </details>
        }
        .into_any()
    }
}

fn legend(words: Before) -> impl IntoView {
    let entry = |class: &'static str, y: &'static str, height: &'static str, words: String| {
        view! {
            <span>
                <svg width="10" height="10" class="chart" aria-hidden="true">
                    <rect class=class y=y width="10" height=height></rect>
                </svg>
                {words}
            </span>
        }
    };
    view! {
        <p class="legend">
            {entry("bar-now", "0", "10", words.now)}
            {words.going.map(|going| entry("bar-going", "0", "10", going.to_owned()))}
            {entry("bar-past", "4", "2", words.past)}
        </p>
    }
}

/// Returns a round value that no bar exceeds; it is the upper line of the scale.
fn top_of_scale(bars: &[Bar]) -> i64 {
    let values = bars.iter().flat_map(|bar| [bar.now, bar.before]);
    let highest = values.flatten().max().unwrap_or_default().max(2);
    let mut step: i64 = 1;
    loop {
        for factor in [2, 4, 10] {
            let top = step.saturating_mul(factor);
            if top >= highest {
                return top;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// Returns `value` of `whole` in hundredths of a percent.
fn scaled(value: i64, whole: i64) -> i64 {
    let scaled = i128::from(value) * 10_000 / i128::from(whole.max(1));
    i64::try_from(scaled).unwrap_or(10_000)
}

/// A bar that lies on its side: the value of the highest one.
pub(crate) fn bar_of(class: &'static str, value: i64, highest: i64) -> AnyView {
    view! {
        <svg class="chart" width="100%" height="12" aria-hidden="true">
            <rect class="bar-rail" width="100%" height="12" rx="3"></rect>
            <rect
                class=class
                width=percent(scaled(value.max(0), highest), 1)
                height="12"
                rx="3"
            ></rect>
        </svg>
    }
    .into_any()
}

/// Returns the middle of a pixel, so that a line of one pixel is sharp.
fn halved(y: i64) -> String {
    format!("{y}.5")
}

/// Returns `hundredths` ÷ `parts` hundredths of a percent as an attribute: `16.33%`.
fn percent(hundredths: i64, parts: i64) -> String {
    let value = hundredths / parts.max(1);
    format!("{}.{:02}%", value / 100, value % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_value_above_all_bars() {
        let bars = |value| {
            vec![Bar {
                label: String::new(),
                name: None,
                now: Some(1),
                before: Some(value),
                is_going: false,
            }]
        };
        for (highest, top) in [
            (0, 2),
            (3, 4),
            (987, 1000),
            (1001, 2000),
            (21_000, 40_000),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(top_of_scale(&bars(highest)), top, "{highest}");
        }
        assert_eq!(percent(12_345, 1), "123.45%");
        assert_eq!(percent(1_600, 14), "1.14%");
        assert_eq!(scaled(i64::MAX / 2, i64::MAX), 4_999);
        assert_eq!(scaled(1, 0), 10_000);
    }
}
