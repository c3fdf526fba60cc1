//! A list as a file. One description of columns gives the spreadsheet and the CSV.

use domain::{BasisPoints, Money, Quantity, Timestamp};
use leptos::prelude::*;

use super::head::{Weight, button_link};
use crate::locales::Language;
use crate::page;

/// The most rows of a file. A list is read with one more, to know that there are more.
pub const MAX_ROWS: usize = 100_000;

/// The name in a list's query that asks for a file in place of the page.
pub const FORMAT: &str = "as";

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A workbook of Excel.
    Xlsx,
    /// A text that Excel of a Russian Windows opens as a table.
    Csv,
}

impl Format {
    /// Returns the value of the query, which is the ending of the file's name too.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Returns the format with this value.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Xlsx, Self::Csv]
            .into_iter()
            .find(|format| format.code() == code)
    }
}

/// A list that is ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the list, for the worksheet and the name of the file.
    pub name: String,
    /// The columns.
    pub headings: Vec<Heading>,
    /// The rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
    /// The sentence below the rows which says that there are more; `None` if these are all.
    pub cut: Option<&'static str>,
}

/// The head of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The words.
    pub words: &'static str,
    /// The width in characters.
    pub width: u8,
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A text of any content.
    Text(String),
    /// A phone in E.164.
    Phone(String),
    /// A moment; files show its local time.
    Moment(Timestamp),
    /// An amount.
    Money(Money),
    /// A quantity of goods.
    Quantity(Quantity),
    /// A whole number.
    Count(i64),
    /// A percentage.
    Percent(BasisPoints),
}

/// A type of values that a column may have.
pub trait Content {
    /// The usual width of the column in characters.
    const WIDTH: u8;

    /// Returns the content of a cell.
    fn value(self) -> Value;
}

/// Declares which types become which values.
macro_rules! contents {
    ($($content:ty = $value:ident, $width:literal;)*) => {
        $(impl Content for $content {
            const WIDTH: u8 = $width;

            fn value(self) -> Value {
                Value::$value(self.into())
            }
        })*
    };
}

contents! {
    String = Text, 28;
    &'static str = Text, 22;
    Timestamp = Moment, 17;
    Money = Money, 14;
    Quantity = Quantity, 12;
    i64 = Count, 12;
    BasisPoints = Percent, 10;
}

/// A phone in E.164, such as `+992900000501`.
#[derive(Clone, Debug)]
pub struct PhoneText(pub String);

impl Content for PhoneText {
    const WIDTH: u8 = 20;

    fn value(self) -> Value {
        Value::Phone(self.0)
    }
}

impl<C: Content> Content for Option<C> {
    const WIDTH: u8 = C::WIDTH;

    fn value(self) -> Value {
        self.map_or(Value::Empty, C::value)
    }
}

/// A column of a list whose rows are `R`.
pub struct Column<R> {
    heading: Heading,
    value: Box<dyn Fn(&R) -> Value>,
}

impl<R> Column<R> {
    /// Makes a column from its words and from the value of each row. The type of the value decides
    /// how it is written.
    pub fn new<C: Content>(words: &'static str, value: impl Fn(&R) -> C + 'static) -> Self {
        let width = C::WIDTH;
        Self {
            heading: Heading { words, width },
            value: Box::new(move |row| value(row).value()),
        }
    }

    /// Changes the width.
    #[must_use]
    pub const fn with_width(mut self, characters: u8) -> Self {
        self.heading.width = characters;
        self
    }
}

impl Sheet {
    /// Makes the list from its rows, of which it takes [`MAX_ROWS`].
    pub fn new<R>(
        language: Language,
        name: impl Into<String>,
        columns: &[Column<R>],
        rows: &[R],
    ) -> Self {
        let values = |row: &R| columns.iter().map(|column| (column.value)(row)).collect();
        let is_cut = rows.len() > MAX_ROWS;
        Self {
            name: name.into(),
            headings: columns.iter().map(|column| column.heading).collect(),
            rows: rows.iter().take(MAX_ROWS).map(values).collect(),
            cut: is_cut.then_some(page::texts(language).files.cut),
        }
    }
}

/// The words of the links to files.
#[derive(Clone, Copy)]
pub(crate) struct FileWords {
    pub(crate) excel: &'static str,
    pub(crate) csv: &'static str,
    /// The sentence below the rows of a file that does not have them all.
    pub(crate) cut: &'static str,
    /// The sentence on the page of a list that does not fit into a file.
    pub(crate) too_many: &'static str,
}

/// Renders the links to the files of a list. `href` adds a pair to the address of the list.
pub(crate) fn downloads(
    language: Language,
    href: impl Fn((&'static str, &'static str)) -> String,
) -> Vec<AnyView> {
    let words = page::texts(language).files;
    [(Format::Xlsx, words.excel), (Format::Csv, words.csv)]
        .into_iter()
        .map(|(format, words)| button_link(Weight::Quiet, href((FORMAT, format.code())), words))
        .collect()
}

/// Renders the sentence that a list is too long for a file.
pub(crate) fn too_many(language: Language) -> AnyView {
    view! { <p class="note">{page::texts(language).files.too_many}</p> }.into_any()
}
