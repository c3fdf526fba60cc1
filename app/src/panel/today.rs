//! The figures of a day beside the same weekday of the week before.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::sales::{GIVEN, Show, TAKEN, rows_url};
use super::texts::Texts;
use super::today_looks::looks;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::chart::{Bar, Before, Chart};
use crate::ui::figures::{Fact, Figure, facts, rows_link, split, words};
use crate::ui::format::{change, count, day as day_words, fill, money, share, time, weekday};
use crate::ui::head::{Head, Weight, button_link, section};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub_phone, title};

pub use super::today_looks::Look;

/// A value of the day and of the same weekday a week before, at the same time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared<T> {
    /// The value of the day.
    pub now: T,
    /// The value a week before.
    pub before: T,
}

/// The figures of a day.
#[derive(Clone, Debug)]
pub struct Today {
    /// The current moment.
    pub now: Timestamp,
    /// A moment of the day shown.
    pub day: Timestamp,
    /// The sum of all sales and receipts.
    pub sales: Compared<Money>,
    /// The number of sales and receipts.
    pub checks: Compared<i64>,
    /// The number of sales, which have a client, unlike receipts.
    pub with_client: Compared<i64>,
    /// The sum of the returns.
    pub returned: Compared<Money>,
    /// The number of returns.
    pub returns: i64,
    /// The bonuses given.
    pub accrued: Compared<Money>,
    /// The bonuses spent.
    pub redeemed: Compared<Money>,
    /// The clients of the last 90 days who bought more than once, and all of them.
    pub repeat: (i64, i64),
    /// The sales by hour: only the hours in which the store sells.
    pub hours: Vec<Hour>,
    /// What a person should look at, the most urgent first.
    pub looks: Vec<Look>,
    /// The branches.
    pub branches: Vec<BranchDay>,
}

/// The sales of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The local hour, 0 to 23.
    pub hour: u8,
    /// The sales; `None` if the hour has not begun.
    pub now: Option<Money>,
    /// The sales a week before, in the whole hour.
    pub before: Money,
    /// `true` if the hour has not ended.
    pub is_going: bool,
}

/// The figures of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchDay {
    /// The number of the branch.
    pub id: i64,
    /// The name of the branch.
    pub name: String,
    /// The sum of its sales and receipts.
    pub sales: Compared<Money>,
    /// Their number.
    pub checks: i64,
    /// The number of those with a client.
    pub with_client: i64,
    /// The bonuses given.
    pub accrued: Money,
    /// The bonuses spent.
    pub redeemed: Money,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Today) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let is_today = is_today(page);
    let date = day_words(language, page.day, page.now);
    let name = t.today.weekdays.get(weekday(page.day)).copied();
    let note = if is_today {
        fill(
            t.today.as_of,
            &[name.unwrap_or_default(), &date, &time(page.now)],
        )
    } else {
        format!("{}, {date}", name.unwrap_or_default())
    };
    let yesterday = page.day.local_midnight().plus_seconds(-3_600);
    let mut head = Head::new(if is_today { t.common.today } else { &date });
    head.note = Some(note.into_any());
    head.actions = vec![button_link(
        Weight::Quiet,
        Url::Today.with_query(&[("day", &yesterday.local_date())]),
        if is_today {
            t.today.yesterday
        } else {
            t.today.day_before
        },
    )];
    if !is_today {
        let today = button_link(Weight::Quiet, Url::Today, t.common.today);
        head.actions.push(today);
    }
    head.is_short = true;
    let day = page.day.local_date();
    let body = view! {
        {sales_panel(chrome, page, &day)}
        {is_today.then(|| section(t.today.looks, looks(language, t, page.now, &page.looks)))}
        {section(t.today.clients, bonuses(chrome, page, &day))}
        {(!page.branches.is_empty()).then(|| section(t.today.branches, branches(chrome, page)))}
    };
    chrome.page(Page {
        section: Some(Section::Today),
        head,
        is_wrong: false,
        body: body.into_any(),
    })
}

fn is_today(page: &Today) -> bool {
    page.day.local_date() == page.now.local_date()
}

fn sales_panel(chrome: &Chrome, page: &Today, day: &str) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let (now, before) = (page.sales.now, page.sales.before);
    let difference = now - before;
    let amount = money(language, Money::from_dirams(difference.dirams().abs()));
    let weekday = weekday(page.day);
    // «В прошлую пятницу» is near today, and not near a day of last month.
    let (t_compared, last) = if is_today(page) {
        let last = t.today.last_weekdays.get(weekday).copied();
        (t.today.until_now, last.unwrap_or_default().to_owned())
    } else {
        let before = page.day.plus_days(-7);
        (t.today.whole_day, day_words(language, before, page.now))
    };
    let sentence = match difference.dirams() {
        _ if before.is_zero() => fill(t_compared.nothing_before, &[&last]),
        0 => fill(t_compared.same, &[&last]),
        ..0 => fill(t_compared.less, &[&amount, &last]),
        _ => fill(t_compared.more, &[&amount, &last]),
    };
    let sentence = match change(language, now.dirams(), before.dirams()) {
        Some(change) => format!("{sentence} ({change})"),
        None => sentence,
    };
    let figure = Figure {
        label: t.common.sales.to_owned(),
        value: money(language, now),
        unit: Some(t.common.somoni.to_owned()),
        href: chrome.link(Section::Sales, rows_url(day, day, Show::Purchases, &[])),
        words: Some(words(sentence)),
    };
    let was = |before: String, now: AnyView| {
        view! {
            <span class="was muted">{format!("{} {before}", t.today.was)}</span>
            {now}
        }
        .into_any()
    };
    let checks = rows_link(
        count(language, page.checks.now),
        chrome.link(Section::Sales, rows_url(day, day, Show::Purchases, &[])),
    );
    let average = |sales: Money, checks: i64| match checks {
        0 => "—".to_owned(),
        _ => money(language, Money::from_dirams(sales.dirams() / checks)),
    };
    let parts = vec![
        (
            t.today.checks.to_owned(),
            was(count(language, page.checks.before), checks),
        ),
        (
            t.today.average.to_owned(),
            was(
                average(page.sales.before, page.checks.before),
                strong(average(page.sales.now, page.checks.now)),
            ),
        ),
    ];
    let chart = (!page.hours.is_empty()).then(|| {
        let chart = chart(language, t, page).view();
        view! { <div class="day-chart">{chart}</div> }
    });
    view! {
        <section class="panel pad day">
            <div class="day-words">{figure.view()} {split(parts)}</div>
            {chart}
        </section>
    }
    .into_any()
}

fn chart(language: Language, t: &'static Texts, page: &Today) -> Chart {
    let bars = page.hours.iter().map(|hour| Bar {
        label: hour.hour.to_string(),
        name: None,
        now: hour.now.map(Money::dirams),
        before: Some(hour.before.dirams()),
        is_going: hour.is_going,
    });
    let best = page
        .hours
        .iter()
        .filter_map(|hour| Some((hour.now?, hour.hour)))
        .max();
    let summary = match best {
        Some((amount, hour)) => fill(
            t.today.chart,
            &[&hour.to_string(), &money(language, amount)],
        ),
        None => t.today.chart_empty.to_owned(),
    };
    let before = page.day.plus_days(-7);
    Chart {
        summary,
        bars: bars.collect(),
        scale: match language {
            Language::En => |dirams| count(Language::En, dirams / 100),
            _ => |dirams| count(Language::Ru, dirams / 100),
        },
        value: Box::new(move |dirams| money(language, Money::from_dirams(dirams))),
        before: Some(Before {
            now: day_words(language, page.day, page.now),
            going: is_today(page).then_some(t.today.going),
            past: day_words(language, before, page.now),
        }),
        table_link: t.common.as_table,
        headings: [
            t.today.hour.to_owned(),
            day_words(language, page.day, page.now),
        ],
    }
}

fn bonuses(chrome: &Chrome, page: &Today, day: &str) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let none = || "—".to_owned();
    let of_day = |show: Show, bonus: &str| {
        chrome.link(
            Section::Sales,
            rows_url(day, day, show, &[("bonus", bonus)]),
        )
    };
    let client_share = |part, whole| share(language, part, whole).unwrap_or_else(none);
    let checks = fill(
        t.today.of_was,
        &[
            &count(language, page.with_client.now),
            &count(language, page.checks.now),
            &client_share(page.with_client.before, page.checks.before),
        ],
    );
    let cost = |redeemed: Money, sales: Money| share(language, redeemed.dirams(), sales.dirams());
    let (again, clients) = page.repeat;
    let was =
        |note: &str, before: Money| format!("{note} · {} {}", t.today.was, money(language, before));
    let cost_note = match cost(page.redeemed.before, page.sales.before) {
        Some(before) => format!("{} · {} {before}", t.today.cost_note, t.today.was),
        None => t.today.cost_note.to_owned(),
    };
    let fact = |label: &str, value: String, href: Option<String>, note: String| Fact {
        label: label.to_owned(),
        value,
        href,
        note: Some(note),
    };
    let returns = t.today.returns_noun.of(language, page.returns);
    let report = |url: Url| chrome.link(Section::Reports, url);
    let list = vec![
        fact(
            t.today.with_client,
            client_share(page.with_client.now, page.checks.now),
            of_day(Show::Sales, ""),
            checks,
        ),
        fact(
            t.today.repeat,
            client_share(again, clients),
            report(Url::Reports),
            t.today.repeat_note.to_owned(),
        ),
        fact(
            t.today.returns,
            money(language, page.returned.now),
            of_day(Show::Returns, ""),
            was(&returns, page.returned.before),
        ),
        fact(
            t.common.accrued,
            money(language, page.accrued.now),
            of_day(Show::All, GIVEN),
            was(t.today.bonuses, page.accrued.before),
        ),
        fact(
            t.common.redeemed,
            money(language, page.redeemed.now),
            of_day(Show::All, TAKEN),
            was(t.today.bonuses, page.redeemed.before),
        ),
        fact(
            t.today.cost,
            cost(page.redeemed.now, page.sales.now).unwrap_or_else(none),
            report(Url::ProgrammeResult),
            cost_note,
        ),
    ];
    facts("panel facts-3", list)
}

fn branches(chrome: &Chrome, page: &Today) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let row = |name: AnyView, branch: &BranchDay| {
        let with_client = share(language, branch.with_client, branch.checks);
        let with_client = with_client.unwrap_or_else(|| "—".to_owned());
        let (now, before) = (branch.sales.now, branch.sales.before);
        let change = change(language, now.dirams(), before.dirams());
        let change = change.unwrap_or_else(|| "—".to_owned());
        let checks = t.today.checks_noun.of(language, branch.checks);
        let phone = fill(t.today.checks_with_client, &[&checks, &with_client]);
        Row::new(vec![
            Cell::left(view! { {name} {sub_phone(phone)} }),
            Cell::right(view! {
                {strong(money(language, now))} {sub_phone(change.clone())}
            }),
            Cell::figure(change),
            Cell::figure(count(language, branch.checks)),
            Cell::figure(with_client),
            Cell::figure(money(language, branch.accrued)),
            Cell::figure(money(language, branch.redeemed)),
        ])
    };
    let rows = page.branches.iter().map(|branch| {
        let (id, day) = (branch.id.to_string(), page.day.local_date());
        let href = rows_url(&day, &day, Show::Purchases, &[("branch", &id)]);
        let href = chrome.link(Section::Sales, href);
        row(title(href, branch.name.clone()), branch)
    });
    let sum = |part: fn(&BranchDay) -> Money| page.branches.iter().map(part).sum();
    let total = BranchDay {
        id: 0,
        name: String::new(),
        sales: Compared {
            now: sum(|branch| branch.sales.now),
            before: sum(|branch| branch.sales.before),
        },
        checks: page.branches.iter().map(|branch| branch.checks).sum(),
        with_client: page.branches.iter().map(|branch| branch.with_client).sum(),
        accrued: sum(|branch| branch.accrued),
        redeemed: sum(|branch| branch.redeemed),
    };
    let table = Table {
        name: t.today.branches.to_owned(),
        class: "",
        columns: vec![
            column(t.common.branch),
            figures(t.today.sales_column),
            figures(t.today.week_column),
            figures(t.today.checks),
            figures(t.today.with_client_column),
            figures(t.common.accrued),
            figures(t.common.redeemed),
        ],
        groups: vec![rows.collect()],
        total: Some(row(t.common.all_branches.into_any(), &total)),
    };
    view! { <div class="panel">{table.view()}</div> }.into_any()
}
