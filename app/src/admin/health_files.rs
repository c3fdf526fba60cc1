//! The lists of the platform's health as files.

use domain::{Money, Timestamp};

use super::health_checks::{self as checks, Check};
use super::health_facts::{DaySize, Health, Job, Outcome, Run};
use super::texts::platform;
use crate::locales::Language;
use crate::ui::format::{fill, moment};
use crate::ui::sheet::{Column, Sheet};
use crate::ui::states::Tone;

type CheckColumn = Column<Check>;
type RunColumn = Column<(Job, Run)>;
type SizeColumn = Column<DaySize>;

/// The name in the query of the list to be sent as a file.
pub const LIST: &str = "list";

/// A list of the page, as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The checks.
    Checks,
    /// The runs of the jobs.
    Runs,
    /// The sizes of the database by day.
    Sizes,
}

impl List {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Checks => "checks",
            Self::Runs => "runs",
            Self::Sizes => "sizes",
        }
    }

    /// Returns the list with this value in the query, or else the checks.
    pub fn parse(code: &str) -> Self {
        [Self::Runs, Self::Sizes]
            .into_iter()
            .find(|list| list.code() == code)
            .unwrap_or(Self::Checks)
    }
}

/// Returns the runs of all jobs, the newest first.
pub(super) fn all_runs(page: &Health) -> Vec<(Job, &Run)> {
    let runs = page.jobs.iter();
    let mut runs: Vec<(Job, &Run)> = runs
        .flat_map(|(job, runs)| runs.iter().map(|run| (*job, run)))
        .collect();
    runs.sort_by_key(|(_, run)| std::cmp::Reverse(run.began));
    runs
}

/// Returns how a run ended, or that it runs.
pub(super) fn outcome(language: Language, job: Job, run: &Run, now: Timestamp) -> (Tone, String) {
    let t = &platform(language).checks;
    if run.ended.is_none() {
        let began = moment(language, run.began, now);
        return (Tone::Neutral, fill(t.running, &[&began]));
    }
    let tone = match run.outcome {
        Outcome::Good => Tone::Good,
        Outcome::Faults | Outcome::Failed => Tone::Danger,
    };
    (tone, checks::result(language, t, job, run))
}

/// Returns a list of the page as a file.
pub fn sheet(language: Language, page: &Health, list: List) -> Sheet {
    match list {
        List::Checks => checks_sheet(language, page),
        List::Runs => runs_sheet(language, page),
        List::Sizes => sizes_sheet(language, page),
    }
}

fn checks_sheet(language: Language, page: &Health) -> Sheet {
    let t = &platform(language).health;
    let tone = |tone: Tone| match tone {
        Tone::Good => t.good,
        Tone::Attention => t.attention,
        Tone::Danger => t.bad,
        Tone::Neutral => t.neutral,
    };
    let columns = [
        CheckColumn::new(t.check, |check| check.name).with_width(30),
        CheckColumn::new(t.state, move |check| tone(check.tone)).with_width(12),
        CheckColumn::new(t.value, |check| check.value.clone()).with_width(36),
        CheckColumn::new("", |check| check.detail.clone()).with_width(48),
        CheckColumn::new(t.advice, |check| check.advice.clone()).with_width(80),
    ];
    let mut rows = checks::jobs(language, page);
    rows.extend(checks::data(language, page));
    rows.extend(checks::server(language, page));
    Sheet::new(language, t.title, &columns, &rows)
}

fn runs_sheet(language: Language, page: &Health) -> Sheet {
    let t = &platform(language).health;
    let now = page.now;
    let columns = [
        RunColumn::new(t.job, |(job, _)| job.command()).with_width(26),
        RunColumn::new(t.began, |(_, run)| run.began),
        RunColumn::new(t.ended, |(_, run)| run.ended),
        RunColumn::new(t.result, move |(job, run)| {
            outcome(language, *job, run, now).1
        })
        .with_width(36),
        RunColumn::new(t.clients, |(_, run)| run.clients),
        RunColumn::new(t.entries, |(_, run)| run.entries),
        RunColumn::new(t.bonuses, |(_, run)| Money::from_dirams(run.dirams)),
        RunColumn::new(t.written, |(_, run)| run.written),
        RunColumn::new(t.count, |(_, run)| run.faults),
        RunColumn::new(t.stores, |(_, run)| {
            let names = run.stores.iter().map(|store| store.name.clone());
            names.collect::<Vec<_>>().join(", ")
        }),
        RunColumn::new(t.error, |(_, run)| run.error.clone()),
    ];
    let rows: Vec<(Job, Run)> = all_runs(page)
        .into_iter()
        .map(|(job, run)| (job, run.clone()))
        .collect();
    Sheet::new(language, t.runs, &columns, &rows)
}

fn sizes_sheet(language: Language, page: &Health) -> Sheet {
    let t = &platform(language).health;
    let columns = [
        SizeColumn::new(t.day, |size| size.day),
        SizeColumn::new(t.bytes, |size| size.bytes).with_width(18),
    ];
    Sheet::new(language, t.sizes, &columns, &page.sizes)
}
