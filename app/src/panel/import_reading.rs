//! The choice how a file of clients is read.

use domain::imports::Column;
use leptos::prelude::*;

use super::chrome::{Chrome, Page, Section, crumb};
use super::import_words::column;
use super::texts::Texts;
use super::urls::Url;
use crate::forms::{Choice, Control, FormState, fields, submit, summary};
use crate::ui::format::fill;
use crate::ui::head::{Head, Weight, section};

fields! {
    /// The fields of the choice.
    ReadingField = "reading" {
        /// The encoding of the letters.
        Encoding = "encoding",
        /// The mark between the columns.
        Separator = "separator",
        /// Whether the first line has the headings.
        Headings = "headings",
        /// The number of the column of phones, from one.
        Phone = "phone",
        /// The number of the column of names.
        Name = "name",
        /// The number of the column of bonuses.
        Balance = "balance",
        /// The number of the column of money paid.
        Spent = "spent",
        /// The number of the column of cards.
        Card = "card",
    }
}

impl ReadingField {
    /// Returns the field that chooses a column.
    pub const fn of(column: Column) -> Self {
        match column {
            Column::Phone => Self::Phone,
            Column::Name => Self::Name,
            Column::Balance => Self::Balance,
            Column::Spent => Self::Spent,
            Column::Card => Self::Card,
        }
    }
}

/// The page of the choice.
#[derive(Clone, Debug)]
pub struct ImportReading {
    /// The number of the import.
    pub id: i64,
    /// The name of the file.
    pub file_name: String,
    /// The headings; empty if the file has none.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// `true` if no column of phones was found.
    pub needs_phone: bool,
    /// The form.
    pub form: FormState<ReadingField>,
}

/// The most columns that are shown.
const MAX_COLUMNS: usize = 30;

/// The most characters of a cell that is shown.
const MAX_CELL: usize = 40;

fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.chars().take(MAX_CELL).collect()
}

/// Renders the page.
pub fn html(chrome: &Chrome, page: &ImportReading) -> String {
    let (language, all) = (chrome.language, chrome.texts());
    let t = &all.import;
    let mut head = Head::new(t.reading);
    head.crumbs = vec![
        crumb(Section::Clients, all),
        (t.title.to_owned(), Url::ImportClients.to_string()),
    ];
    head.note = Some(page.file_name.clone().into_any());
    let form = &page.form;
    let label = |field| label(all, field);
    let control = |field| Control::new(form, language, field, label(field));
    let encodings = [
        ("utf-8", "UTF-8"),
        ("windows-1251", "Windows-1251"),
        ("utf-16le", "UTF-16 LE"),
        ("utf-16be", "UTF-16 BE"),
    ];
    let separators = [
        ("semicolon", t.semicolon),
        ("comma", t.comma),
        ("tab", t.tab),
    ];
    let choices = |known: &[(&str, &'static str)]| {
        let choice = |(value, words): &(&str, &'static str)| Choice::new(*value, *words);
        known.iter().map(choice).collect()
    };
    let columns = Column::ALL.map(|of| {
        let control = control(ReadingField::of(of));
        control.select(places(all, page, of))
    });
    let advice = if page.needs_phone {
        t.choose_phone
    } else {
        t.reading_note
    };
    let body = view! {
        {summary(form, language, t.not_saved, label)}
        {rows(all, page)}
        <form
            class="panel"
            method="post"
            action=Url::ReadImport(page.id).to_string()
            novalidate
        >
            <div class="pad stack">
                <p class="strong">{advice}</p>
                <div class="reading-fields">{columns.into_iter().collect_view()}</div>
            </div>
            <div class="pad ruled stack">
                <div class="reading-fields">
                    {control(ReadingField::Encoding).select(choices(&encodings))}
                    {control(ReadingField::Separator).select(choices(&separators))}
                </div>
                {control(ReadingField::Headings).checkbox()}
            </div>
            <div class="pad ruled actions">{submit(Weight::Main, t.save_reading)}</div>
        </form>
    };
    chrome.page(Page {
        section: Some(Section::Clients),
        head,
        is_wrong: form.is_wrong(),
        body: body.into_any(),
    })
}

fn label(all: &'static Texts, field: ReadingField) -> String {
    let t = &all.import;
    let words = match field {
        ReadingField::Encoding => t.encoding,
        ReadingField::Separator => t.separator,
        ReadingField::Headings => t.headings,
        ReadingField::Phone => column(all, Column::Phone),
        ReadingField::Name => column(all, Column::Name),
        ReadingField::Balance => column(all, Column::Balance),
        ReadingField::Spent => column(all, Column::Spent),
        ReadingField::Card => column(all, Column::Card),
    };
    words.to_owned()
}

/// Returns the columns of the file as choices: the number, and the heading or the first cell.
fn places(all: &'static Texts, page: &ImportReading, of: Column) -> Vec<Choice> {
    let t = &all.import;
    let names = match (page.headings.as_slice(), page.rows.first()) {
        ([], Some(row)) => row,
        _ => &page.headings,
    };
    let place = |(index, name): (usize, &String)| {
        let number = (index + 1).to_string();
        let words = fill(t.column_of, &[&number, &cut(name)]);
        Choice::new(number, words)
    };
    let none = (of != Column::Phone || page.needs_phone).then(|| Choice::new("", t.not_read));
    let places = names.iter().take(MAX_COLUMNS).enumerate().map(place);
    none.into_iter().chain(places).collect()
}

fn rows(all: &'static Texts, page: &ImportReading) -> AnyView {
    let t = &all.import;
    let cells = |row: &Vec<String>| {
        let cells = row.iter().take(MAX_COLUMNS);
        let cells = cells.map(|cell| view! { <td>{cut(cell)}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let headings = (!page.headings.is_empty()).then(|| {
        let cells = page.headings.iter().take(MAX_COLUMNS);
        let cells = cells.map(|cell| view! { <th scope="col">{cut(cell)}</th> });
        view! {
            <thead>
                <tr>{cells.collect_view()}</tr>
            </thead>
        }
    });
    let table = view! {
        <div class="panel scroll" tabindex="0" role="region" aria-label=t.first_lines>
            <table class="rows">
                {headings} <tbody>{page.rows.iter().map(cells).collect_view()}</tbody>
            </table>
        </div>
    };
    section(t.first_lines, table)
}
