//! The health of the platform: nightly jobs, messages, the database, and this server.

use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::health_checks::{self as checks, Check};
use super::health_files::{all_runs, outcome};
use super::health_words::{growth, length, size};
use super::texts::platform;
use super::texts::platform::HealthTexts;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::figures::{Figure, Pair, pairs, words};
use crate::ui::format::{count, day, fill, moment};
use crate::ui::head::{Head, empty, noted_section};
use crate::ui::sheet::downloads;
use crate::ui::states::{Tone, state};
use crate::ui::table::{Cell, Row, Table, column, figures, small, strong, sub, sub_phone};

pub use super::health_facts::{DaySize, Health, Job, Outcome, Run, StoreFaults};
pub use super::health_files::{LIST, List, sheet};

/// The days back of which the page shows the size of the database.
const SIZE_DAYS: [i64; 3] = [7, 30, 365];
/// The runs that the page shows.
const RUNS: usize = 12;

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Health) -> String {
    let language = chrome.language;
    let t = &platform(language).health;
    let groups = [
        (t.jobs, None, checks::jobs(language, page)),
        (t.data, None, checks::data(language, page)),
        (
            t.server,
            Some(t.server_note),
            checks::server(language, page),
        ),
    ];
    let figure = figure(language, t, &groups);
    let groups = groups.map(|(title, note, checks)| {
        let checks = checks.into_iter().map(pair).collect();
        noted_section(title, note.map(str::to_owned), None, pairs("panel", checks))
    });
    let body = view! {
        <section class="panel pad">{figure}</section>
        {groups.collect_view()}
        {faults(language, t, page)}
        {runs(language, t, page)}
        {sizes(language, t, page)}
    };
    let began = moment(language, page.server_began, page.now);
    let mut head = Head::new(t.title);
    head.note = Some(fill(t.note, &[&page.version, &began]).into_any());
    head.is_short = true;
    head.actions = files(language, List::Checks);
    chrome.page(Section::Health, head, body.into_any())
}

fn files(language: Language, list: List) -> Vec<AnyView> {
    downloads(language, |format| {
        Url::Health.with_query(&[(LIST, list.code()), format])
    })
}

type Group = (&'static str, Option<&'static str>, Vec<Check>);

fn figure(language: Language, t: &HealthTexts, groups: &[Group]) -> AnyView {
    let all = groups.iter().flat_map(|(_, _, checks)| checks);
    let number = |number: usize| count(language, i64::try_from(number).unwrap_or(i64::MAX));
    let needy = all.clone().filter(|check| check.needs_attention()).count();
    let sentence = if needy == 0 {
        state(Tone::Good, t.all_well)
    } else {
        words(t.look_below)
    };
    Figure {
        label: t.need.to_owned(),
        value: number(needy),
        unit: Some(fill(t.of_checks, &[&number(all.count())])),
        href: None,
        words: Some(sentence),
    }
    .view()
}

fn pair(check: Check) -> Pair {
    let value = view! {
        {state(check.tone, check.value)}
        {check.detail.map(sub)}
    };
    Pair::new(check.name, value).advised(check.advice)
}

/// The stores in which the last check of the balances found something.
fn faults(language: Language, t: &'static HealthTexts, page: &Health) -> Option<AnyView> {
    let mut jobs = page.jobs.iter();
    let (_, runs) = jobs.find(|(job, _)| *job == Job::VerifyLedger)?;
    let last = runs.iter().find(|run| run.ended.is_some())?;
    if last.stores.is_empty() {
        return None;
    }
    let row = |store: &StoreFaults| {
        let lines = store.first.clone().into_iter().map(sub).collect_view();
        let name = format!("{} №\u{a0}{}", store.name, store.store);
        vec![
            view! { {strong(name)} {lines} }.into_any(),
            count(language, store.faults).into_any(),
        ]
    };
    let headings = vec![t.store.to_owned(), t.count.to_owned()];
    let table = small(headings, last.stores.iter().map(row).collect());
    let content = view! { <div class="panel">{table}</div> };
    Some(noted_section(t.faults, None, None, content))
}

fn runs(language: Language, t: &'static HealthTexts, page: &Health) -> AnyView {
    let all = all_runs(page);
    if all.is_empty() {
        let panel = empty(t.no_runs, t.no_runs_advice, None);
        let panel = view! { <div class="panel">{panel}</div> };
        return noted_section(t.runs, None, None, panel);
    }
    let row = |(job, run): &(Job, &Run)| {
        let began = moment(language, run.began, page.now);
        let (tone, result) = outcome(language, *job, run, page.now);
        let name = view! {
            {strong(checks::job_name(language, *job))} {sub_phone(began.clone())}
        };
        Row::new(vec![
            Cell::left(name),
            Cell::text(began),
            Cell::right(took(language, run)),
            Cell::below(state(tone, result)),
        ])
    };
    let table = Table {
        name: t.runs.to_owned(),
        class: "",
        columns: vec![
            column(t.job),
            column(t.began),
            figures(t.took),
            column(t.result),
        ],
        groups: vec![all.iter().take(RUNS).map(row).collect()],
        total: None,
    };
    let links = view! { <span class="actions">{files(language, List::Runs)}</span> };
    let content = view! { <div class="panel">{table.view()}</div> };
    noted_section(t.runs, None, Some(links.into_any()), content)
}

fn took(language: Language, run: &Run) -> String {
    match run.ended {
        Some(ended) => length(language, ended.micros() - run.began.micros()),
        None => "—".to_owned(),
    }
}

fn sizes(language: Language, t: &'static HealthTexts, page: &Health) -> Option<AnyView> {
    if page.sizes.is_empty() {
        return None;
    }
    let mut rows = vec![vec![
        t.now.into_any(),
        size(language, page.bytes).into_any(),
        "—".into_any(),
    ]];
    let mut shown = None;
    for days in SIZE_DAYS {
        let Some((days, grown)) =
            checks::growth_in(page, days).filter(|known| shown != Some(known.0))
        else {
            continue;
        };
        shown = Some(days);
        let at = page.now.local_midnight().plus_days(-days);
        rows.push(vec![
            day(language, at, page.now).into_any(),
            size(language, page.bytes - grown).into_any(),
            growth(language, grown).into_any(),
        ]);
    }
    let headings = [t.day, t.size, t.growth].map(str::to_owned).to_vec();
    let links = view! { <span class="actions">{files(language, List::Sizes)}</span> };
    let content = view! { <div class="panel">{small(headings, rows)}</div> };
    Some(noted_section(
        t.sizes,
        None,
        Some(links.into_any()),
        content,
    ))
}
