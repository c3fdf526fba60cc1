//! The page of a till: what speaks for a shared token, its last 24 hours and its devices.

use domain::sharing::{Level, Reason, SILENCED_DAYS, Verdict, Weighed};
use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::evidence::evidence;
use super::hour::{Day, legend, local_hours, sentence, sum};
use super::ring::{self, ring};
use super::sign;
use super::strips::local_hour;
use crate::admin::chrome::{Chrome, Section};
use crate::admin::store_forms::stores_crumb;
use crate::admin::texts::ActivityTexts;
use crate::admin::urls::Url;
use crate::locales::Language;
use crate::ui::figures::{Figure, Pair, pairs, words};
use crate::ui::format::{ago, count, day, fill, moment, money, time};
use crate::ui::head::{Head, Weight, button_link, section};
use crate::ui::states::{Tone, mark};
use crate::ui::table::{Cell, Row, Table, column, figures, small, strong, sub, sub_phone};

/// The name of the query with the code of a reason.
pub const REASON: &str = "reason";

/// The page of a till.
#[derive(Clone, Debug)]
pub struct TillPage {
    /// The current moment.
    pub now: Timestamp,
    /// The number of the store.
    pub store_id: i64,
    /// Its name.
    pub store: String,
    /// The number of the till.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
    /// The program that sends its requests.
    pub program: Option<String>,
    /// `true` if it is switched on.
    pub is_on: bool,
    /// `true` if it is bound to a device.
    pub is_bound: bool,
    /// What it is judged now.
    pub verdict: Verdict,
    /// The reasons that somebody has said to be normal.
    pub silenced: Vec<Silenced>,
    /// Its last 24 hours.
    pub day: Day,
    /// The purchases since midnight.
    pub checks: i64,
    /// Their totals.
    pub sold: Money,
    /// Its last request.
    pub seen_at: Option<Timestamp>,
    /// Its last purchase.
    pub last_sale: Option<(Timestamp, Money)>,
    /// The seconds by which its clock is fast.
    pub clock_fast_seconds: Option<i64>,
    /// The devices of the last fourteen days.
    pub devices: Vec<Device>,
}

/// A reason that was said to be normal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silenced {
    /// The reason.
    pub reason: Reason,
    /// Until when it counts for nothing.
    pub until: Timestamp,
    /// Why.
    pub note: String,
    /// Who has said so.
    pub who: String,
}

/// A device that has sent requests with the till's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The id of a bound device, or the last signs of another one.
    pub name: String,
    /// When it was bound; `None` for a device that was refused.
    pub bound_at: Option<Timestamp>,
    /// Its first request of those that were kept.
    pub first_at: Option<Timestamp>,
    /// The programs.
    pub programs: Vec<String>,
    /// The places.
    pub places: Vec<String>,
    /// Its requests.
    pub requests: i64,
    /// Those that were refused.
    pub refusals: i64,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &TillPage) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.activity;
    let mut head = Head::new(format!("{}, {}", page.name, page.branch));
    head.crumbs = vec![
        stores_crumb(all),
        (page.store.clone(), Url::Store(page.store_id).to_string()),
        (t.title.to_owned(), Url::Activity(page.store_id).to_string()),
    ];
    let mut about = vec![page.store.clone(), format!("№\u{a0}{}", page.id)];
    about.extend(page.program.clone());
    head.note = Some(about.join(" · ").into_any());
    let ids = (page.store_id, page.id);
    let unbind = (page.is_on && page.is_bound)
        .then(|| button_link(Weight::Warn, Url::UnbindTill(ids.0, ids.1), t.unbind));
    let rotate = page
        .is_on
        .then(|| button_link(Weight::Warn, Url::RotateKey(ids.0, ids.1), t.rotate));
    head.actions = unbind.into_iter().chain(rotate).collect();
    let body = view! {
        <div class="columns columns-ring">
            <div class="columns">{reasons(language, t, page)} {silenced(language, t, page)}</div>
            <div class="columns">{last_day(language, t, page)}</div>
        </div>
        {devices(language, t, page)}
    };
    chrome.live_page(Section::Stores, head, body.into_any())
}

fn reasons(language: Language, t: &'static ActivityTexts, page: &TillPage) -> AnyView {
    let verdict = &page.verdict;
    let title = sign::level(t, verdict.level).map_or(t.nothing_title, |(_, words)| words);
    let figure = Figure {
        label: t.points_label.to_owned(),
        value: count(language, verdict.points),
        unit: Some(t.point_noun.form(language, verdict.points).to_owned()),
        href: None,
        words: Some(words(match verdict.level {
            Level::Nothing => t.nothing_words,
            Level::WorthALook | Level::LooksShared => t.points_words,
        })),
    };
    let list = verdict.findings.iter();
    let list = list
        .map(|weighed| reason(language, t, page, weighed))
        .collect_view();
    let list = (!verdict.findings.is_empty()).then(|| {
        view! {
            <div class="ruled">
                <ol>{list}</ol>
            </div>
        }
    });
    let content = view! {
        <div class="panel">
            <div class="pad">{figure.view()}</div>
            {list}
        </div>
    };
    section(capital(title), content)
}

/// Returns a sentence's beginning with a capital letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn reason(
    language: Language,
    t: &'static ActivityTexts,
    page: &TillPage,
    weighed: &Weighed,
) -> AnyView {
    let finding = &weighed.finding;
    let [name, sentence] = sign::reason(t, finding.reason);
    let times = i64::try_from(finding.times).unwrap_or(i64::MAX);
    let since = moment(language, finding.since, page.now);
    let at = moment(language, finding.at, page.now);
    let sentence = fill(sentence, &[&count(language, times), &since, &at]);
    let points = t.point_noun.of(language, weighed.points);
    let is_heavy = weighed.points >= 50;
    let tone = if is_heavy {
        Tone::Danger
    } else {
        Tone::Attention
    };
    let normal = Url::NormalReason(page.store_id, page.id);
    let normal = normal.with_query(&[(REASON, finding.reason.code())]);
    view! {
        <li class="reason">
            <div class="reason-head">
                {mark(tone)} <b>{name}</b> <span class="num muted">{points}</span>
            </div>
            <p class="note">{sentence}</p>
            {evidence(language, t, finding.reason, &finding.lines, page.now)}
            <p>
                <a class="link-touch" href=normal>
                    {t.normal}
                    <span class="hidden">": " {name}</span>
                </a>
            </p>
        </li>
    }
    .into_any()
}

fn silenced(language: Language, t: &'static ActivityTexts, page: &TillPage) -> Option<AnyView> {
    if page.silenced.is_empty() {
        return None;
    }
    let row = |known: &Silenced| {
        let until = fill(t.until, &[&day(language, known.until, page.now)]);
        let note = format!("{} · {}", known.note, known.who);
        let name = sign::reason(t, known.reason)[0].to_owned();
        Pair::new(name, until).advised(note)
    };
    let rows = page.silenced.iter().map(row).collect();
    let content = view! { <div class="panel">{pairs("", rows)}</div> };
    let days = SILENCED_DAYS.to_string();
    Some(section(fill(t.silenced, &[&days]), content))
}

fn last_day(language: Language, t: &'static ActivityTexts, page: &TillPage) -> AnyView {
    let name = format!("{}, {}", page.branch, page.name);
    let hours: Vec<usize> = local_hours(local_hour(page.now)).collect();
    let quarter = |place: usize| {
        let hour = hours.get(place).copied().unwrap_or_default();
        fill(t.hour, &[&hour.to_string()])
    };
    let words = ring::Words {
        sentence: sentence(t, &name, &page.day),
        now: fill(t.now_on_top, &[&time(page.now)]),
        quarters: [quarter(6), quarter(12), quarter(18)],
        big: money(language, page.sold),
        small: [
            t.somoni_today.to_owned(),
            t.check_noun.of(language, page.checks),
        ],
    };
    let or_dash = |number: i64| match number {
        0 => "—".to_owned(),
        _ => count(language, number),
    };
    let rows = hours.iter().zip(&page.day).map(|(hour, known)| {
        vec![
            format!("{hour}:00").into_any(),
            or_dash(known.sales).into_any(),
            or_dash(known.refusals).into_any(),
            or_dash(known.requests).into_any(),
        ]
    });
    let headings = [
        t.hour_column,
        t.checks_column,
        t.refusals_column,
        t.requests_column,
    ];
    let headings = headings.map(str::to_owned).to_vec();
    let refusals = sum(&page.day, |hour| hour.refusals);
    let content = view! {
        <div class="panel">
            <div class="pad stack">
                {ring(&page.day, words)} {legend(t, t.legend_thin)}
                <details class="disclose">
                    <summary>{t.same_figures}</summary>
                    {small(headings, rows.collect())}
                </details>
            </div>
            {pairs(
                "ruled",
                vec![
                    Pair::new(t.last_contact, contact(language, t, page)),
                    Pair::new(t.last_sale, last_sale(language, t, page)),
                    Pair::new(t.refusals_today, count(language, refusals)),
                    Pair::new(t.clock, clock(language, t, page)),
                ],
            )}
        </div>
    };
    section(t.last_24, content)
}

fn contact(language: Language, t: &ActivityTexts, page: &TillPage) -> String {
    let seen = page.seen_at.map(|at| ago(language, at, page.now).text());
    seen.unwrap_or_else(|| t.never_seen.to_owned())
}

fn last_sale(language: Language, t: &ActivityTexts, page: &TillPage) -> String {
    match page.last_sale {
        Some((at, total)) => {
            let total = money(language, total);
            fill(t.sale_of, &[&moment(language, at, page.now), &total])
        }
        None => "—".to_owned(),
    }
}

fn clock(language: Language, t: &ActivityTexts, page: &TillPage) -> String {
    match page.clock_fast_seconds {
        None => "—".to_owned(),
        Some(0) => t.clock_right.to_owned(),
        Some(fast) if fast > 0 => fill(t.clock_fast, &[&count(language, fast)]),
        Some(slow) => fill(t.clock_slow, &[&count(language, -slow)]),
    }
}

fn devices(language: Language, t: &'static ActivityTexts, page: &TillPage) -> AnyView {
    if page.devices.is_empty() {
        let content = view! { <p class="panel pad note">{t.no_devices}</p> };
        return section(t.devices, content);
    }
    let row = |device: &Device| {
        let since = match (device.bound_at, device.first_at) {
            (Some(at), _) => fill(t.bound, &[&day(language, at, page.now)]),
            (None, Some(at)) => fill(t.first_seen, &[&moment(language, at, page.now)]),
            (None, None) => String::new(),
        };
        let (programs, places) = (device.programs.join(", "), device.places.join(", "));
        let phone = format!("{programs} · {places}");
        let name = view! {
            {strong(device.name.clone())} {sub(since)} {sub_phone(phone)}
        };
        let refusals = match device.refusals {
            0 => "—".to_owned(),
            refusals => count(language, refusals),
        };
        Row::new(vec![
            Cell::left(name),
            Cell::text(programs),
            Cell::text(places),
            Cell::right(count(language, device.requests)),
            Cell::figure(refusals),
        ])
    };
    let table = Table {
        name: t.devices.to_owned(),
        class: "",
        columns: vec![
            column(t.device),
            column(t.file_program),
            column(t.place),
            figures(t.requests_column),
            figures(t.refusals_column),
        ],
        groups: vec![page.devices.iter().map(row).collect()],
        total: None,
    };
    section(t.devices, view! { <div class="panel">{table.view()}</div> })
}
