//! Files are read back as spreadsheets read them.

use std::io::Cursor;

use app::Language;
use app::ui::sheet::{Column, MAX_ROWS, PhoneText, Sheet};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use domain::{BasisPoints, Money, Quantity, Timestamp};

use super::{csv, names, xlsx};

#[derive(Clone)]
struct Sample {
    name: &'static str,
    at: &'static str,
    dirams: i64,
    thousandths: Option<i64>,
    count: i64,
    rate: i64,
}

const PLAIN: Sample = Sample {
    name: "Зебо",
    at: "2026-06-05T11:40:09Z",
    dirams: 125_050,
    thousandths: Some(2_050),
    count: 3,
    rate: 750,
};

fn sheet(rows: &[Sample]) -> Sheet {
    let columns = [
        Column::new("Имя", |row: &Sample| row.name.to_owned()),
        Column::new("Когда", |row: &Sample| {
            Timestamp::parse_rfc3339(row.at).unwrap()
        }),
        Column::new("Сумма", |row: &Sample| Money::from_dirams(row.dirams)),
        Column::new("Количество", |row: &Sample| {
            row.thousandths.map(Quantity::from_thousandths)
        }),
        Column::new("Чеков", |row: &Sample| row.count),
        Column::new("Доля", |row: &Sample| BasisPoints::new(row.rate)),
        Column::new("Телефон", |_: &Sample| {
            PhoneText("+992900000501".to_owned())
        }),
    ];
    Sheet::new(Language::Ru, "Продажи [все]", &columns, rows)
}

fn read_xlsx(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let row = |row: ::csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

#[test]
fn a_workbook_has_numbers_and_local_times() {
    let rows = read_xlsx(xlsx::write(&sheet(&[PLAIN])).unwrap());
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][1], Data::String("Когда".to_owned()));
    let row = &rows[1];
    assert_eq!(row[0], Data::String("Зебо".to_owned()));
    let Data::DateTime(at) = &row[1] else {
        panic!("{row:?}")
    };
    assert_eq!(at.to_ymd_hms_milli(), (2026, 6, 5, 16, 40, 9, 0));
    assert_eq!(row[2], Data::Float(1250.5));
    assert_eq!(row[3], Data::Float(2.05));
    assert_eq!(row[4], Data::Float(3.0));
    assert_eq!(row[5], Data::Float(0.075));
    assert_eq!(row[6], Data::String("+992 90 000 05 01".to_owned()));
}

#[test]
fn a_csv_opens_in_a_russian_excel() {
    let bytes = csv::write(&sheet(&[PLAIN])).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "\u{feff}Имя;Когда;Сумма;Количество;Чеков;Доля;Телефон\r\n\
         Зебо;05.06.2026 16:40:09;1250,50;2,05;3;7,5%;992 90 000-05-01\r\n"
    );
}

#[test]
fn negative_and_absurd_figures_are_written() {
    let absurd = Sample {
        at: "9999-12-31T23:59:59Z",
        dirams: i64::MIN,
        thousandths: None,
        count: i64::MAX,
        rate: -1,
        ..PLAIN
    };
    let minus = Sample {
        at: "1970-01-01T00:00:00Z",
        dirams: -5,
        ..PLAIN
    };
    let sheet = sheet(&[absurd, minus]);
    let rows = read_csv(&csv::write(&sheet).unwrap());
    assert_eq!(rows[1][2], "-92233720368547758,08");
    assert_eq!(rows[1][3], "");
    assert_eq!(rows[1][5], "-0,01%");
    assert_eq!(rows[2][2], "-0,05");
    assert_eq!(rows[2][1], "01.01.1970 05:00:00");
    let rows = read_xlsx(xlsx::write(&sheet).unwrap());
    assert_eq!(rows[2][2], Data::Float(-0.05));
    assert_eq!(rows[1][3], Data::Empty);
}

#[test]
fn a_hostile_text_stays_a_text() {
    let emoji = "🧾".repeat(255);
    let long = "я".repeat(40_000);
    let texts = [
        ("=cmd|' /C calc'!A0", true),
        ("+1", true),
        ("-1", true),
        ("@SUM(A1)", true),
        ("\tx", true),
        ("\rx", true),
        ("＝1+1", true),
        ("4600000000017", true),
        ("007", true),
        ("0", false),
        ("12345678901", false),
        ("<script>alert(1)</script>", false),
        ("\u{202e}xslx.exe", false),
        ("а;\"б\"\r\nв", false),
        ("_x0041_", false),
        ("", false),
        (emoji.as_str(), false),
    ];
    for (text, is_marked) in texts {
        let sample = Sample {
            name: Box::leak(text.to_owned().into_boxed_str()),
            ..PLAIN
        };
        let sheet = sheet(&[sample]);
        let rows = read_csv(&csv::write(&sheet).unwrap());
        let mark = if is_marked { "'" } else { "" };
        assert_eq!(rows[1][0], format!("{mark}{text}"));
        assert_eq!(rows[1].len(), 7, "{text}");
        let rows = read_xlsx(xlsx::write(&sheet).unwrap());
        let shown = match &rows[1][0] {
            Data::String(shown) => shown.clone(),
            Data::Empty => String::new(),
            other => panic!("{other:?}"),
        };
        assert_eq!(shown, text, "no formula and no mark");
    }
    let sample = Sample {
        name: Box::leak(long.into_boxed_str()),
        ..PLAIN
    };
    let rows = read_xlsx(xlsx::write(&sheet(&[sample])).unwrap());
    assert_eq!(rows[1][0].to_string().chars().count(), 32_767);
}

#[test]
fn a_file_has_at_most_a_hundred_thousand_rows_and_says_so() {
    let full = sheet(&vec![PLAIN; MAX_ROWS]);
    assert_eq!((full.rows.len(), full.cut), (MAX_ROWS, None));
    let cut = sheet(&vec![PLAIN; MAX_ROWS + 1]);
    assert_eq!(cut.rows.len(), MAX_ROWS);
    let sentence = cut.cut.unwrap();
    let short = Sheet {
        rows: cut.rows[..2].to_vec(),
        ..cut
    };
    let rows = read_csv(&csv::write(&short).unwrap());
    assert_eq!(rows[3..], [[sentence]]);
    let rows = read_xlsx(xlsx::write(&short).unwrap());
    assert_eq!(rows[3][0], Data::String(sentence.to_owned()));
}

#[test]
fn a_file_is_named_after_its_list_and_store() {
    let header = names::disposition(
        "Продажи",
        "Мағозаи «\u{202e}A/B\"\r\n»",
        "2026-06-05",
        "csv",
    );
    assert_eq!(
        header,
        "attachment; filename=\"bonex-2026-06-05.csv\"; filename*=UTF-8''\
         %D0%9F%D1%80%D0%BE%D0%B4%D0%B0%D0%B6%D0%B8%20%E2%80%94%20%D0%9C%D0%B0%D2%93%D0%BE%D0%B7\
         %D0%B0%D0%B8%20%C2%ABAB%C2%BB%20%E2%80%94%202026-06-05.csv"
    );
    let long = names::disposition(&"Я".repeat(300), &"🧾".repeat(300), "2026-06-05", "xlsx");
    assert!(long.is_ascii());
}
