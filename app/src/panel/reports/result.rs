//! What the programme gave and took in a period, and what was sold meanwhile.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::parts::{files, listed};
use super::period::{Branches, Choice};
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Page, Section};
use crate::panel::texts::{Texts, texts};
use crate::panel::urls::Url;
use crate::ui::chart::{Bar, Chart};
use crate::ui::figures::{Figure, split, words};
use crate::ui::format::{count, day, fill, money, share};
use crate::ui::head::{Head, noted_section};
use crate::ui::months::{month, short_month};
use crate::ui::rates::rate;
use crate::ui::sheet::{Column, Sheet};
use crate::ui::table::strong;

/// The most days of which each has a row; longer periods have a row for each month.
const MOST_DAYS: usize = 62;

/// The sums of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The number of purchases.
    pub checks: i64,
    /// The number of those with a client.
    pub with_client: i64,
    /// The sum of the purchases.
    pub sold: Money,
    /// The bonuses that they gave.
    pub accrued: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
    /// The value of the goods that came back.
    pub returned: Money,
}

impl Sums {
    fn and(&self, other: &Self) -> Self {
        Self {
            checks: self.checks + other.checks,
            with_client: self.with_client + other.with_client,
            sold: self.sold + other.sold,
            accrued: self.accrued + other.accrued,
            redeemed: self.redeemed + other.redeemed,
            returned: self.returned + other.returned,
        }
    }
}

/// The bonuses that moved for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The stored name of the reason: a kind of entry.
    pub kind: String,
    /// The number of entries.
    pub entries: i64,
    /// Their sum; negative if bonuses went away.
    pub amount: Money,
}

/// The page.
#[derive(Clone, Debug)]
pub struct ProgrammeResult {
    /// The period.
    pub choice: Choice,
    /// The sums of the period before.
    pub before: Sums,
    /// What moved bonuses besides purchases; nothing in one branch, because such movements are the
    /// clients', who belong to all branches.
    pub moved: Vec<Movement>,
    /// Each branch that has documents, or each till of the chosen branch: its number, its name, its
    /// sums.
    pub places: Vec<(i64, String, Sums)>,
    /// Each day of the period: its midnight, its sums.
    pub days: Vec<(Timestamp, Sums)>,
}

impl ProgrammeResult {
    fn all(&self) -> Sums {
        let add = |sum: Sums, (_, _, place): &(i64, String, Sums)| sum.and(place);
        self.places.iter().fold(Sums::default(), add)
    }

    fn is_by_month(&self) -> bool {
        self.days.len() > MOST_DAYS
    }

    /// Returns the days, or the months of a long period.
    fn slots(&self) -> Vec<(Timestamp, Sums)> {
        if !self.is_by_month() {
            return self.days.clone();
        }
        let same = |one: &(Timestamp, Sums), other: &(Timestamp, Sums)| {
            one.0.local_month() == other.0.local_month()
        };
        let months = self.days.chunk_by(same);
        let month = |days: &[(Timestamp, Sums)]| {
            let sum = |sum: Sums, (_, day): &(Timestamp, Sums)| sum.and(day);
            let first = days.first().map_or(Timestamp::default(), |(at, _)| *at);
            (first, days.iter().fold(Sums::default(), sum))
        };
        months.map(month).collect()
    }
}

/// The tables of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultTable {
    /// What moved bonuses.
    Movements,
    /// The branches, or the tills of one.
    Places,
    /// The days or months.
    Days,
}

impl ResultTable {
    /// Returns the value of the query.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Movements => "movements",
            Self::Places => "branches",
            Self::Days => "days",
        }
    }

    /// Returns the table with this value.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Movements, Self::Places, Self::Days];
        all.into_iter().find(|table| table.code() == code)
    }
}

/// Returns a table of the page as a file.
pub fn sheet(language: Language, page: &ProgrammeResult, table: ResultTable) -> Sheet {
    let t = &texts(language).reports;
    match table {
        ResultTable::Movements => movements(language, page),
        ResultTable::Places => {
            let rows: Vec<(String, Sums)> = page
                .places
                .iter()
                .map(|(_, name, sums)| (name.clone(), *sums))
                .collect();
            let (title, place) = match page.choice.branch {
                Some(_) => (t.tills, t.till),
                None => (t.branches, t.branch),
            };
            let name = Column::new(place, |(name, _): &(String, Sums)| name.clone());
            sums(language, title, name, &rows)
        }
        ResultTable::Days if page.is_by_month() => {
            let name = Column::new(t.month, move |(at, _): &(Timestamp, Sums)| {
                month(language, *at)
            });
            sums(language, t.by_month, name, &page.slots())
        }
        ResultTable::Days => {
            let name = Column::new(t.day, |(at, _): &(Timestamp, Sums)| *at);
            sums(language, t.by_day, name, &page.slots())
        }
    }
}

/// Returns rows of sums as a file, with the name of each row in the first column.
fn sums<N: 'static>(
    language: Language,
    name: &'static str,
    first: Column<(N, Sums)>,
    rows: &[(N, Sums)],
) -> Sheet {
    let all = texts(language);
    let t = &all.reports;
    let columns = [
        first,
        Column::new(t.sold_column, |(_, sums): &(N, Sums)| sums.sold),
        Column::new(t.checks, |(_, sums): &(N, Sums)| sums.checks),
        Column::new(t.with_client_column, |(_, sums): &(N, Sums)| {
            rate(sums.with_client, sums.checks)
        }),
        Column::new(all.common.accrued, |(_, sums): &(N, Sums)| sums.accrued),
        Column::new(all.common.redeemed, |(_, sums): &(N, Sums)| sums.redeemed),
        Column::new(t.returned_column, |(_, sums): &(N, Sums)| sums.returned),
    ];
    Sheet::new(language, name, &columns, rows)
}

fn movements(language: Language, page: &ProgrammeResult) -> Sheet {
    let all = texts(language);
    let t = &all.reports;
    let sums = page.all();
    let mut rows: Vec<(&'static str, Option<i64>, Money)> = vec![
        (t.for_purchases, None, sums.accrued),
        (t.paid_with, None, -sums.redeemed),
    ];
    for movement in &page.moved {
        let words = kind_words(all, &movement.kind);
        rows.push((words, Some(movement.entries), movement.amount));
    }
    let columns = [
        Column::<(&'static str, Option<i64>, Money)>::new(t.reason, |(words, ..)| *words)
            .with_width(36),
        Column::new(t.bonuses, |(_, _, sum): &(_, _, Money)| *sum),
        Column::new(t.entries, |(_, entries, _): &(_, Option<i64>, _)| *entries),
    ];
    Sheet::new(language, t.movements, &columns, &rows)
}

fn kind_words(all: &'static Texts, kind: &str) -> &'static str {
    let t = &all.reports;
    match kind {
        "welcome" => t.welcome,
        "referral" => t.referral,
        "reactivation" => t.reactivation,
        "second_purchase" => t.second_purchase,
        "restore" => t.restore,
        "settlement" => t.settlement,
        "manual" => t.manual,
        "adjust" => t.adjust,
        "opening" => t.opening,
        "merge_in" => t.merge_in,
        "merge_out" => t.merge_out,
        "revoke" => t.revoke,
        "expire" => t.expire,
        _ => t.other_kind,
    }
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ProgrammeResult) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let choice = &page.choice;
    let now = choice.now;
    let url = Url::ProgrammeResult;
    let mut head = Head::new(t.result);
    head.crumbs = vec![(t.title.to_owned(), Url::Reports.to_string())];
    head.note = Some(choice.words(language, Branches::Chosen).into_any());
    let files = |table: ResultTable| Some(files(language, &url, choice, table.code()));
    let table = |table, links| {
        let table = listed(language, now, &sheet(language, page, table), links);
        view! { <div class="panel">{table}</div> }
    };
    let place_link = |(id, ..): &(i64, String, Sums)| {
        let name = if choice.branch.is_some() {
            "till"
        } else {
            "branch"
        };
        chrome.link(Section::Sales, choice.rows(&[(name, &id.to_string())]))
    };
    let slot_link = |(at, _): &(Timestamp, Sums)| {
        (!page.is_by_month())
            .then(|| chrome.link(Section::Sales, choice.rows_of_day(*at)))
            .flatten()
    };
    let slots_title = if page.is_by_month() {
        t.by_month
    } else {
        t.by_day
    };
    let places = (!page.places.is_empty()).then(|| {
        let links = page.places.iter().map(place_link).collect();
        let title = match choice.branch {
            Some(_) => t.tills,
            None => t.branches,
        };
        noted_section(
            title,
            None,
            files(ResultTable::Places),
            table(ResultTable::Places, links),
        )
    });
    let movements_note = match choice.branch {
        Some(_) => t.movements_of_branch,
        None => t.movements_note,
    };
    let body = view! {
        {choice.view(language, all, &url, Branches::Chosen)}
        <section class="panel pad day">
            <div class="day-words">{figure(language, all, page)}</div>
            <div class="day-chart">{chart(language, all, page)}</div>
        </section>
        {noted_section(
            t.movements,
            Some(movements_note.to_owned()),
            files(ResultTable::Movements),
            table(ResultTable::Movements, Vec::new()),
        )}
        {places}
        {noted_section(
            slots_title,
            None,
            files(ResultTable::Days),
            table(ResultTable::Days, page.slots().iter().map(slot_link).collect()),
        )}
    };
    chrome.page(Page {
        section: Some(Section::Reports),
        head,
        is_wrong: choice.form.is_wrong(),
        body: body.into_any(),
    })
}

fn figure(language: Language, all: &'static Texts, page: &ProgrammeResult) -> AnyView {
    let t = &all.reports;
    let sums = page.all();
    let cost = |sums: &Sums| share(language, sums.redeemed.dirams(), sums.sold.dirams());
    let amount = |sum: Money| money(language, sum);
    let sentence = match cost(&sums) {
        Some(_) => fill(t.cost_words, &[&amount(sums.redeemed), &amount(sums.sold)]),
        None => t.no_sales.to_owned(),
    };
    let sentence = match cost(&page.before) {
        Some(before) => format!("{sentence}; {}", fill(t.was_cost, &[&before])),
        None => sentence,
    };
    let figure = Figure {
        label: t.cost.to_owned(),
        value: cost(&sums).unwrap_or_else(|| "—".to_owned()),
        unit: None,
        href: None,
        words: Some(words(sentence)),
    };
    let part = |words: &str, sum: Money| (words.to_owned(), strong(amount(sum)));
    let parts = vec![
        part(t.sold, sums.sold),
        part(t.returned, -sums.returned),
        part(t.net, sums.sold - sums.returned),
    ];
    view! { {figure.view()} {split(parts)} }.into_any()
}

fn chart(language: Language, all: &'static Texts, page: &ProgrammeResult) -> AnyView {
    let t = &all.reports;
    let now = page.choice.now;
    let is_by_month = page.is_by_month();
    let name = move |at: Timestamp| {
        if is_by_month {
            month(language, at)
        } else {
            day(language, at, now)
        }
    };
    let slots = page.slots();
    let bars = slots.iter().map(|(at, sums)| Bar {
        label: if is_by_month {
            short_month(language, *at).to_owned()
        } else {
            day_number(*at)
        },
        name: Some(name(*at)),
        now: (*at <= now).then(|| sums.sold.dirams()),
        before: None,
        is_going: !is_by_month && *at == now.local_midnight(),
    });
    let most = slots.iter().max_by_key(|(_, sums)| sums.sold);
    let most = most.filter(|(_, sums)| sums.sold.is_positive());
    let summary = most.map_or_else(
        || t.no_sales.to_owned(),
        |(at, sums)| fill(t.sales_summary, &[&name(*at), &money(language, sums.sold)]),
    );
    let chart = Chart {
        summary,
        bars: bars.collect(),
        scale: match language {
            Language::En => |dirams| count(Language::En, dirams / 100),
            _ => |dirams| count(Language::Ru, dirams / 100),
        },
        value: Box::new(move |dirams| money(language, Money::from_dirams(dirams))),
        before: None,
        table_link: all.common.as_table,
        headings: [
            if is_by_month { t.month } else { t.day }.to_owned(),
            t.sold_column.to_owned(),
        ],
    };
    chart.view()
}

/// Returns the number of the day within its month.
fn day_number(at: Timestamp) -> String {
    let date = at.local_date();
    let day = date.rsplit('-').next().unwrap_or_default();
    day.trim_start_matches('0').to_owned()
}
