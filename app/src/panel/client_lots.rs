//! The lots of a client: why the balance is what it is.

use domain::{LotKind, Money, Timestamp};
use leptos::prelude::*;

use super::ledger_words::lot;
use super::texts::Texts;
use super::urls::Url;
use crate::locales::Language;
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

/// Renders the lots. `more` is the number of lots that are not among them.
pub(super) fn lots(
    language: Language,
    t: &'static Texts,
    now: Timestamp,
    lots: &[LotRow],
    more: i64,
) -> AnyView {
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
        let link = rows_link(words, row.sale.map(|(id, _)| Url::Sale(id).to_string()));
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
    // With lots that are not shown, the columns do not add up to the balance.
    let total = (more == 0).then(|| {
        Row::new(vec![
            Cell::left(t.client.total),
            Cell::figure(money(language, sum(|lot| lot.amount))),
            Cell::figure(taken(sum(|lot| lot.spent))),
            Cell::figure(taken(sum(|lot| lot.cancelled + lot.expired))),
            Cell::right(money(language, sum(|lot| lot.remaining))),
            Cell::text(()),
            Cell::text(()),
        ])
    });
    let more = (more > 0).then(|| {
        let more = t.client.more_lots.of(language, more);
        view! { <p class="panel-foot note">{fill(t.client.more, &[&more])}</p> }
    });
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
        groups: vec![lots.iter().map(row).collect()],
        total,
    };
    view! {
        {table.view()}
        {more}
    }
    .into_any()
}
