//! XLSX: real numbers and dates, a head that stays, columns that fit.

use app::ui::format;
use app::ui::sheet::{Sheet, Value};
use domain::Timestamp;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The most characters that Excel allows in a cell.
const MOST_CHARACTERS: usize = 32_767;

/// The most characters that Excel allows in the name of a worksheet.
const MOST_IN_NAME: usize = 31;

/// The difference of the local time from UTC, which workbooks know nothing of.
const LOCAL_SECONDS: i64 = 5 * 3_600;

/// The formats of the kinds of values.
struct Formats {
    head: Format,
    text: Format,
    moment: Format,
    money: Format,
    quantity: Format,
    count: Format,
    percent: Format,
}

impl Formats {
    fn new() -> Self {
        let number = |format: &str| Format::new().set_num_format(format);
        Self {
            head: Format::new().set_bold().set_text_wrap(),
            // "As text", so that editing a cell does not change it into a number.
            text: number("@"),
            moment: number("dd.mm.yyyy hh:mm"),
            money: number("#,##0.00"),
            quantity: number("#,##0.###"),
            count: number("#,##0"),
            percent: number("0.00%"),
        }
    }
}

/// Writes a list.
///
/// # Errors
/// Values are made to fit before they are written, so none is expected.
pub(super) fn write(list: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name(&list.name))?;
    sheet.set_freeze_panes(1, 0)?;
    let mut place = (0, 0);
    for heading in &list.headings {
        sheet.set_column_width(place.1, f64::from(heading.width))?;
        sheet.write_string_with_format(place.0, place.1, heading.words, &formats.head)?;
        place.1 += 1;
    }
    let last_column = place.1.saturating_sub(1);
    for row in &list.rows {
        place = (place.0 + 1, 0);
        for value in row {
            cell(sheet, &formats, place, value)?;
            place.1 += 1;
        }
    }
    if place.0 > 0 {
        sheet.autofilter(0, 0, place.0, last_column)?;
    }
    if let Some(sentence) = list.cut {
        sheet.write_string(place.0 + 1, 0, sentence)?;
    }
    workbook.save_to_buffer()
}

/// Returns a name that a worksheet may have.
fn name(text: &str) -> String {
    let is_refused =
        |letter: char| matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    text.replace(is_refused, " ")
        .chars()
        .take(MOST_IN_NAME)
        .collect()
}

fn cell(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, column): (u32, u16),
    value: &Value,
) -> Result<(), XlsxError> {
    let mut number = |number: Decimal, format: &Format| {
        sheet
            .write_with_format(row, column, number, format)
            .map(drop)
    };
    match value {
        Value::Empty => Ok(()),
        Value::Money(amount) => number(Decimal::new(amount.dirams(), 2), &formats.money),
        Value::Quantity(quantity) => {
            number(Decimal::new(quantity.thousandths(), 3), &formats.quantity)
        }
        Value::Count(count) => number(Decimal::from(*count), &formats.count),
        Value::Percent(rate) => number(Decimal::new(rate.get(), 4), &formats.percent),
        Value::Moment(at) => moment(sheet, formats, (row, column), *at),
        Value::Text(text) => string(sheet, formats, (row, column), text),
        Value::Phone(phone) => {
            let phone = format::phone(phone).replace(format::NBSP, " ");
            string(sheet, formats, (row, column), &phone)
        }
    }
}

/// Writes a text as a text, whatever it begins with.
fn string(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, column): (u32, u16),
    text: &str,
) -> Result<(), XlsxError> {
    let fits: String = text.chars().take(MOST_CHARACTERS).collect();
    let written = sheet.write_string_with_format(row, column, fits, &formats.text);
    written.map(drop)
}

/// Writes a moment in local time; as a text if it is outside the years 1900 to 9999.
fn moment(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, column): (u32, u16),
    at: Timestamp,
) -> Result<(), XlsxError> {
    let local = at
        .plus_seconds(LOCAL_SECONDS)
        .micros()
        .div_euclid(1_000_000);
    match ExcelDateTime::from_timestamp(local) {
        Ok(local) => {
            let written = sheet.write_datetime_with_format(row, column, local, &formats.moment);
            written.map(drop)
        }
        Err(_) => string(sheet, formats, (row, column), &at.to_string()),
    }
}
