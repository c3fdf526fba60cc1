//! The branches with their tills.

use domain::{Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section};
use super::texts::Texts;
use super::till_parts::TillState;
use super::urls::Url;
use crate::locales::Language;
use crate::ui::figures::{Figure, words};
use crate::ui::format::{NBSP, ago, count, fill, money};
use crate::ui::head::{Head, Weight, button_link, empty};
use crate::ui::states::state;
use crate::ui::table::{Cell, Row, Table, column, figures, sub, sub_inline, sub_phone, title};

/// The page of all tills.
#[derive(Clone, Debug)]
pub struct Tills {
    /// The current moment.
    pub now: Timestamp,
    /// The branches in their order.
    pub branches: Vec<Branch>,
    /// The number of tills that the store has paid for; `None` if it is not limited.
    pub paid: Option<i64>,
    /// `true` if the person may add and change tills.
    pub may_change: bool,
}

/// A branch with its tills.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The number of the branch.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: Option<String>,
    /// Its tills in their order.
    pub tills: Vec<TillRow>,
}

/// A till in the list.
#[derive(Clone, Debug)]
pub struct TillRow {
    /// The number of the till.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The program that uses it.
    pub program: Option<String>,
    /// Its state.
    pub state: TillState,
    /// Its last request.
    pub last_seen: Option<Timestamp>,
    /// The number of refusals of a foreign device today.
    pub foreign_refusals: i64,
    /// The number of sales and receipts today.
    pub checks: i64,
    /// Their sum.
    pub sales: Money,
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Tills) -> String {
    let (language, t) = (chrome.language, chrome.texts());
    let mut head = Head::new(t.common.tills);
    if page.may_change {
        head.actions = vec![
            button_link(Weight::Quiet, Url::NewBranch, t.tills.new_branch),
            button_link(Weight::Main, Url::NewTill, t.tills.new_till),
        ];
    }
    let body = if page.branches.is_empty() {
        let panel = empty(t.tills.no_branches, t.tills.no_branches_advice, None);
        view! { <section class="panel">{panel}</section> }.into_any()
    } else {
        view! {
            <section class="panel">
                <div class="pad">{figure(language, t, page)}</div>
                {table(language, t, page)}
            </section>
        }
        .into_any()
    };
    chrome.page(Page {
        section: Some(Section::Tills),
        head,
        is_wrong: false,
        body,
    })
}

fn figure(language: Language, t: &'static Texts, page: &Tills) -> AnyView {
    let tills = || page.branches.iter().flat_map(|branch| &branch.tills);
    let number = |wanted: fn(&TillState) -> bool| {
        let found = tills().filter(|till| wanted(&till.state));
        i64::try_from(found.count()).unwrap_or(i64::MAX)
    };
    let online = number(|state| matches!(state, TillState::Online | TillState::ForeignDevice));
    let on = number(|state| *state != TillState::Off);
    let sentence = page.paid.map(|paid| {
        let free = (paid - on).max(0);
        let free = match free {
            0 => t.tills.none_free.to_owned(),
            _ => fill(t.tills.free, &[&count(language, free)]),
        };
        let (on, paid) = (count(language, on), count(language, paid));
        fill(t.tills.paid, &[&on, &paid, &free])
    });
    Figure {
        label: t.tills.online_now.to_owned(),
        value: count(language, online),
        unit: Some(fill(t.tills.of_tills, &[&t.tills.of_noun.of(language, on)])),
        href: None,
        words: sentence.map(words),
    }
    .view()
}

fn table(language: Language, t: &'static Texts, page: &Tills) -> AnyView {
    let sums = |tills: &[TillRow]| {
        let checks = tills.iter().map(|till| till.checks).sum::<i64>();
        let sales = tills.iter().map(|till| till.sales).sum::<Money>();
        (checks, sales)
    };
    let sum_cells = |checks: i64, sales: Money| {
        vec![
            Cell::figure(count(language, checks)),
            Cell::right(view! {
                {money(language, sales)}
                {sub_phone(t.today.checks_noun.of(language, checks))}
            }),
        ]
    };
    let group = |branch: &Branch| {
        let (checks, sales) = sums(&branch.tills);
        let href = page.may_change.then(|| Url::Branch(branch.id).to_string());
        let name = view! {
            {title(href, branch.name.clone())}
            {branch.address.clone().map(sub)}
        };
        let head = Row::group(2, name.into_any(), sum_cells(checks, sales));
        let rows = branch.tills.iter().map(|till| row(language, t, page, till));
        std::iter::once(head).chain(rows).collect()
    };
    let all: Vec<TillRow> = page
        .branches
        .iter()
        .flat_map(|branch| branch.tills.clone())
        .collect();
    let (checks, sales) = sums(&all);
    let mut total = vec![Cell::left(t.common.all_branches), Cell::text(())];
    total.extend(sum_cells(checks, sales));
    Table {
        name: t.common.tills.to_owned(),
        class: "till-rows ruled",
        columns: vec![
            column(t.tills.till),
            column(t.tills.connection),
            figures(t.tills.checks_today),
            figures(t.today.sales_column),
        ],
        groups: page.branches.iter().map(group).collect(),
        total: Some(Row::new(total)),
    }
    .view()
}

fn row(language: Language, t: &'static Texts, page: &Tills, till: &TillRow) -> Row {
    let number = format!("№{NBSP}{}", till.id);
    let about = match &till.program {
        Some(program) => format!("{number} · {program}"),
        None => number,
    };
    let seen = till.last_seen.map(|at| ago(language, at, page.now).text());
    let detail = match till.state {
        TillState::ForeignDevice => {
            let refusals = t.today.refusals.of(language, till.foreign_refusals);
            Some(fill(t.tills.refusals_today, &[&refusals]))
        }
        _ => seen,
    };
    let name =
        view! { {title(Some(Url::Till(till.id).to_string()), till.name.clone())} {sub(about)} };
    let connection = view! {
        {state(till.state.tone(), till.state.words(t))} {detail.map(sub_inline)}
    };
    let is_quiet = matches!(till.state, TillState::Off | TillState::NeverUsed) && till.checks == 0;
    let (checks, sales) = if is_quiet {
        ("—".into_any(), "—".into_any())
    } else {
        let sales = view! {
            {money(language, till.sales)}
            {sub_phone(t.today.checks_noun.of(language, till.checks))}
        };
        (count(language, till.checks).into_any(), sales.into_any())
    };
    let row = Row::new(vec![
        Cell::left(name),
        Cell::below(connection),
        Cell::figure(checks),
        Cell::right(sales),
    ]);
    if is_quiet {
        row.with_class("zero")
    } else {
        row
    }
}
