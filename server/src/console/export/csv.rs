//! CSV as Excel of a Russian Windows opens it: UTF-8 with a mark, `;`, a decimal comma.

use app::ui::sheet::{Sheet, Value};
use domain::{BasisPoints, Money, Quantity, Timestamp};

/// The mark at the beginning, without which Excel reads the file in an old Cyrillic encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a list.
///
/// # Errors
/// Memory cannot fail to be written, so none is expected.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, ::csv::Error> {
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(::csv::Terminator::CRLF)
        // The sentence below the rows has one cell.
        .flexible(true)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(sheet.headings.iter().map(|heading| harmless(heading.words)))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(text))?;
    }
    if let Some(sentence) = sheet.cut {
        writer.write_record([harmless(sentence)])?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// Returns the text of a cell. Spreadsheets read numbers without groups and with an ASCII minus.
fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => harmless(text),
        Value::Phone(phone) => harmless(&dialled(phone)),
        Value::Moment(at) => moment(*at),
        Value::Money(amount) => money(*amount),
        Value::Quantity(quantity) => decimal(&Quantity::to_string(quantity)),
        Value::Count(number) => number.to_string(),
        Value::Percent(rate) => format!("{}%", decimal(&BasisPoints::to_string(rate))),
    }
}

/// Returns a text that no spreadsheet runs as a formula, or changes into another number: 13 digits
/// of a barcode would become `4,6E+12`, and `007` would become 7.
fn harmless(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_changed = is_digits && (text.len() > 11 || text.len() > 1 && text.starts_with('0'));
    if is_formula || is_changed {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Returns a phone in groups with hyphens, `992 90 000-05-01`, which nobody reads as a number.
fn dialled(phone: &str) -> String {
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let (true, Some(local)) = (digits.len() == 12, digits.strip_prefix("992")) else {
        return phone.to_owned();
    };
    let mut text = String::from("992 ");
    for (index, digit) in local.chars().enumerate() {
        match index {
            2 => text.push(' '),
            5 | 7 => text.push('-'),
            _ => {}
        }
        text.push(digit);
    }
    text
}

fn money(amount: Money) -> String {
    let dirams = amount.dirams();
    let (sign, dirams) = (if dirams < 0 { "-" } else { "" }, dirams.unsigned_abs());
    format!("{sign}{},{:02}", dirams / 100, dirams % 100)
}

fn decimal(number: &str) -> String {
    number.replace('.', ",")
}

/// Returns a local moment as `05.06.2026 16:40:00`.
fn moment(at: Timestamp) -> String {
    let local = at.local_date();
    let mut parts = local.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let [year, month, day] = [year, month, day].map(Option::unwrap_or_default);
    let time = app::ui::format::time_with_seconds(at);
    format!("{day}.{month}.{year} {time}")
}
