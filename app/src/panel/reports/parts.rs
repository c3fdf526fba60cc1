//! The parts of the reports: the links to files, and tables from the rows of files.

use leptos::prelude::*;

use super::period::Choice;
use crate::locales::Language;
use crate::page;
use crate::panel::urls::Url;
use crate::ui::format::{count, money, phone, share};
use crate::ui::months::day_or_moment;
use crate::ui::sheet::{FORMAT, Format, Sheet, Value};
use crate::ui::table::{Cell, Column, Row, Table, column, figures, strong, title};
use domain::Timestamp;

/// The name in the query of the table that a file has.
pub const TABLE: &str = "table";

/// The links to the files of a table, beside the heading of its section.
pub(super) fn files(language: Language, url: &Url, choice: &Choice, table: &str) -> AnyView {
    let words = page::texts(language).files;
    let link = |(format, words): (Format, &'static str)| {
        let href = choice.address(url, &[(TABLE, table), (FORMAT, format.code())]);
        view! {
            <a class="link-quiet" href=href>
                {words}
            </a>
        }
    };
    view! {
        <span class="section-files">
            {[(Format::Xlsx, words.excel), (Format::Csv, words.csv)].map(link).collect_view()}
        </span>
    }
    .into_any()
}

/// Renders the rows of a file as a table of the page. In a card of a phone the first column is on
/// the left and the second on the right; `links` are the addresses of the rows.
pub(super) fn listed(
    language: Language,
    now: Timestamp,
    sheet: &Sheet,
    links: Vec<Option<String>>,
) -> AnyView {
    let columns = sheet.headings.iter().enumerate().map(|(place, heading)| {
        if place == 0 || is_text(sheet, place) {
            column(heading.words)
        } else {
            figures(heading.words)
        }
    });
    let columns: Vec<Column> = columns.collect();
    let links = links.into_iter().chain(std::iter::repeat(None));
    let row = |(values, link): (&Vec<Value>, Option<String>)| {
        let cells = values.iter().enumerate().map(|(place, value)| {
            let words = words(language, now, value);
            match place {
                0 => Cell::left(title(link.clone(), words)),
                1 => Cell::right(strong(words)),
                _ if is_text(sheet, place) => Cell::text(words),
                _ => Cell::figure(words),
            }
        });
        Row::new(cells.collect())
    };
    Table {
        name: sheet.name.clone(),
        class: "",
        columns,
        groups: vec![sheet.rows.iter().zip(links).map(row).collect()],
        total: None,
    }
    .view()
}

/// Returns whether a column has texts, which stand on the left.
fn is_text(sheet: &Sheet, place: usize) -> bool {
    let mut values = sheet.rows.iter().filter_map(|row| row.get(place));
    place != 1 && values.any(|value| matches!(value, Value::Text(_) | Value::Phone(_)))
}

/// Returns a value as the page shows it.
fn words(language: Language, now: Timestamp, value: &Value) -> String {
    match value {
        Value::Empty => "—".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Phone(digits) => phone(digits),
        Value::Moment(at) => day_or_moment(language, *at, now),
        Value::Money(amount) => money(language, *amount),
        Value::Quantity(quantity) => crate::ui::format::quantity(language, *quantity),
        Value::Count(number) => count(language, *number),
        Value::Percent(rate) => share(language, rate.get(), 10_000).unwrap_or_default(),
    }
}
