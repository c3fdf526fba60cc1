//! The filter of the sales: periods and kinds as links, and a form for everything else.

use leptos::prelude::*;

use super::query::{GIVEN, Sales, SalesField, Show, TAKEN, changed};
use crate::forms::{Choice, Control, hidden, submit, summary};
use crate::locales::Language;
use crate::panel::texts::Texts;
use crate::panel::urls::Url;
use crate::ui::head::Weight;

/// The fields that are folded away while they are empty.
const FOLDED: [SalesField; 6] = [
    SalesField::Till,
    SalesField::Bonus,
    SalesField::Number,
    SalesField::Cashier,
    SalesField::Least,
    SalesField::Most,
];

pub(super) fn filters(language: Language, all: &'static Texts, page: &Sales) -> AnyView {
    let t = &all.sales;
    let form = &page.filter;
    let control = |field| Control::new(form, language, field, label(all, field));
    let every = |words: &'static str| std::iter::once(Choice::new("", words));
    let named = |(id, name): &(i64, String)| Choice::new(id.to_string(), name.clone());
    let branches = every(all.common.all_branches).chain(page.branches.iter().map(named));
    let tills = every(t.all_tills).chain(page.tills.iter().map(named));
    let bonuses = vec![
        Choice::new("", t.any_bonuses),
        Choice::new(GIVEN, t.bonuses_given),
        Choice::new(TAKEN, t.bonuses_taken),
    ];
    let is_used =
        |field: &SalesField| !form.value(*field).is_empty() || form.problem(*field).is_some();
    let kept = [SalesField::Kind, SalesField::Client].map(|field| {
        let value = form.value(field);
        (!value.is_empty()).then(|| hidden(field_name(field), value))
    });
    view! {
        <div class="filters">
            {summary(form, language, t.not_shown, |field| label(all, field).to_owned())}
            {chips(t.period, periods(all, page))} {chips(t.kind, kinds(all, page))}
            <form class="sales-filter" action=Url::Sales.to_string()>
                {control(SalesField::From).date()} {control(SalesField::To).date()}
                {control(SalesField::Branch).select(branches.collect())} {kept.collect_view()}
                {submit(Weight::Quiet, all.common.show)}
                <details class="sales-more" open=FOLDED.iter().any(is_used)>
                    <summary>{t.more}</summary>
                    <div class="sales-more-fields">
                        {control(SalesField::Till).select(tills.collect())}
                        {control(SalesField::Bonus).select(bonuses)}
                        {control(SalesField::Number).text()}
                        {control(SalesField::Cashier).text()}
                        {control(SalesField::Least).number(None)}
                        {control(SalesField::Most).number(None)}
                    </div>
                </details>
            </form>
        </div>
    }
    .into_any()
}

const fn field_name(field: SalesField) -> &'static str {
    match field {
        SalesField::Client => "client",
        _ => "kind",
    }
}

const fn label(all: &'static Texts, field: SalesField) -> &'static str {
    let t = &all.sales;
    match field {
        SalesField::From => t.from,
        SalesField::To => t.to,
        SalesField::Kind => t.kind,
        SalesField::Bonus => t.bonuses,
        SalesField::Branch => all.common.branch,
        SalesField::Till => t.place,
        SalesField::Client => all.clients.client,
        SalesField::Cashier => t.cashier,
        SalesField::Number => t.number,
        SalesField::Least => t.least,
        SalesField::Most => t.most,
        SalesField::Days => t.period,
    }
}

/// A link of a filter: words, address, and whether it is what the page shows.
type Chip = (&'static str, String, bool);

fn periods(all: &'static Texts, page: &Sales) -> Vec<Chip> {
    let t = &all.sales;
    let form = &page.filter;
    let (from, to) = (form.value(SalesField::From), form.value(SalesField::To));
    let kind = form.value(SalesField::Kind);
    let day = |back: i64| page.now.plus_days(-back).local_date();
    let today = day(0);
    let periods = [
        (t.today, today.clone(), today.clone()),
        (t.yesterday, day(1), day(1)),
        (t.week, day(6), today.clone()),
        (t.month, day(29), today),
        (t.all_time, String::new(), String::new()),
    ];
    let chip = |(words, first, last): (&'static str, String, String)| {
        let href = changed(page, &first, &last, kind, ("", ""));
        (words, href, first == from && last == to)
    };
    periods.map(chip).to_vec()
}

fn kinds(all: &'static Texts, page: &Sales) -> Vec<Chip> {
    let form = &page.filter;
    let (from, to) = (form.value(SalesField::From), form.value(SalesField::To));
    let current = form.value(SalesField::Kind);
    let chip = |show: Show| {
        let href = changed(page, from, to, show.code(), ("", ""));
        (show.words(all), href, show.code() == current)
    };
    Show::ALL.map(chip).to_vec()
}

fn chips(name: &'static str, chips: Vec<Chip>) -> AnyView {
    let chip = |(words, href, is_current): Chip| {
        view! {
            <a class="chip" href=href aria-current=is_current.then_some("true")>
                {words}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label=name>
            {chips.into_iter().map(chip).collect_view()}
        </nav>
    }
    .into_any()
}
