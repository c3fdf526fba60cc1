//! Reads the files of a list as spreadsheets do.

use std::io::Cursor;
use std::str::FromStr as _;

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use reqwest::StatusCode;
use rust_decimal::Decimal;

use crate::browser::{Answer, Browser};

/// A list as a file, with its head first.
pub(crate) type Rows = Vec<Vec<String>>;

/// Downloads both files of the list at `path`, and checks that they agree. Returns the rows of the
/// CSV without the marks before texts.
pub(crate) async fn download(browser: &mut Browser, path: &str) -> Rows {
    let joint = if path.contains('?') { '&' } else { '?' };
    let csv = browser.get(&format!("{path}{joint}as=csv")).await;
    let xlsx = browser.get(&format!("{path}{joint}as=xlsx")).await;
    for (answer, kind, ending) in [
        (&csv, "text/csv", "csv"),
        (&xlsx, "application/vnd", "xlsx"),
    ] {
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let header = |name: &str| answer.headers[name].to_str().unwrap();
        assert!(header("content-type").starts_with(kind));
        let disposition = header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"bonex-"));
        assert!(
            disposition.ends_with(&format!(".{ending}")),
            "{disposition}"
        );
        assert!(header("content-security-policy").contains("default-src 'none'"));
    }
    let (csv, xlsx) = (read_csv(&csv), read_xlsx(&xlsx));
    assert_eq!(csv.len(), xlsx.len(), "{path}");
    for (texts, cells) in csv.iter().zip(&xlsx) {
        assert_eq!(texts.len(), cells.len(), "{path}: {texts:?}");
        for (text, cell) in texts.iter().zip(cells) {
            assert!(is_same(text, cell), "{path}: {text:?} is not {cell:?}");
        }
    }
    csv
}

/// Returns whether a cell of a CSV has the value of a cell of a workbook.
fn is_same(text: &str, cell: &Data) -> bool {
    match cell {
        Data::Empty => text.is_empty(),
        Data::String(cell) if cell.starts_with('+') && text.starts_with("992 ") => {
            let digits = |text: &str| text.replace([' ', '-', '+'], "");
            digits(cell) == digits(text)
        }
        Data::String(cell) => cell == text,
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            text == format!("{day:02}.{month:02}.{year} {hour:02}:{minute:02}:{second:02}")
        }
        Data::Float(cell) => {
            let number = Decimal::from_str(&text.trim_end_matches('%').replace(',', "."));
            let share = if text.ends_with('%') { 100 } else { 1 };
            let cell = Decimal::from_str(&cell.to_string()).unwrap();
            number == Ok(cell * Decimal::from(share))
        }
        _ => false,
    }
}

pub(crate) fn read_csv(answer: &Answer) -> Rows {
    let bytes = answer.bytes.strip_prefix("\u{feff}".as_bytes());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(bytes.expect("a mark of UTF-8"));
    let row = |row: csv::StringRecord| row.iter().map(unmarked).collect();
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// Removes the mark before a text that a spreadsheet would change.
fn unmarked(text: &str) -> String {
    text.strip_prefix('\'').unwrap_or(text).to_owned()
}

/// Returns the cells of the workbook.
fn read_xlsx(answer: &Answer) -> Vec<Vec<Data>> {
    let bytes = Cursor::new(answer.bytes.clone());
    let mut workbook: Xlsx<_> = open_workbook_from_rs(bytes).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let formulas = workbook.worksheet_formula(&name).unwrap();
    assert!(formulas.is_empty(), "no cell is a formula");
    let range = workbook.worksheet_range(&name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Returns the text of an element's content.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// Returns the cells of the rows of a table, as numbers of a file are written.
pub(crate) fn cells(body: &str, table: &str) -> Vec<Vec<String>> {
    let mark = format!("aria-label=\"{table}\"");
    let Some((_, rest)) = body.split_once(&mark) else {
        return Vec::new();
    };
    let rows = rest.split("</table>").next().unwrap();
    let rows = rows.split("<tbody").nth(1).unwrap().split("<tr").skip(1);
    let cell = |cell: &str| {
        let cell = cell
            .split_once('>')
            .unwrap()
            .1
            .split("</td>")
            .next()
            .unwrap();
        let words = text(cell).replace('\u{2212}', "-");
        let is_number = words.chars().any(|sign| sign.is_ascii_digit())
            && words
                .chars()
                .all(|sign| "0123456789 \u{a0},-%".contains(sign));
        match words.as_str() {
            "—" => String::new(),
            // A page shows a tenth of a percent even if it is zero.
            _ if is_number => words.replace([' ', '\u{a0}'], "").replace(",0%", "%"),
            _ => words,
        }
    };
    rows.map(|row| row.split("<td").skip(1).map(cell).collect())
        .collect()
}
