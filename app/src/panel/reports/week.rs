//! In which hours of the week people buy.

use leptos::prelude::*;

use crate::locales::Language;
use crate::panel::texts::{Texts, texts};
use crate::ui::format::count;
use crate::ui::heat::{Heat, HeatCell};
use crate::ui::rates::tenths;
use crate::ui::sheet::{Column, Sheet};

/// The purchases by hour and weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekGrid {
    /// The purchases of each of the 24 local hours on each weekday, Monday first.
    pub checks: [[i64; 7]; 24],
    /// The days of the period that fall on each weekday.
    pub days: [i64; 7],
}

type Hour = (i64, [i64; 7]);

/// Returns the table as a file: all purchases of the period.
pub fn sheet(language: Language, week: &WeekGrid) -> Sheet {
    let t = &texts(language).reports;
    let rows: Vec<Hour> = (0..).zip(week.checks).collect();
    let weekday = |words: &'static str, place: usize| {
        Column::<Hour>::new(words, move |(_, checks)| {
            checks.get(place).copied().unwrap_or_default()
        })
    };
    let hour = Column::<Hour>::new(t.hour, |(hour, _)| format!("{hour}:00"));
    let weekdays = t.weekdays.into_iter().zip(0..);
    let weekdays = weekdays.map(|(words, place)| weekday(words, place));
    let columns: Vec<Column<Hour>> = std::iter::once(hour).chain(weekdays).collect();
    Sheet::new(language, t.when, &columns, &rows)
}

/// Renders the panel: the hours from the first to the last one with a purchase.
pub(super) fn view(language: Language, all: &'static Texts, week: &WeekGrid) -> AnyView {
    let t = &all.reports;
    let is_open = |hour: &[i64; 7]| hour.iter().any(|checks| *checks > 0);
    let first = week.checks.iter().position(is_open);
    let last = week.checks.iter().rposition(is_open);
    let Some((first, last)) = first.zip(last) else {
        return view! { <p class="panel pad note">{t.nobody_bought}</p> }.into_any();
    };
    // A small shop has less than one purchase an hour, which a whole number would hide.
    let highest = week
        .checks
        .iter()
        .flatten()
        .max()
        .copied()
        .unwrap_or_default();
    let days = week.days.iter().max().copied().unwrap_or_default();
    let is_small = highest < days.saturating_mul(10);
    let cell = |(checks, days): (&i64, &i64)| -> HeatCell {
        if *days == 0 {
            return None;
        }
        let tenth = (20 * checks + days).div_euclid(2 * days);
        let words = if is_small {
            tenths(language, tenth)
        } else {
            count(language, (2 * checks + days).div_euclid(2 * days))
        };
        Some((tenth, words))
    };
    let hours = week.checks.iter().enumerate().take(last + 1).skip(first);
    let row = |(hour, checks): (usize, &[i64; 7])| {
        let name = format!("{hour}:00").into_any();
        (name, checks.iter().zip(&week.days).map(cell).collect())
    };
    let heat = Heat {
        class: "heat-week",
        summary: format!("{}. {}", t.when, t.when_note),
        corner: t.hour,
        columns: t.weekdays.map(str::to_owned).to_vec(),
        rows: hours.map(row).collect(),
    };
    view! { <div class="panel pad">{heat.view()}</div> }.into_any()
}
