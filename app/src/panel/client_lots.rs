//! The lots of a client: why the balance is what it is.

use domain::{LotKind, Money, Timestamp};
use leptos::prelude::*;

use super::chrome::{Chrome, Section};
use super::ledger_words::lot;
use super::urls::Url;
use crate::ui::figures::rows_link;
use crate::ui::format::{day, fill, moment, money, signed};
use crate::ui::table::{Cell, Row, Table, column, figures, strong, sub, sub_phone};

/// A lot in the list. `amount` = `spent` + `cancelled` + `expired` + `remaining`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotRow {
    /// The reason why it was given.
    pub kind: LotKind,
    /// The sale that it was given for: its number and sum.
    pub sale: Option<(i64, Money)>,
    /// The moment when it was given.
    pub at: Timestamp,
    /// The amount given.
    pub amount: Money,
    /// The part that paid purchases.
    pub spent: Money,
    /// The part that returns or people took back.
    pub cancelled: Money,
    /// The part that expired.
    pub expired: Money,
    /// The part that is left.
    pub remaining: Money,
    /// The moment from which it can be spent.
    pub available_at: Timestamp,
    /// The moment when it expires; `None` = never.
    pub expires_at: Option<Timestamp>,
}

/// Sums over lots that the page does not show one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestOfLots {
    /// The number of lots.
    pub count: i64,
    /// The amount given.
    pub amount: Money,
    /// The part that paid purchases.
    pub spent: Money,
    /// The part that returns, people or the end of their life took.
    pub gone: Money,
    /// The part that is left.
    pub remaining: Money,
}

/// Renders the lots, the sums of the others and the debt: together they are the balance.
pub(super) fn lots(
    chrome: &Chrome,
    now: Timestamp,
    lots: &[LotRow],
    rest: Option<RestOfLots>,
    debt: Money,
) -> AnyView {
    let (language, t) = (chrome.language, chrome.texts());
    let taken = |amount: Money| {
        if amount.is_zero() {
            "—".to_owned()
        } else {
            signed(language, -amount)
        }
    };
    let row = |row: &LotRow| {
        let words = match row.sale {
            Some((_, total)) if row.kind == LotKind::Purchase => {
                fill(t.client.purchase_of, &[&money(language, total)])
            }
            _ => lot(t, row.kind).to_owned(),
        };
        let sale = row.sale.map(|(id, _)| Url::Sale(id).to_string());
        let link = rows_link(words, sale.and_then(|url| chrome.link(Section::Sales, url)));
        let gone = row.cancelled + row.expired;
        let parts = [
            (row.spent, t.client.part_spent),
            (gone, t.client.part_cancelled),
        ];
        let taken_parts = parts
            .into_iter()
            .filter(|(amount, _)| !amount.is_zero())
            .map(|(amount, words)| format!(" {} {words}", signed(language, -amount)));
        let sum: String = taken_parts.collect();
        let sum =
            (!sum.is_empty()).then(|| sub_phone(format!("{}{sum}", money(language, row.amount))));
        let is_empty = row.remaining.is_zero();
        let from = if is_empty {
            "—".to_owned()
        } else if row.available_at <= now {
            t.client.now.to_owned()
        } else {
            let at = moment(language, row.available_at, now);
            fill(t.client.from, &[&at])
        };
        let until = match row.expires_at {
            _ if is_empty => "—".to_owned(),
            Some(at) => day(language, at, now),
            None => t.client.never.to_owned(),
        };
        let phone = (!is_empty && row.expires_at.is_some())
            .then(|| sub_phone(fill(t.client.burns, &[&until])));
        let given = day(language, row.at, now);
        let cells = Row::new(vec![
            Cell::left(view! { {link} {sub(given)} {sum} {phone} }),
            Cell::figure(money(language, row.amount)),
            Cell::figure(taken(row.spent)),
            Cell::figure(taken(gone)),
            Cell::right(strong(money(language, row.remaining))),
            Cell::text(from),
            Cell::text(until),
        ]);
        if is_empty {
            cells.with_class("zero")
        } else {
            cells
        }
    };
    let sum = |part: fn(&LotRow) -> Money| lots.iter().map(part).sum::<Money>();
    let row_of = |words: String, amount: String, spent: String, gone: String, left: Money| {
        Row::new(vec![
            Cell::left(words),
            Cell::figure(amount),
            Cell::figure(spent),
            Cell::figure(gone),
            Cell::right(money(language, left)),
            Cell::text(()),
            Cell::text(()),
        ])
    };
    let mut rows: Vec<Row> = lots.iter().map(row).collect();
    rows.extend(rest.map(|rest| {
        let count = t.client.more_lots.of(language, rest.count);
        row_of(
            fill(t.client.more, &[&count]),
            money(language, rest.amount),
            taken(rest.spent),
            taken(rest.gone),
            rest.remaining,
        )
    }));
    let of_rest = |part: fn(RestOfLots) -> Money| rest.map(part).unwrap_or_default();
    let given = sum(|lot| lot.amount) + of_rest(|rest| rest.amount);
    let spent = sum(|lot| lot.spent) + of_rest(|rest| rest.spent);
    let gone = sum(|lot| lot.cancelled + lot.expired) + of_rest(|rest| rest.gone);
    let left = sum(|lot| lot.remaining) + of_rest(|rest| rest.remaining);
    if debt.is_positive() {
        let none = || "—".to_owned();
        rows.push(row_of(
            t.client.debt_row.to_owned(),
            none(),
            none(),
            none(),
            -debt,
        ));
    }
    let total = row_of(
        t.client.total.to_owned(),
        money(language, given),
        taken(spent),
        taken(gone),
        left - debt,
    );
    let table = Table {
        name: t.client.lots.to_owned(),
        class: "lots",
        columns: vec![
            column(t.client.origin),
            figures(t.common.accrued),
            figures(t.client.spent_column),
            figures(t.client.cancelled_column),
            figures(t.client.left_column),
            column(t.client.from_column),
            column(t.client.burns_column),
        ],
        groups: vec![rows],
        total: Some(total),
    };
    table.view()
}
