//! Tests of amounts and dates (contract, "Every answer" and "Dates"), and of phones in every
//! spelling.

use std::fmt::Write;

use domain::Programme;
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{Server, Till};

/// Sends each of `texts` as the field `name` of a receipt. Returns one line for each: the status,
/// and the value in the answer or the error of the field.
async fn outcomes(till: &Till, name: &str, texts: &[&str]) -> String {
    let mut outcomes = String::new();
    for text in texts {
        let others = if name == "total_amount" {
            ""
        } else {
            r#""total_amount": 10, "#
        };
        let body = format!(r#"{{ {others}"{name}": {text} }}"#);
        let reply = till.post_text("/cashier/receipt", body).await;
        let outcome = match reply.status {
            201 => &reply.data()[name],
            422 => &reply.body["fields"][name],
            _ => panic!("{text}: {reply}"),
        };
        writeln!(outcomes, "{text} -> {} {outcome}", reply.status).unwrap();
    }
    outcomes
}

#[on_both_engines]
async fn an_amount_is_a_decimal_number_of_at_most_two_places(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let texts = [
        "1000.00",
        "7.50",
        "107.55",
        "0.1",
        "0",
        "-0",
        "1e3",
        "1.5E1",
        r#""150.5""#,
        r#"" 12 ""#,
        "1.500",
        "999999999.99",
        "1000000000",
        "1000000000.01",
        "0.001",
        "0.30000000000000004",
        "-1",
        r#""-0.01""#,
        "1e400",
        "-1e400",
        "1e-400",
        "123456789012345678901234567890",
        r#""1_000""#,
        r#""1 000""#,
        r#""0x10""#,
        r#""12,50""#,
        r#""""#,
        r#""много""#,
        r#""NaN""#,
        "NaN",
        "Infinity",
        "-Infinity",
        "true",
        "[1]",
        "{}",
        "null",
    ];
    let outcomes = outcomes(&server.till(), "total_amount", &texts).await;
    insta::allow_duplicates! { insta::assert_snapshot!(outcomes, @r#"
    1000.00 -> 201 1000
    7.50 -> 201 7.5
    107.55 -> 201 107.55
    0.1 -> 201 0.1
    0 -> 201 0
    -0 -> 201 0
    1e3 -> 201 1000
    1.5E1 -> 201 15
    "150.5" -> 201 150.5
    " 12 " -> 201 12
    1.500 -> 201 1.5
    999999999.99 -> 201 999999999.99
    1000000000 -> 201 1000000000
    1000000000.01 -> 422 "слишком большое число"
    0.001 -> 422 "не больше 2 знаков после запятой"
    0.30000000000000004 -> 422 "не больше 2 знаков после запятой"
    -1 -> 422 "не может быть отрицательным"
    "-0.01" -> 422 "не может быть отрицательным"
    1e400 -> 422 "слишком большое число"
    -1e400 -> 422 "слишком большое число"
    1e-400 -> 422 "не больше 2 знаков после запятой"
    123456789012345678901234567890 -> 422 "слишком большое число"
    "1_000" -> 422 "должно быть числом"
    "1 000" -> 422 "должно быть числом"
    "0x10" -> 422 "должно быть числом"
    "12,50" -> 422 "должно быть числом"
    "" -> 422 "должно быть числом"
    "много" -> 422 "должно быть числом"
    "NaN" -> 422 "должно быть числом"
    NaN -> 422 "должно быть числом"
    Infinity -> 422 "должно быть числом"
    -Infinity -> 422 "должно быть числом"
    true -> 422 "должно быть числом"
    [1] -> 422 "должно быть числом"
    {} -> 422 "должно быть числом"
    null -> 422 "обязательное поле"
    "#); }
}

#[on_both_engines]
async fn a_moment_is_iso_8601_and_answered_in_utc(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let texts = [
        r#""2026-06-05T14:30:00""#,
        r#""2026-06-05T14:30:00Z""#,
        r#""2026-06-05T19:30:00+05:00""#,
        r#""2026-06-05T14:30:00.123456""#,
        r#""2026-06-05T14:30""#,
        r#""2026-06-05 14:30:00""#,
        r#""2026-06-05""#,
        r#""2026-06-05T14:30Z""#,
        r#""2026-06-05T19:30+05""#,
        r#""20260605T143000""#,
        r#""2026-06-05 14:30:00,5""#,
        r#""2000-01-01T00:00:00""#,
        r#""2026-06-06T14:30:00""#,
        "null",
        r#""1999-12-31T23:59:59""#,
        r#""2026-06-06T14:30:01""#,
        r#""0001-01-01T00:00:00""#,
        r#""9999-12-31T23:59:59""#,
        r#""1969-12-31T23:59:59""#,
        r#""10000-01-01T00:00:00""#,
        r#""2026-02-30T00:00:00""#,
        r#""05.06.2026""#,
        r#""вчера""#,
        r#""""#,
        "1780669800",
        "{}",
    ];
    let outcomes = outcomes(&server.till(), "receipt_date", &texts).await;
    insta::allow_duplicates! { insta::assert_snapshot!(outcomes, @r#"
    "2026-06-05T14:30:00" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05T14:30:00Z" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05T19:30:00+05:00" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05T14:30:00.123456" -> 201 "2026-06-05T14:30:00.123456+00:00"
    "2026-06-05T14:30" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05 14:30:00" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05" -> 201 "2026-06-05T00:00:00+00:00"
    "2026-06-05T14:30Z" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05T19:30+05" -> 201 "2026-06-05T14:30:00+00:00"
    "20260605T143000" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-05 14:30:00,5" -> 201 "2026-06-05T14:30:00.500+00:00"
    "2000-01-01T00:00:00" -> 201 "2000-01-01T00:00:00+00:00"
    "2026-06-06T14:30:00" -> 201 "2026-06-06T14:30:00+00:00"
    null -> 201 "2026-06-05T14:30:00+00:00"
    "1999-12-31T23:59:59" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-06-06T14:30:01" -> 201 "2026-06-05T14:30:00+00:00"
    "0001-01-01T00:00:00" -> 201 "2026-06-05T14:30:00+00:00"
    "9999-12-31T23:59:59" -> 201 "2026-06-05T14:30:00+00:00"
    "1969-12-31T23:59:59" -> 201 "2026-06-05T14:30:00+00:00"
    "10000-01-01T00:00:00" -> 201 "2026-06-05T14:30:00+00:00"
    "2026-02-30T00:00:00" -> 201 "2026-06-05T14:30:00+00:00"
    "05.06.2026" -> 201 "2026-06-05T14:30:00+00:00"
    "вчера" -> 201 "2026-06-05T14:30:00+00:00"
    "" -> 201 "2026-06-05T14:30:00+00:00"
    1780669800 -> 201 "2026-06-05T14:30:00+00:00"
    {} -> 422 "должно быть строкой"
    "#); }
}

#[on_both_engines]
async fn a_phone_may_begin_with_zeros_and_is_found_however_it_is_written(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    for (registered, spellings) in [
        (
            "+992 00 123 45 67",
            [
                "001234567",
                "992001234567",
                "00992001234567",
                "+992001234567",
                "00\u{2011}123\u{202f}45\u{2009}67",
            ],
        ),
        (
            "01 123-45-67",
            [
                "011234567",
                "992011234567",
                "00992 01 1234567",
                "+992 (01) 123\u{2212}45\u{2013}67",
                "\u{feff}01\u{ad}1234567",
            ],
        ),
        (
            "009920001",
            [
                "009920001",
                "992009920001",
                "00992009920001",
                "+992009920001",
                "\u{202a}00 992 0001\u{202c}",
            ],
        ),
    ] {
        let reply = till
            .post("/cashier/client/register", json!({ "phone": registered }))
            .await;
        assert_eq!(reply.status, 201, "{registered}: {reply}");
        for spelling in spellings {
            let found = till.lookup(spelling, None).await;
            assert_eq!(
                found.data()["phone"],
                reply.data()["phone"],
                "{spelling:?}: {found}"
            );
            assert_eq!(
                till.sell(spelling, "10", "0", "").await.status,
                201,
                "{spelling:?}"
            );
        }
        let card = reply.data()["card_number"]
            .as_str()
            .unwrap()
            .replace('-', "\u{2011}");
        assert_eq!(
            till.lookup(&card, None).await.data()["id"],
            reply.data()["id"]
        );
    }
    server.shop.assert_sound().await;
}
