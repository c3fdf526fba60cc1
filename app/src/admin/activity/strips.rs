//! «Активность касс»: the last 24 hours of every till of a store.

use domain::sharing::Level;
use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::hour::{Day, legend, sentence, sum};
use super::sign;
use super::strip::{hours, strip};
use crate::admin::chrome::{Chrome, Section};
use crate::admin::store_forms::stores_crumb;
use crate::admin::texts::{ActivityTexts, texts};
use crate::admin::urls::Url;
use crate::locales::Language;
use crate::page;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{ago, count, fill, money, time};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::pager::pager;
use crate::ui::sheet::{Column, FORMAT, Format, Sheet};
use crate::ui::states::{Tone, state};

/// The name of the query that continues the list: the number of tills before.
pub const AFTER: &str = "after";

/// The page of a store's tills.
#[derive(Clone, Debug)]
pub struct Strips {
    /// The current moment.
    pub now: Timestamp,
    /// The number of the store.
    pub store_id: i64,
    /// Its name.
    pub store: String,
    /// All its tills.
    pub tills: i64,
    /// Those that are worth a look.
    pub to_look_at: i64,
    /// The purchases of all tills since midnight.
    pub checks: i64,
    /// Their totals.
    pub sold: Money,
    /// The tills of this page.
    pub rows: Vec<TillRow>,
    /// The number of tills before the next page, if there is one.
    pub next: Option<usize>,
    /// `true` if this is not the first page.
    pub is_continued: bool,
}

/// A till in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillRow {
    /// Its number.
    pub id: i64,
    /// The name of its branch.
    pub branch: String,
    /// Its name.
    pub name: String,
    /// The program that sends its requests.
    pub program: Option<String>,
    /// `true` if the store has switched it off.
    pub is_off: bool,
    /// Its last 24 hours.
    pub day: Day,
    /// The purchases since midnight.
    pub checks: i64,
    /// Their totals.
    pub sold: Money,
    /// What it was judged, and its points.
    pub judged: (Level, i64),
    /// Since when it is silent although it usually sells now.
    pub silent_since: Option<Timestamp>,
    /// Its last request.
    pub seen_at: Option<Timestamp>,
}

impl TillRow {
    fn place(&self) -> String {
        format!("{}, {}", self.branch, self.name)
    }

    /// Returns the most important that is to be said about it.
    fn sign(&self, t: &ActivityTexts) -> (Tone, String) {
        if let Some((tone, words)) = sign::level(t, self.judged.0) {
            return (tone, words.to_owned());
        }
        match (self.is_off, self.silent_since, self.seen_at) {
            (true, ..) => (Tone::Neutral, t.off.to_owned()),
            (_, Some(since), _) => (Tone::Attention, fill(t.silent_since, &[&time(since)])),
            (_, _, None) => (Tone::Neutral, t.never_seen.to_owned()),
            (_, _, Some(_)) => (Tone::Good, t.in_contact.to_owned()),
        }
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Strips) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.activity;
    let url = Url::Activity(page.store_id);
    let mut head = Head::new(t.title);
    let store = Url::Store(page.store_id).to_string();
    head.crumbs = vec![stores_crumb(all), (page.store.clone(), store)];
    head.note = Some(fill(t.last_day, &[&page.store, &time(page.now)]).into_any());
    let excel = url.with_query(&[(FORMAT, Format::Xlsx.code())]);
    let files = page::texts(language).files;
    head.actions = vec![
        button_link(Weight::Quiet, url.to_string(), t.refresh),
        button_link(Weight::Quiet, excel, files.excel),
    ];
    let content = if page.rows.is_empty() {
        empty(t.no_tills, t.no_tills_advice, None)
    } else {
        let next = page
            .next
            .map(|after| url.with_query(&[(AFTER, &after.to_string())]));
        let first = page.is_continued.then(|| url.to_string());
        view! {
            <div class="pad">{figure(language, t, page).view()}</div>
            {strips_head(t, page)}
            <ol class="strips ruled">
                {page.rows.iter().map(|till| row(language, t, page, till)).collect_view()}
            </ol>
            <div class="panel-foot stack-tight">
                {legend(t, t.legend_silent)} <p class="note">{t.legend_height}</p>
            </div>
            {pager(page::texts(language).pager, "pager", next, first)}
        }
        .into_any()
    };
    let body = view! { <section class="panel">{content}</section> };
    chrome.live_page(Section::Stores, head, body.into_any())
}

fn figure(language: Language, t: &ActivityTexts, page: &Strips) -> Figure {
    let of = fill(t.of_tills, &[&t.till_noun.of(language, page.tills)]);
    let today = [&*count(language, page.checks), &money(language, page.sold)];
    Figure {
        label: t.to_look_at.to_owned(),
        value: count(language, page.to_look_at),
        unit: Some(of),
        href: None,
        words: Some(words(fill(t.today, &today))),
    }
}

/// Returns the local hour of a moment.
pub(super) fn local_hour(at: Timestamp) -> usize {
    let seconds = (at.micros() - at.local_midnight().micros()) / 1_000_000;
    usize::try_from(seconds / 3_600).unwrap_or_default()
}

fn strips_head(t: &ActivityTexts, page: &Strips) -> AnyView {
    view! {
        <div class="strips-head ruled">
            <span>{t.till}</span>
            <div>{hours(local_hour(page.now), time(page.now))}</div>
            <span class="r">{t.sales_column}</span>
            <span>{t.sign}</span>
        </div>
    }
    .into_any()
}

fn row(language: Language, t: &ActivityTexts, page: &Strips, till: &TillRow) -> AnyView {
    let href = Url::TillActivity(page.store_id, till.id).to_string();
    let place = till.place();
    let about = match &till.program {
        Some(program) => format!("№\u{a0}{} · {program}", till.id),
        None => format!("№\u{a0}{}", till.id),
    };
    let refusals = sum(&till.day, |hour| hour.refusals);
    let returns = sum(&till.day, |hour| hour.returns);
    let checks = t.check_noun.of(language, till.checks);
    let returned = (returns > 0).then(|| {
        let returns = fill(t.returns, &[&count(language, returns)]);
        view! { <span class="desk">" · " {returns}</span> }
    });
    let (tone, words) = till.sign(t);
    let seen = till.seen_at.map(|at| ago(language, at, page.now).text());
    let refused = (refusals > 0).then(|| t.refusal_noun.of(language, refusals));
    let below: Vec<String> = refused.into_iter().chain(seen).collect();
    view! {
        <li class="till-strip">
            <div class="ts-name">
                <a class="title" href=href>
                    {place.clone()}
                </a>
                <span class="sub">{about}</span>
            </div>
            <div class="ts-strip">{strip(&till.day, sentence(t, &place, &till.day))}</div>
            <div class="ts-sum">
                <span class="num strong">{money(language, till.sold)}</span>
                <span class="sub num">{checks} {returned}</span>
            </div>
            <div class="ts-sign">
                {state(tone, words)} <span class="sub">{below.join(" · ")}</span>
            </div>
        </li>
    }
    .into_any()
}

type TillColumn = Column<TillRow>;

/// Returns the tills as a file.
pub fn sheet(language: Language, rows: &[TillRow]) -> Sheet {
    let t = &texts(language).activity;
    let columns = [
        TillColumn::new(t.file_number, |till| till.id),
        TillColumn::new(t.file_branch, |till| till.branch.clone()),
        TillColumn::new(t.till, |till| till.name.clone()),
        TillColumn::new(t.file_program, |till| till.program.clone()),
        TillColumn::new(t.sign, move |till| till.sign(t).1),
        TillColumn::new(t.points, |till| till.judged.1),
        TillColumn::new(t.file_requests, |till| sum(&till.day, |hour| hour.requests)),
        TillColumn::new(t.legend_refusals, |till| {
            sum(&till.day, |hour| hour.refusals)
        }),
        TillColumn::new(t.file_checks, |till| till.checks),
        TillColumn::new(t.sales_column, |till| till.sold),
        TillColumn::new(t.file_seen, |till| till.seen_at),
    ];
    Sheet::new(language, t.title, &columns, rows)
}
