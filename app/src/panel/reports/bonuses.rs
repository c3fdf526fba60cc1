//! The bonuses that clients have, and when they expire.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use crate::locales::Language;
use crate::panel::texts::{Texts, texts};
use crate::ui::chart::{Bar, Chart};
use crate::ui::format::{count, day, fill, money};
use crate::ui::months::{month, short_month};
use crate::ui::sheet::{Column, Sheet};

/// The bonuses that clients have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnHand {
    /// The bonuses that can be spent.
    pub available: Money,
    /// The bonuses that still wait.
    pub held: Money,
    /// Of both, those that never expire.
    pub endless: Money,
    /// What clients owe.
    pub debt: Money,
    /// What expires in each month, the current one first: a moment of the month, the sum.
    pub months: Vec<(Timestamp, Money)>,
    /// What expires after these months.
    pub later: Money,
}

/// Returns the table as a file: the months until the last one in which something expires.
pub fn sheet(language: Language, page: &OnHand) -> Sheet {
    let t = &texts(language).reports;
    let months = shown(page).iter();
    let mut rows: Vec<(String, Money)> = months
        .map(|(at, sum)| (month(language, *at), *sum))
        .collect();
    for (words, sum) in [(t.later, page.later), (t.never, page.endless)] {
        if !sum.is_zero() {
            rows.push((words.to_owned(), sum));
        }
    }
    let columns = [
        Column::<(String, Money)>::new(t.month, |(month, _)| month.clone()),
        Column::new(t.expires, |(_, sum): &(String, Money)| *sum),
    ];
    Sheet::new(language, t.on_hand, &columns, &rows)
}

fn shown(page: &OnHand) -> &[(Timestamp, Money)] {
    let last = page.months.iter().rposition(|(_, sum)| !sum.is_zero());
    let shown = last.map_or(0, |last| last + 1);
    page.months.get(..shown).unwrap_or_default()
}

/// Returns the note under the heading.
pub(super) fn note(language: Language, t: &'static Texts, now: Timestamp) -> String {
    fill(t.reports.on_hand_note, &[&day(language, now, now)])
}

/// Renders the panel.
pub(super) fn view(language: Language, all: &'static Texts, page: &OnHand) -> AnyView {
    let t = &all.reports;
    let amount = |sum: Money| money(language, sum);
    let parts = fill(
        t.available_held,
        &[&amount(page.available), &amount(page.held)],
    );
    let sentence = |words: &str, sum: Money| {
        let sentence = fill(words, &[&amount(sum)]);
        (!sum.is_zero()).then(|| view! { <span class="note">{sentence}</span> })
    };
    let bars = shown(page).iter().map(|(at, sum)| Bar {
        label: short_month(language, *at).to_owned(),
        name: Some(month(language, *at)),
        now: Some(sum.dirams()),
        before: None,
        is_going: false,
    });
    let bars: Vec<Bar> = bars.collect();
    let most = page.months.iter().max_by_key(|(_, sum)| *sum);
    let chart = if bars.is_empty() {
        view! { <p class="note">{t.nothing_burns}</p> }.into_any()
    } else {
        let summary =
            most.map(|(at, sum)| fill(t.burn_summary, &[&month(language, *at), &amount(*sum)]));
        let scale = match language {
            Language::En => |dirams| count(Language::En, dirams / 100),
            _ => |dirams| count(Language::Ru, dirams / 100),
        };
        let chart = Chart {
            summary: summary.unwrap_or_default(),
            bars,
            scale,
            value: Box::new(move |dirams| money(language, Money::from_dirams(dirams))),
            before: None,
            table_link: all.common.as_table,
            headings: [t.month.to_owned(), t.expires.to_owned()],
        };
        view! { <p class="note">{t.will_burn}</p> {chart.view()} }.into_any()
    };
    view! {
        <div class="panel pad stack">
            <div class="stack-tight">
                <span class="strong big-20 num">{amount(page.available + page.held)}</span>
                <span class="note">{parts}</span>
                {sentence(t.debt, page.debt)}
                {sentence(t.endless, page.endless)}
            </div>
            <div class="stack-tight">{chart}</div>
        </div>
    }
    .into_any()
}
