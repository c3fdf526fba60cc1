//! The period and the branch of a report, in the query.

use domain::{Period, PeriodError, Span, Timestamp};
use leptos::prelude::*;

use crate::forms::{Choice as Item, Control, FormState, Problem, fields, hidden, submit, summary};
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
        /// The number of a branch; empty for all.
        Branch = "branch",
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

/// The period and the branch of a report.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The current moment.
    pub now: Timestamp,
    /// The period that the report shows: the usual one, if the query names none.
    pub period: Period,
    /// The branch that the report is about: its number and name; `None` for all.
    pub branch: Option<(i64, String)>,
    /// The branches to choose from.
    branches: Vec<(i64, String)>,
    /// What the query says, with its problems.
    pub form: FormState<PeriodField>,
}

/// Whether a report can be about one branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Branches {
    /// It can.
    Chosen,
    /// It is about clients, who belong to the whole store.
    All,
}

impl Choice {
    /// Reads the choice from the query of a page of a store with these branches.
    pub fn read(
        language: Language,
        mut form: FormState<PeriodField>,
        branches: Vec<(i64, String)>,
        now: Timestamp,
    ) -> Self {
        let asked = form.value(PeriodField::Branch).to_owned();
        let is_asked = |(id, _): &&(i64, String)| id.to_string() == asked;
        let branch = branches.iter().find(is_asked).cloned();
        let usual = Period::of(Span::Days(30), now);
        let span = form.value(PeriodField::Span);
        let has_days =
            !form.value(PeriodField::From).is_empty() || !form.value(PeriodField::To).is_empty();
        let named = SPANS.iter().find(|(code, _)| *code == span);
        let period = match named {
            Some((_, span)) => Period::of(*span, now),
            None if span == DAYS || has_days => chosen(language, &mut form, now).unwrap_or(usual),
            None => {
                form = FormState::new()
                    .with(PeriodField::Span, USUAL)
                    .with(PeriodField::Branch, asked);
                usual
            }
        };
        Self {
            now,
            period,
            branch,
            branches,
            form,
        }
    }

    /// Returns the number of the branch.
    pub fn branch_id(&self) -> Option<i64> {
        self.branch.as_ref().map(|(id, _)| *id)
    }

    /// Returns the value of the query that chooses the branch.
    fn branch_text(&self) -> String {
        self.branch_id()
            .map_or_else(String::new, |id| id.to_string())
    }

    /// Returns the pairs of the query that choose the days.
    fn days(&self) -> [(&'static str, &str); 3] {
        let value = |field| self.form.value(field);
        let is_usual = self.form.is_wrong() || value(PeriodField::Span) == USUAL;
        let value = |field| if is_usual { "" } else { value(field) };
        [
            ("span", value(PeriodField::Span)),
            ("from", value(PeriodField::From)),
            ("to", value(PeriodField::To)),
        ]
    }

    /// Returns the address of a report with this choice and more pairs.
    pub(super) fn address(&self, url: &Url, more: &[(&str, &str)]) -> String {
        let mut pairs = self.days().to_vec();
        let branch = self.branch_text();
        pairs.push(("branch", branch.as_str()));
        pairs.extend(more);
        url.with_query(&pairs)
    }

    /// Returns the address of the documents of these days and this branch, with more pairs.
    pub(super) fn rows(&self, more: &[(&str, &str)]) -> String {
        let (first, last) = (self.period.from(), self.period.last_day());
        let (first, last) = (first.local_date(), last.local_date());
        let branch = self.branch_text();
        let mut pairs = vec![("from", &*first), ("to", &*last), ("branch", &*branch)];
        pairs.extend(more);
        Url::Sales.with_query(&pairs)
    }

    /// Returns the address of the documents of one day and this branch.
    pub(super) fn rows_of_day(&self, at: Timestamp) -> String {
        let (day, branch) = (at.local_date(), self.branch_text());
        Url::Sales.with_query(&[("from", &day), ("to", &day), ("branch", &branch)])
    }

    /// Returns the first and the last day in words, and the branch, if there are several.
    pub(super) fn words(&self, language: Language, about: Branches) -> String {
        let t = texts(language);
        let first = day(language, self.period.from(), self.now);
        let days = if self.period.days() == 1 {
            first
        } else {
            let last = day(language, self.period.last_day(), self.now);
            fill(t.reports.span, &[&first, &last])
        };
        let branch = match (&self.branch, about) {
            (Some((_, name)), Branches::Chosen) => name.clone(),
            _ if self.branches.len() > 1 => t.reports.in_all_branches.to_owned(),
            _ => return days,
        };
        format!("{days} · {branch}")
    }

    /// Renders the choice of the report, of the period and of the branch.
    pub(super) fn view(
        &self,
        language: Language,
        t: &'static Texts,
        current: &Url,
        about: Branches,
    ) -> AnyView {
        let label = |field| match field {
            PeriodField::Span => t.reports.period.to_owned(),
            PeriodField::From => t.reports.from.to_owned(),
            PeriodField::To => t.reports.to.to_owned(),
            PeriodField::Branch => t.common.branch.to_owned(),
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
        let branch_text = self.branch_text();
        let chip = |((code, _), words): (&(&'static str, Span), &'static str)| {
            let href = current.with_query(&[("span", code), ("branch", &branch_text)]);
            view! {
                <a class="chip" href=href aria-current=(*code == span).then_some("true")>
                    {words}
                </a>
            }
        };
        let chips = SPANS.iter().zip(names).map(chip).collect_view();
        let is_open = !SPANS.iter().any(|(code, _)| *code == span);
        let control = |field| Control::new(&self.form, language, field, label(field));
        let every = Item::new("", t.common.all_branches);
        let item = |(id, name): &(i64, String)| Item::new(id.to_string(), name.clone());
        let choices = std::iter::once(every).chain(self.branches.iter().map(item));
        let branch_form = (about == Branches::Chosen && self.branches.len() > 1).then(|| {
            let kept = self
                .days()
                .into_iter()
                .filter(|(_, value)| !value.is_empty());
            view! {
                <form class="branch-filter" action=current.to_string()>
                    {kept.map(|(name, value)| hidden(name, value)).collect_view()}
                    {control(PeriodField::Branch).hide_label().select(choices.collect())}
                    {submit(Weight::Quiet, t.common.show)}
                </form>
            }
        });
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
                        {hidden("branch", &branch_text)}
                        {control(PeriodField::From).date()}
                        {control(PeriodField::To).date()}
                        {submit(Weight::Quiet, t.common.show)}
                    </form>
                </details>
                {branch_form}
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
