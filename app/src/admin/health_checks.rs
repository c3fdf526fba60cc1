//! The checks of the platform's health: each says how it is, and what to do.

use domain::{BasisPoints, Money, Timestamp};

use super::health_facts::{Health, Job, Outcome, Run};
use super::health_words::{growth, length, size};
use super::texts::platform;
use super::texts::platform::CheckTexts;
use crate::locales::Language;
use crate::ui::format::{ago, count, fill, moment, money, percent};
use crate::ui::states::Tone;

/// The seconds after which a nightly job should have run again: a night, and half a day for a
/// person to come and see.
const STALE_SECONDS: i64 = 36 * 3_600;
/// The seconds after which a run that has not ended was cut off.
const CUT_SECONDS: i64 = 12 * 3_600;
/// The seconds for which a message may wait.
const WAIT_SECONDS: i64 = 3_600;
/// The days of growth by which the space is measured.
const GROWTH_DAYS: i64 = 30;
/// The days for which the space should last.
const FEW_DAYS: i64 = 30;
const SOME_DAYS: i64 = 90;
/// The bytes that should be free in any case.
const FEW_BYTES: i64 = 1_073_741_824;
const SOME_BYTES: i64 = 5 * FEW_BYTES;

/// A check.
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) tone: Tone,
    pub(super) value: String,
    pub(super) detail: Option<String>,
    pub(super) advice: String,
}

impl Check {
    fn new(name: &'static str, tone: Tone, value: impl Into<String>) -> Self {
        Self {
            name,
            tone,
            value: value.into(),
            detail: None,
            advice: String::new(),
        }
    }

    fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn advised(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }

    /// Returns whether somebody should do something.
    pub(super) const fn needs_attention(&self) -> bool {
        matches!(self.tone, Tone::Attention | Tone::Danger)
    }
}

/// The checks of the nightly jobs.
pub(super) fn jobs(language: Language, health: &Health) -> Vec<Check> {
    let checks = health.jobs.iter();
    let check = |(job, runs): &(Job, Vec<Run>)| job_check(language, health.now, *job, runs);
    checks.map(check).collect()
}

pub(super) fn job_name(language: Language, job: Job) -> &'static str {
    let t = &platform(language).checks;
    match job {
        Job::VerifyLedger => t.ledger,
        Job::ExpireBonuses => t.expiry,
        Job::Reminders => t.reminders,
    }
}

fn job_check(language: Language, now: Timestamp, job: Job, runs: &[Run]) -> Check {
    let t = &platform(language).checks;
    let name = job_name(language, job);
    let command = format!("bonex {}", job.command());
    let Some(last) = runs.first() else {
        let advice = fill(t.never_advice, &[&command, job.schedule()]);
        return Check::new(name, Tone::Attention, t.never).advised(advice);
    };
    let began = moment(language, last.began, now);
    let Some(ended) = last.ended else {
        let is_cut = last.began.plus_seconds(CUT_SECONDS) < now;
        return if is_cut {
            let advice = fill(t.cut_advice, &[&command]);
            Check::new(name, Tone::Danger, fill(t.cut, &[&began])).advised(advice)
        } else {
            Check::new(name, Tone::Neutral, fill(t.running, &[&began])).advised(t.running_advice)
        };
    };
    let when = ago(language, ended, now).text();
    if last.outcome == Outcome::Failed {
        let error = last.error.clone().unwrap_or_default();
        let advice = fill(t.failed_advice, &[&error, &command]);
        return Check::new(name, Tone::Danger, t.failed)
            .with(when)
            .advised(advice);
    }
    let took = length(language, ended.micros() - last.began.micros());
    let found = result(language, t, job, last);
    if last.outcome == Outcome::Faults {
        let advice = faults_advice(language, t, job, last);
        return Check::new(name, Tone::Danger, found)
            .with(when)
            .advised(advice);
    }
    if ended.plus_seconds(STALE_SECONDS) < now {
        let stale = if job == Job::VerifyLedger {
            t.stale_ledger
        } else {
            t.stale
        };
        let advice = fill(t.stale_advice, &[&when, &command]);
        return Check::new(name, Tone::Attention, stale)
            .with(when)
            .advised(advice);
    }
    let figure = |number| count(language, number);
    let amount = money(language, Money::from_dirams(last.dirams));
    let detail = match job {
        Job::VerifyLedger => fill(
            t.sound_detail,
            &[&when, &took, &figure(last.clients), &figure(last.entries)],
        ),
        Job::ExpireBonuses => fill(
            t.swept_detail,
            &[&when, &took, &figure(last.clients), &amount],
        ),
        Job::Reminders => fill(t.reminded_detail, &[&when, &took, &figure(last.written)]),
    };
    let check = Check::new(name, Tone::Good, found).with(detail);
    check.advised(t.nothing)
}

/// Returns how a run ended, in a few words.
pub(super) fn result(language: Language, t: &CheckTexts, job: Job, run: &Run) -> String {
    let stores = i64::try_from(run.stores.len()).unwrap_or(i64::MAX);
    let stores = count(language, stores);
    match (job, run.outcome) {
        (_, Outcome::Failed) => t.failed.to_owned(),
        (Job::VerifyLedger, Outcome::Faults) => {
            fill(t.differences, &[&count(language, run.faults), &stores])
        }
        (_, Outcome::Faults) => fill(t.put_off, &[&stores]),
        (Job::VerifyLedger, Outcome::Good) => t.sound.to_owned(),
        (Job::ExpireBonuses, Outcome::Good) => t.swept.to_owned(),
        (Job::Reminders, Outcome::Good) => t.reminded.to_owned(),
    }
}

fn faults_advice(language: Language, t: &CheckTexts, job: Job, run: &Run) -> String {
    if job == Job::VerifyLedger {
        return t.differences_advice.to_owned();
    }
    let put_off = run.stores.iter().map(|store| {
        let amount = Money::from_dirams(store.put_off_dirams.unwrap_or_default());
        format!("{} — {}", store.name, money(language, amount))
    });
    let numbers = run.stores.iter().map(|store| store.store.to_string());
    let numbers = numbers.collect::<Vec<_>>().join(" --yes ");
    let put_off = put_off.collect::<Vec<_>>().join(", ");
    fill(t.put_off_advice, &[&put_off, &numbers])
}

/// The checks of the messages, the database and its disk.
pub(super) fn data(language: Language, health: &Health) -> Vec<Check> {
    vec![
        queue(language, health),
        database(language, health),
        disk(language, health),
    ]
}

fn queue(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    let waiting = match health.waiting {
        Some(0) => {
            return Check::new(t.queue, Tone::Good, t.empty_queue).advised(t.nothing);
        }
        Some(waiting) => fill(t.waiting, &[&count(language, waiting)]),
        None => fill(t.waiting_more, &[&count(language, health.most_waiting)]),
    };
    let is_old = |oldest: Timestamp| oldest.plus_seconds(WAIT_SECONDS) < health.now;
    let is_long = health.waiting.is_none() || health.oldest.is_some_and(is_old);
    let (tone, advice) = if is_long {
        (Tone::Attention, t.waiting_advice)
    } else {
        (Tone::Good, t.waiting_short)
    };
    let mut check = Check::new(t.queue, tone, waiting).advised(advice);
    check.detail = health.oldest.map(|oldest| {
        let when = ago(language, oldest, health.now).text();
        fill(t.oldest, &[&when])
    });
    check
}

/// Returns the growth within the last days: the days between the two sizes, and the bytes. `None`
/// if there is no size that is at least a day old.
pub(super) fn growth_in(health: &Health, days: i64) -> Option<(i64, i64)> {
    const DAY: i64 = 86_400_000_000;
    let since = health.now.local_midnight().plus_days(-days);
    let known = health.sizes.iter().filter(|size| size.day >= since);
    let oldest = known.min_by_key(|size| size.day)?;
    let days = (health.now.local_midnight().micros() - oldest.day.micros()) / DAY;
    (days > 0).then_some((days, health.bytes - oldest.bytes))
}

fn database(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    let bytes = size(language, health.bytes);
    let grown = [7, GROWTH_DAYS].map(|days| growth_in(health, days));
    let mut words: Vec<String> = Vec::new();
    for (days, bytes) in grown.into_iter().flatten() {
        let line = fill(t.grew, &[&count(language, days), &growth(language, bytes)]);
        if !words.contains(&line) {
            words.push(line);
        }
    }
    let detail = if words.is_empty() {
        t.no_growth.to_owned()
    } else {
        words.join(", ")
    };
    let value = format!("{}, {bytes}", health.engine);
    Check::new(t.database, Tone::Good, value)
        .with(detail)
        .advised(t.database_advice)
}

fn disk(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    let Some(free) = health.free_bytes else {
        return Check::new(t.disk, Tone::Neutral, t.disk_elsewhere)
            .advised(t.disk_elsewhere_advice);
    };
    let lasts = growth_in(health, GROWTH_DAYS)
        .filter(|(_, grown)| *grown > 0)
        .and_then(|(days, grown)| {
            let lasts = i128::from(free) * i128::from(days) / i128::from(grown);
            i64::try_from(lasts).ok()
        });
    let tone = if free < FEW_BYTES || lasts.is_some_and(|days| days < FEW_DAYS) {
        Tone::Danger
    } else if free < SOME_BYTES || lasts.is_some_and(|days| days < SOME_DAYS) {
        Tone::Attention
    } else {
        Tone::Good
    };
    let advice = if tone == Tone::Good {
        t.nothing
    } else {
        t.disk_advice
    };
    let value = fill(t.free, &[&size(language, free)]);
    let mut check = Check::new(t.disk, tone, value).advised(advice);
    // Beyond some years the figure says nothing.
    let lasts = lasts.filter(|days| *days < 3_650);
    check.detail = lasts.map(|days| fill(t.lasts, &[&count(language, days)]));
    check
}

/// The checks of the server that answers.
pub(super) fn server(language: Language, health: &Health) -> Vec<Check> {
    vec![
        errors(language, health),
        log(language, health),
        version(language, health),
    ]
}

fn errors(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    let (failed, all) = (health.failed, health.requests);
    if all == 0 {
        return Check::new(t.errors, Tone::Neutral, t.no_requests).advised(t.nothing);
    }
    let tone = if failed == 0 {
        Tone::Good
    } else if failed.saturating_mul(100) < all {
        Tone::Attention
    } else {
        Tone::Danger
    };
    let advice = if failed == 0 {
        t.nothing
    } else {
        t.errors_advice
    };
    let value = fill(
        t.failures,
        &[&count(language, failed), &count(language, all)],
    );
    let mut check = Check::new(t.errors, tone, value).advised(advice);
    check.detail = Some(hundredths(language, failed, all));
    check
}

/// Returns a share in percent with two decimals: one of ten thousand requests matters.
fn hundredths(language: Language, part: i64, whole: i64) -> String {
    let hundredths = i128::from(part) * 10_000 / i128::from(whole.max(1));
    percent(
        language,
        BasisPoints::new(i64::try_from(hundredths).unwrap_or(i64::MAX)),
    )
}

fn log(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    if health.dropped_lines == 0 {
        return Check::new(t.log, Tone::Good, t.no_lost_lines).advised(t.nothing);
    }
    let value = fill(t.lost_lines, &[&count(language, health.dropped_lines)]);
    Check::new(t.log, Tone::Attention, value).advised(t.log_advice)
}

fn version(language: Language, health: &Health) -> Check {
    let t = &platform(language).checks;
    let schema = health.schema.to_string();
    let value = fill(t.versions, &[&health.version, &schema]);
    if health.schema > health.known_schema {
        let advice = fill(t.newer_advice, &[&schema]);
        return Check::new(t.version, Tone::Attention, t.newer)
            .with(value)
            .advised(advice);
    }
    Check::new(t.version, Tone::Good, value).advised(t.nothing)
}
