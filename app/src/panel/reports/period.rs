//! The period of a report, in the query.

use domain::{Period, PeriodError, Span, Timestamp};
use leptos::prelude::*;

use crate::forms::{Control, FormState, Problem, fields, hidden, submit, summary};
use crate::locales::Language;
use crate::panel::texts::{Texts, texts};
use crate::panel::urls::Url;
use crate::ui::format::{day, fill};
use crate::ui::head::Weight;

fields! {
    /// The period, in the query.
    PeriodField = "period" {
        /// A code of the spans, or `days` for chosen days.
        Span = "span",
        /// The first local day: `2026-06-05`.
        From = "from",
        /// The last local day.
        To = "to",
    }
}

/// The code of chosen days.
const DAYS: &str = "days";

/// The spans that can be chosen, with their codes.
const SPANS: [(&str, Span); 6] = [
    ("7", Span::Days(7)),
    ("30", Span::Days(30)),
    ("90", Span::Days(90)),
    ("month", Span::Month),
    ("last-month", Span::LastMonth),
    ("year", Span::Year),
];

/// The span of a page without a query.
const USUAL: &str = "30";

/// The period of a report.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The current moment.
    pub now: Timestamp,
    /// The period that the report shows: the usual one, if the query names none.
    pub period: Period,
    /// What the query says, with its problems.
    pub form: FormState<PeriodField>,
}

impl Choice {
    /// Reads the period from the query of a page.
    pub fn read(language: Language, mut form: FormState<PeriodField>, now: Timestamp) -> Self {
        let usual = Period::of(Span::Days(30), now);
        let span = form.value(PeriodField::Span);
        let has_days =
            !form.value(PeriodField::From).is_empty() || !form.value(PeriodField::To).is_empty();
        let named = SPANS.iter().find(|(code, _)| *code == span);
        let period = match named {
            Some((_, span)) => Period::of(*span, now),
            None if span == DAYS || has_days => chosen(language, &mut form, now).unwrap_or(usual),
            None => {
                form = FormState::new().with(PeriodField::Span, USUAL);
                usual
            }
        };
        Self { now, period, form }
    }

    /// Returns the address of a report with this period and more pairs.
    pub(super) fn address(&self, url: &Url, more: &[(&str, &str)]) -> String {
        let value = |field| self.form.value(field);
        let mut pairs = if self.form.is_wrong() || value(PeriodField::Span) == USUAL {
            Vec::new()
        } else {
            vec![
                ("span", value(PeriodField::Span)),
                ("from", value(PeriodField::From)),
                ("to", value(PeriodField::To)),
            ]
        };
        pairs.extend(more);
        url.with_query(&pairs)
    }

    /// Returns the first and the last day in words.
    pub(super) fn words(&self, language: Language) -> String {
        let first = day(language, self.period.from(), self.now);
        if self.period.days() == 1 {
            return first;
        }
        let last = day(language, self.period.last_day(), self.now);
        fill(texts(language).reports.span, &[&first, &last])
    }

    /// Renders the choice of the report and of the period.
    pub(super) fn view(&self, language: Language, t: &'static Texts, current: &Url) -> AnyView {
        let label = |field| match field {
            PeriodField::Span => t.reports.period.to_owned(),
            PeriodField::From => t.reports.from.to_owned(),
            PeriodField::To => t.reports.to.to_owned(),
        };
        let names = [
            t.reports.days_7,
            t.reports.days_30,
            t.reports.days_90,
            t.reports.this_month,
            t.reports.last_month,
            t.reports.this_year,
        ];
        let span = self.form.value(PeriodField::Span);
        let chip = |((code, _), words): (&(&'static str, Span), &'static str)| {
            let href = current.with_query(&[("span", code)]);
            view! {
                <a class="chip" href=href aria-current=(*code == span).then_some("true")>
                    {words}
                </a>
            }
        };
        let chips = SPANS.iter().zip(names).map(chip).collect_view();
        let is_open = !SPANS.iter().any(|(code, _)| *code == span);
        let control = |field| Control::new(&self.form, language, field, label(field));
        view! {
            {summary(&self.form, language, t.reports.not_shown, label)}
            <div class="filters">
                {pages(t, current, self)}
                <nav class="chips" aria-label=t.reports.period>
                    {chips}
                </nav>
                <details class="disclose" open=is_open>
                    <summary>{t.reports.other_days}</summary>
                    <form class="period-filter" action=current.to_string()>
                        {hidden("span", DAYS)}
                        {control(PeriodField::From).date()}
                        {control(PeriodField::To).date()}
                        {submit(Weight::Quiet, t.common.show)}
                    </form>
                </details>
            </div>
        }
        .into_any()
    }
}

/// Reads the chosen days. An empty last day is today, an empty first day the last one.
fn chosen(language: Language, form: &mut FormState<PeriodField>, now: Timestamp) -> Option<Period> {
    let t = &texts(language).reports;
    let mut read = |field, usual| {
        let text = form.value(field);
        if text.is_empty() {
            return Some(usual);
        }
        let found = Timestamp::of_local_date(text);
        if found.is_none() {
            form.wrong(field, Problem::Other(t.no_day.to_owned()));
        }
        found
    };
    let last = read(PeriodField::To, now);
    let first = read(PeriodField::From, last.unwrap_or(now));
    match Period::between(first?, last?, now) {
        Ok(period) => Some(period),
        Err(error) => {
            let (field, words) = match error {
                PeriodError::Reversed => (PeriodField::To, t.reversed),
                PeriodError::Future => (PeriodField::From, t.future),
                PeriodError::TooLong => (PeriodField::From, t.too_long),
            };
            form.wrong(field, Problem::Other(words.to_owned()));
            None
        }
    }
}

/// The links between the pages of the reports.
fn pages(t: &'static Texts, current: &Url, choice: &Choice) -> AnyView {
    let pages = [
        (Url::Reports, t.reports.overview),
        (Url::ProgrammeResult, t.reports.result),
        (Url::TierReport, t.reports.tiers),
        (Url::Unusual, t.reports.unusual),
    ];
    let chip = |(url, words): (Url, &'static str)| {
        let is_current = url == *current;
        view! {
            <a
                class="chip"
                href=choice.address(&url, &[])
                aria-current=is_current.then_some("page")
            >
                {words}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label=t.reports.pages>
            {pages.map(chip).collect_view()}
        </nav>
    }
    .into_any()
}
