//! Purchases with a client beside those without one.

use domain::Money;
use leptos::prelude::*;

use super::period::Choice;
use crate::locales::Language;
use crate::panel::chrome::{Chrome, Section};
use crate::panel::texts::{Texts, texts};
use crate::panel::urls::Url;
use crate::ui::chart::bar_of;
use crate::ui::figures::{Fact, Figure, facts, words};
use crate::ui::format::{change, fill, money, share};
use crate::ui::sheet::{Column, Sheet};

/// The number of purchases and their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sold {
    /// The number.
    pub checks: i64,
    /// The sum.
    pub sum: Money,
}

impl Sold {
    /// Returns the average, rounded down to a diram; `None` if there are no purchases.
    pub fn average(&self) -> Option<Money> {
        let average = self.sum.dirams().checked_div(self.checks)?;
        Some(Money::from_dirams(average))
    }
}

/// Purchases with a client, and without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Those with a client.
    pub clients: Sold,
    /// Those without one.
    pub others: Sold,
    /// The bonuses that purchases gave.
    pub accrued: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
    /// The bonuses that expired; `None` in one branch, because no branch has given them alone.
    pub expired: Option<Money>,
    /// The purchases with a client and without one in the period before.
    pub before: (Sold, Sold),
}

/// Returns the table as a file.
pub fn sheet(language: Language, members: &Members) -> Sheet {
    let t = &texts(language).reports;
    let rows = [(t.member, members.clients), (t.other, members.others)];
    let columns = [
        Column::<(&'static str, Sold)>::new(t.who, |(who, _)| *who),
        Column::new(t.checks, |(_, sold): &(_, Sold)| sold.checks),
        Column::new(t.sum, |(_, sold): &(_, Sold)| sold.sum),
        Column::new(t.average, |(_, sold): &(_, Sold)| sold.average()),
    ];
    Sheet::new(language, t.members, &columns, &rows)
}

/// Returns the difference of the averages in percent.
fn difference(language: Language, clients: Sold, others: Sold) -> Option<String> {
    let (clients, others) = (clients.average()?, others.average()?);
    change(language, clients.dirams(), others.dirams())
}

/// Renders the panel.
pub(super) fn view(chrome: &Chrome, members: &Members, choice: &Choice) -> AnyView {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let (clients, others) = (members.clients, members.others);
    let average = |sold: Sold| {
        sold.average()
            .map_or("—".to_owned(), |sum| money(language, sum))
    };
    let figure = Figure {
        label: t.average_member.to_owned(),
        value: average(clients),
        unit: clients.average().map(|_| all.common.somoni.to_owned()),
        href: None,
        words: Some(words(comparison(language, all, clients, others))),
    };
    let highest = [clients, others].iter().filter_map(Sold::average).max();
    let bar = |(name, sold, class): (&'static str, Sold, &'static str)| {
        let checks = t.checks_noun.of(language, sold.checks);
        let (value, highest) = (
            sold.average().unwrap_or_default(),
            highest.unwrap_or_default(),
        );
        view! {
            <div class="stack-tight">
                <span class="line">
                    <span>{name}</span>
                    <span class="strong">{average(sold)}</span>
                </span>
                {bar_of(class, value.dirams(), highest.dirams())}
                <span class="note num">{fill(t.line, &[&checks, &money(language, sold.sum)])}</span>
            </div>
        }
    };
    let bars = [
        (t.member, clients, "bar-now"),
        (t.other, others, "bar-past"),
    ]
    .map(bar);
    let before = difference(language, members.before.0, members.before.1);
    let before = before.map(|before| fill(t.was_before, &[&before]));
    view! {
        <div class="panel">
            <div class="pad members">
                {figure.view()} <div class="hbars">{bars.collect_view()}</div>
            </div>
            {figures(chrome, members, choice)}
            <div class="panel-foot note">{t.no_conclusion} " " {before}</div>
        </div>
    }
    .into_any()
}

fn comparison(language: Language, all: &'static Texts, clients: Sold, others: Sold) -> String {
    let t = &all.reports;
    let (Some(member), Some(other)) = (clients.average(), others.average()) else {
        let words = if clients.checks == 0 {
            t.no_members
        } else {
            t.no_others
        };
        return words.to_owned();
    };
    let change = difference(language, clients, others).unwrap_or_else(|| "—".to_owned());
    let amount = money(
        language,
        Money::from_dirams((member - other).dirams().abs()),
    );
    match member.cmp(&other) {
        std::cmp::Ordering::Less => fill(t.less_than, &[&amount, &change]),
        std::cmp::Ordering::Equal => t.same_as.to_owned(),
        std::cmp::Ordering::Greater => fill(t.more_than, &[&amount, &change]),
    }
}

fn figures(chrome: &Chrome, members: &Members, choice: &Choice) -> AnyView {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.reports;
    let (clients, others) = (members.clients, members.others);
    let rows = chrome.link(Section::Sales, choice.rows(&[("kind", "sale")]));
    let percents = |part, whole| share(language, part, whole).unwrap_or_else(|| "—".to_owned());
    let sold = clients.sum + others.sum;
    let entry = |label: &str, value: String, href: Option<String>, note: String| Fact {
        label: label.to_owned(),
        value,
        href,
        note: Some(note),
    };
    let mut entries = vec![
        entry(
            t.with_client,
            percents(clients.checks, clients.checks + others.checks),
            rows.clone(),
            fill(t.by_sum, &[&percents(clients.sum.dirams(), sold.dirams())]),
        ),
        entry(
            all.common.accrued,
            money(language, members.accrued),
            rows.clone(),
            all.today.bonuses.to_owned(),
        ),
        entry(
            all.common.redeemed,
            money(language, members.redeemed),
            rows,
            fill(
                t.of_sales,
                &[&percents(members.redeemed.dirams(), sold.dirams())],
            ),
        ),
    ];
    let expired = members.expired.map(|expired| {
        entry(
            t.expired,
            money(language, expired),
            chrome.link(Section::Reports, choice.address(&Url::ProgrammeResult, &[])),
            all.today.bonuses.to_owned(),
        )
    });
    entries.extend(expired);
    let class = if entries.len() == 4 {
        "facts-4 ruled"
    } else {
        "facts-3 ruled"
    };
    facts(class, entries)
}
