//! A table in a text: its separator, and its rows.

use std::io::Read as _;

use serde::{Deserialize, Serialize};

use super::FileFault;

/// The most lines of a file, without its headings.
pub const MAX_LINES: usize = 20_000;

/// The most rows of a file.
const MAX_ROWS: usize = MAX_LINES + 1;

/// The most columns that are read.
const MAX_COLUMNS: usize = 100;

/// The number of rows by which the separator is found.
const SEEN_ROWS: usize = 20;

/// A mark between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separator {
    /// `;`, as Excel writes in Russian.
    #[serde(rename = "semicolon")]
    Semicolon,
    /// `,`.
    #[serde(rename = "comma")]
    Comma,
    /// TAB.
    #[serde(rename = "tab")]
    Tab,
}

impl Separator {
    /// Every separator, the likeliest first.
    pub const ALL: [Self; 3] = [Self::Semicolon, Self::Tab, Self::Comma];

    /// Returns the name that stands in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Semicolon => "semicolon",
            Self::Comma => "comma",
            Self::Tab => "tab",
        }
    }

    /// Returns the separator with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    const fn sign(self) -> char {
        match self {
            Self::Semicolon => ';',
            Self::Comma => ',',
            Self::Tab => '\t',
        }
    }

    /// Finds the separator of a text: the one that cuts most of its first rows into as many cells
    /// as the first row has.
    pub(super) fn detect(text: &str) -> Self {
        let (told, text) = told(text);
        if let Some(told) = told {
            return told;
        }
        let score = |separator: Self| {
            let rows = rows_of(text, separator, SEEN_ROWS);
            let cells = rows.first().map_or(0, |row| row.cells.len());
            if cells < 2 {
                return 0;
            }
            rows.iter().filter(|row| row.cells.len() == cells).count()
        };
        // Of equal ones the first.
        let mut best = (Self::Semicolon, 0);
        for separator in Self::ALL {
            let score = score(separator);
            if score > best.1 {
                best = (separator, score);
            }
        }
        best.0
    }
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number as a spreadsheet shows it, from one.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// Returns the text of a cell; a short row has empty cells at its end.
    pub(super) fn cell(&self, place: Option<usize>) -> &str {
        place
            .and_then(|place| self.cells.get(place))
            .map_or("", String::as_str)
    }

    /// Returns the number of further lines within the cell that has the most of them. A quotation
    /// mark that is not closed takes the lines up to the next one into its cell.
    pub(super) fn further_lines(&self) -> usize {
        let further = |cell: &String| {
            let lines = cell.lines().skip(1);
            lines.filter(|line| !line.is_empty()).count()
        };
        self.cells.iter().map(further).max().unwrap_or_default()
    }
}

/// Returns the rows of a text, without empty ones.
///
/// # Errors
/// [`FileFault::TooManyRows`], [`FileFault::Empty`].
pub(super) fn rows(text: &str, separator: Separator) -> Result<Vec<Row>, FileFault> {
    let (told, text) = told(text);
    let mut rows = rows_of(text, separator, MAX_ROWS + 1);
    if rows.len() > MAX_ROWS {
        return Err(FileFault::TooManyRows);
    }
    if rows.is_empty() {
        return Err(FileFault::Empty);
    }
    if told.is_some() {
        for row in &mut rows {
            row.number += 1;
        }
    }
    Ok(rows)
}

fn rows_of(text: &str, separator: Separator, most: usize) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator.sign()).unwrap_or(b';'))
        // Every row ends with a line break, so that line breaks count rows.
        .from_reader(text.as_bytes().chain(b"\n".as_slice()));
    let mut rows: Vec<Row> = Vec::new();
    let mut breaks = 0;
    let mut record = csv::StringRecord::new();
    // The text is UTF-8 in memory and rows may have any length, so reading cannot fail.
    while rows.len() < most && matches!(reader.read_record(&mut record), Ok(true)) {
        // A spreadsheet shows a cell of several lines in one row.
        let within = |cell: &str| cell.matches('\n').count();
        breaks += record.iter().map(within).sum::<usize>();
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let after = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let number = after.saturating_sub(breaks + 1);
        let last = rows.last().map_or(0, |row| row.number);
        let cells = record.iter().take(MAX_COLUMNS).map(plain);
        rows.push(Row {
            // A quotation mark that is never closed has no line break after its row.
            number: number.max(last + 1),
            cells: cells.collect(),
        });
    }
    rows
}

/// Returns the text of a cell without the apostrophe that an export writes before what a
/// spreadsheet would run as a formula or round.
fn plain(cell: &str) -> String {
    let guarded = cell.strip_prefix('\'').filter(|rest| {
        let is_digits = rest.bytes().all(|byte| byte.is_ascii_digit());
        let signs = ['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'];
        !rest.is_empty() && (is_digits || rest.starts_with(signs))
    });
    guarded.unwrap_or(cell).to_owned()
}

/// Returns the separator that the first line of a text tells to Excel (`sep=;`), and the rest.
fn told(text: &str) -> (Option<Separator>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let sign = first
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next());
    let told = sign.and_then(|sign| {
        Separator::ALL
            .into_iter()
            .find(|known| known.sign() == sign)
    });
    match told {
        Some(separator) => (Some(separator), rest),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        for (text, separator) in [
            (
                "Телефон;Имя;Баланс\n901;А;1,50\n902;Б;2,50\n",
                Separator::Semicolon,
            ),
            ("phone,name\n901,A\n902,\"B, C\"\n", Separator::Comma),
            ("phone\tname, full\n901\tA\n", Separator::Tab),
            ("sep=,\nphone;name\n", Separator::Comma),
            ("901234567\n901234568\n", Separator::Semicolon),
            ("", Separator::Semicolon),
        ] {
            assert_eq!(Separator::detect(text), separator, "{text}");
        }
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        let text = "a;b\n\n1;\"two\nlines\"\n;\n3;c\n";
        let rows = rows(text, Separator::Semicolon).unwrap();
        let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 5]);
        assert_eq!(rows[1].cell(Some(1)), "two\nlines");
        assert_eq!(rows[1].further_lines(), 1);
        assert_eq!(rows[2].cell(Some(7)), "");
        let told = super::rows("sep=;\na;b\n", Separator::Semicolon).unwrap();
        assert_eq!(told[0].number, 2);
    }

    #[test]
    fn the_apostrophe_of_an_export_is_not_part_of_a_cell() {
        for (cell, text) in [
            ("'=cmd()", "=cmd()"),
            ("'+79161234567", "+79161234567"),
            ("'2000100001233", "2000100001233"),
            ("'Абдулло", "'Абдулло"),
            ("'", "'"),
        ] {
            assert_eq!(plain(cell), text);
        }
    }

    #[test]
    fn a_table_has_at_most_twenty_thousand_rows() {
        let text = "901;A\n".repeat(MAX_ROWS);
        assert_eq!(rows(&text, Separator::Semicolon).unwrap().len(), MAX_ROWS);
        let longer = text + "902;B\n";
        assert_eq!(
            rows(&longer, Separator::Semicolon),
            Err(FileFault::TooManyRows)
        );
        assert_eq!(
            rows("\n \n;;\n", Separator::Semicolon),
            Err(FileFault::Empty)
        );
    }
}
