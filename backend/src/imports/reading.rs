//! How a file is read: what was found in it, or chosen by a person.

use std::collections::HashMap;

use domain::imports::{self, Column, Fault, Line};
use domain::{CardNumber, Phone};
use serde::{Deserialize, Serialize};

use super::FileFault;
use super::encoding::Encoding;
use super::headings::Columns;
use super::table::{Row, Separator, rows};

/// More further lines in one cell than these come from a quotation mark that is not closed.
const MAX_FURTHER_LINES: usize = 5;

/// The most characters of a line that is shown.
const SHOWN: usize = 200;

/// A way to read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The encoding of the letters.
    pub encoding: Encoding,
    /// The mark between the cells.
    pub separator: Separator,
    /// Whether the first row has the headings.
    pub has_headings: bool,
    /// The columns.
    pub columns: Columns,
}

impl Reading {
    /// Finds the way to read a file. Without headings a person must choose the columns:
    /// numbers may be anything.
    ///
    /// # Errors
    /// The [`FileFault`] of a file that cannot be read.
    pub fn detect(content: &[u8]) -> Result<Self, FileFault> {
        let encoding = Encoding::detect(content)?;
        let text = encoding.decode(content);
        let separator = Separator::detect(&text);
        let rows = rows(&text, separator)?;
        let first = rows.first().map(|row| row.cells.as_slice());
        let first = first.unwrap_or_default();
        let found = Columns::of_headings(first);
        let has_phone = first.iter().any(|cell| Phone::parse(cell).is_ok());
        let has_headings = found.phone.is_some() || !has_phone;
        if has_headings && rows.len() == 1 {
            return Err(FileFault::Empty);
        }
        Ok(Self {
            encoding,
            separator,
            has_headings,
            columns: if has_headings {
                found
            } else {
                Columns::default()
            },
        })
    }

    /// Returns whether a person must choose the columns first.
    pub const fn needs_choice(&self) -> bool {
        self.columns.phone.is_none()
    }
}

/// The content of a file, read in one way.
#[derive(Clone, Debug)]
pub struct Table {
    /// The headings; empty if the file has none.
    pub headings: Vec<String>,
    /// The first rows, for the choice of the columns.
    pub first_rows: Vec<Vec<String>>,
    /// The lines, each readable or with its fault.
    pub(super) lines: Vec<Numbered<Result<Line, Fault>>>,
}

/// A line with its number in the file and its text.
#[derive(Clone, Debug)]
pub struct Numbered<T> {
    /// The number as a spreadsheet shows it, from one.
    pub number: usize,
    /// The cells as they stand in the file, cut at 200 characters.
    pub text: String,
    /// What was read.
    pub line: T,
}

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileFault`], if nothing can be read.
    pub(super) fn read(content: &[u8], reading: &Reading) -> Result<Self, FileFault> {
        let text = reading.encoding.decode(content);
        let mut rows = rows(&text, reading.separator)?.into_iter();
        let headings = if reading.has_headings {
            rows.next().map(|row| row.cells).unwrap_or_default()
        } else {
            Vec::new()
        };
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            return Err(FileFault::Empty);
        }
        let first_rows = rows.iter().take(3).map(|row| row.cells.clone()).collect();
        let mut phones = HashMap::with_capacity(rows.len());
        let mut cards = HashMap::new();
        let lines = rows
            .iter()
            .map(|row| Numbered {
                number: row.number,
                text: shown(row),
                line: line(row, &reading.columns)
                    .and_then(|line| once(row.number, line, &mut phones, &mut cards)),
            })
            .collect();
        Ok(Self {
            headings,
            first_rows,
            lines,
        })
    }
}

fn shown(row: &Row) -> String {
    let text = row.cells.join("; ").replace('\n', " ");
    text.chars().take(SHOWN).collect()
}

fn line(row: &Row, columns: &Columns) -> Result<Line, Fault> {
    let further = row.further_lines();
    if further > MAX_FURTHER_LINES {
        return Err(Fault::OpenQuote(further));
    }
    let cell = |column| row.cell(columns.place(column));
    Ok(Line {
        phone: imports::read_phone(cell(Column::Phone))?,
        name: imports::read_name(cell(Column::Name))?,
        balance: imports::read_amount(Column::Balance, cell(Column::Balance))?,
        spent: imports::read_amount(Column::Spent, cell(Column::Spent))?,
        card: imports::read_card(cell(Column::Card))?,
    })
}

/// Refuses a phone and a card that an earlier line has.
fn once(
    number: usize,
    line: Line,
    phones: &mut HashMap<Phone, usize>,
    cards: &mut HashMap<CardNumber, usize>,
) -> Result<Line, Fault> {
    if let Some(earlier) = phones.get(&line.phone) {
        return Err(Fault::PhoneAgain(*earlier));
    }
    if let Some(earlier) = line.card.and_then(|card| cards.get(&card)) {
        return Err(Fault::CardAgain(*earlier));
    }
    phones.insert(line.phone.clone(), number);
    cards.extend(line.card.map(|card| (card, number)));
    Ok(line)
}

#[cfg(test)]
mod tests {
    use domain::Money;

    use super::*;

    fn table(text: &str) -> (Reading, Table) {
        let reading = Reading::detect(text.as_bytes()).unwrap();
        let table = Table::read(text.as_bytes(), &reading).unwrap();
        (reading, table)
    }

    #[test]
    fn lines_are_read_by_their_headings() {
        let (reading, table) = table("Имя;Телефон;Баллы\nЗебо;90 123 45 67;1 250,50\n");
        assert!(!reading.needs_choice());
        assert_eq!(table.headings, ["Имя", "Телефон", "Баллы"]);
        let line = table.lines[0].line.clone().unwrap();
        assert_eq!(line.phone.as_str(), "+992901234567");
        assert_eq!(line.name.as_deref(), Some("Зебо"));
        assert_eq!(line.balance, Money::from_dirams(125_050));
        assert_eq!(table.lines[0].number, 2);
    }

    #[test]
    fn without_headings_a_person_chooses() {
        let (reading, table) = table("901234567;Зебо;5\n901234568;Умед;7\n");
        assert!(reading.needs_choice() && !reading.has_headings);
        assert_eq!(table.first_rows.len(), 2);
    }

    #[test]
    fn a_phone_and_a_card_stand_once() {
        let (_, table) = table(
            "phone;card\n901234567;001-0000123\n+992901234567;\n901234568;2000100001233\nx;\n",
        );
        let faults: Vec<_> = table
            .lines
            .iter()
            .map(|line| line.line.clone().err())
            .collect();
        assert_eq!(
            faults,
            [
                None,
                Some(Fault::PhoneAgain(2)),
                Some(Fault::CardAgain(2)),
                Some(Fault::NotAPhone)
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_swallows_no_lines_silently() {
        let rest = "902000001;Умед\n".repeat(10);
        let (_, table) = table(&format!("phone;name\n901234567;\"Зебо\n{rest}"));
        assert_eq!(table.lines.len(), 1);
        assert_eq!(table.lines[0].line, Err(Fault::OpenQuote(10)));
        assert!(table.lines[0].text.chars().count() <= SHOWN);
    }
}
