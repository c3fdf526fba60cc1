//! Who bought again, by the month of the first purchase.

use domain::{BasisPoints, Timestamp};
use leptos::prelude::*;

use crate::locales::Language;
use crate::panel::texts::{Texts, texts};
use crate::ui::format::{count, fill};
use crate::ui::heat::{Heat, HeatCell};
use crate::ui::months::{capitalized, month, month_name};
use crate::ui::rates::{rate, whole_share};
use crate::ui::sheet::{Column, Sheet};
use crate::ui::table::sub;

/// The clients who first bought in the same month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// A moment of the month.
    pub month: Timestamp,
    /// The number of clients.
    pub clients: i64,
    /// How many of them bought again after one month, after two, and so on.
    pub again: Vec<i64>,
}

/// Returns the table as a file.
pub fn sheet(language: Language, cohorts: &[Cohort]) -> Sheet {
    let t = &texts(language).reports;
    let after = |words: &'static str, place: usize| {
        Column::<Cohort>::new(words, move |cohort| -> Option<BasisPoints> {
            rate(*cohort.again.get(place)?, cohort.clients)
        })
    };
    let columns = [
        Column::<Cohort>::new(t.first_purchase, move |cohort| {
            month(language, cohort.month)
        }),
        Column::new(t.clients, |cohort: &Cohort| cohort.clients),
        after(t.after_1, 0),
        after(t.after_2, 1),
        after(t.after_3, 2),
        after(t.after_4, 3),
        after(t.after_5, 4),
    ];
    Sheet::new(language, t.again, &columns, cohorts)
}

/// Renders the panel.
pub(super) fn view(language: Language, all: &'static Texts, cohorts: &[Cohort]) -> AnyView {
    let t = &all.reports;
    let shown: Vec<&Cohort> = cohorts.iter().filter(|cohort| cohort.clients > 0).collect();
    if shown.is_empty() {
        return view! { <p class="panel pad note">{t.no_cohorts}</p> }.into_any();
    }
    let months = cohorts.iter().map(|cohort| cohort.again.len()).max();
    let months = months.unwrap_or_default();
    let cell = |cohort: &Cohort, place: usize| -> HeatCell {
        let bought = *cohort.again.get(place)?;
        let value = rate(bought, cohort.clients)?.get();
        Some((value, whole_share(language, bought, cohort.clients)?))
    };
    let row = |cohort: &&Cohort| {
        let people = fill(t.people, &[&count(language, cohort.clients)]);
        let name = capitalized(month_name(language, cohort.month));
        let name = view! { {name} {sub(people)} }.into_any();
        (name, (0..months).map(|place| cell(cohort, place)).collect())
    };
    let heat = Heat {
        class: "heat-cohort",
        summary: format!("{}. {}", t.again, t.again_note),
        corner: t.first_purchase,
        columns: (1..=months)
            .map(|after| fill(t.after_months, &[&after.to_string()]))
            .collect(),
        rows: shown.iter().map(row).collect(),
    };
    view! { <div class="panel pad">{heat.view()}</div> }.into_any()
}
