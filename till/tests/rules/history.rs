//! Tests of the shift's sums and of the search.

use domain::Money;
use proptest::prelude::*;
use till::journal::{Kind, Record, Shift, name_of, returned, search, shift};

use crate::strategies::NOW_MS;

fn record(kind: Kind, at_ms: i64, total_dirams: i64) -> Record {
    Record {
        external_id: format!("id-{at_ms}"),
        kind,
        at_ms,
        number: None,
        phone: None,
        name: None,
        total_dirams,
        redeemed_dirams: 0,
        accrued_dirams: 0,
        balance_dirams: None,
        cash_dirams: 0,
        settled_dirams: 0,
        problem: None,
        seen: false,
        return_of: None,
        instead_of: None,
        voided: false,
    }
}

#[test]
fn goods_returned_are_the_sum_of_the_recorded_returns() {
    let back = |of: &str, number, dirams| Record {
        number,
        return_of: Some(of.to_owned()),
        ..record(Kind::Return, NOW_MS, dirams)
    };
    let records = [
        back("check", Some(1), 100),
        back("check", Some(2), 20),
        back("check", None, 7),
        back("another", Some(3), 9),
    ];
    assert_eq!(returned(&records, "check"), Money::from_dirams(120));
}

#[test]
fn digits_of_a_card_do_not_match_a_phone() {
    let phone = Some("+992910000007".to_owned());
    let records = [Record {
        phone,
        ..record(Kind::Sale, NOW_MS, 10_000)
    }];
    assert_eq!(search(&records, "10000007", 300).len(), 1);
    assert_eq!(search(&records, "001-0000007", 300), Vec::<&Record>::new());
}

fn history() -> Vec<Record> {
    vec![
        Record {
            number: Some(1_001),
            phone: Some("+992901234567".to_owned()),
            name: Some("Парвиз Солиев".to_owned()),
            redeemed_dirams: 4_500,
            accrued_dirams: 775,
            ..record(Kind::Sale, NOW_MS - 50, 20_000)
        },
        Record {
            number: Some(77),
            ..record(Kind::Receipt, NOW_MS - 40, 15_050)
        },
        Record {
            phone: Some("+992918887766".to_owned()),
            name: Some("Алёна Ҳакимова".to_owned()),
            accrued_dirams: 1,
            ..record(Kind::Sale, NOW_MS - 30, 99)
        },
        Record {
            return_of: Some(format!("id-{}", NOW_MS - 50)),
            redeemed_dirams: 4_500,
            accrued_dirams: 775,
            cash_dirams: 15_500,
            ..record(Kind::Return, NOW_MS - 20, 20_000)
        },
    ]
}

#[test]
fn a_client_has_the_name_of_the_last_check() {
    let mut records = history();
    assert_eq!(name_of(&records, "+992901234567").unwrap(), "Парвиз Солиев");
    assert_eq!(name_of(&records, "+992900000000"), None);
    for (at_ms, name) in [(NOW_MS - 60, "Парвиз"), (NOW_MS, "Парвиз Солиев-зода")]
    {
        records.push(Record {
            name: Some(name.to_owned()),
            phone: Some("+992901234567".to_owned()),
            ..record(Kind::Sale, at_ms, 100)
        });
    }
    records.push(Record {
        phone: Some("+992901234567".to_owned()),
        ..record(Kind::Sale, NOW_MS + 1, 100)
    });
    let name = name_of(&records, "+992901234567");
    assert_eq!(name.unwrap(), "Парвиз Солиев-зода");
}

#[test]
fn the_sums_of_a_shift_are_correct() {
    let records = history();
    assert_eq!(
        shift(&records, NOW_MS - 50),
        Shift {
            receipts: 3,
            total: Money::from_dirams(35_149),
            redeemed: Money::from_dirams(4_500),
            accrued: Money::from_dirams(776),
            returned: Money::from_dirams(20_000),
            received: Money::from_dirams(35_149 - 4_500 - 15_500),
            anonymous: 1,
            anonymous_share_percent: 33,
        }
    );
    let later = shift(&records, NOW_MS - 49);
    assert_eq!((later.receipts, later.anonymous_share_percent), (2, 50));
    assert_eq!(shift(&records, NOW_MS), Shift::default());
    let eighth: Vec<Record> = (0..8)
        .map(|at| record(if at == 0 { Kind::Receipt } else { Kind::Sale }, at, 1))
        .collect();
    assert_eq!(shift(&eighth, 0).anonymous_share_percent, 13);
}

#[test]
fn a_record_is_found_by_phone_name_amount_or_number() {
    let records = history();
    let found = |text: &str| -> Vec<i64> {
        let found = search(&records, text, 300);
        found.iter().map(|record| NOW_MS - record.at_ms).collect()
    };
    for (text, ages) in [
        ("", vec![20, 30, 40, 50]),
        ("  ", vec![20, 30, 40, 50]),
        ("+992 90 123-45-67", vec![50]),
        ("00992901234567", vec![50]),
        ("8877", vec![30]),
        ("солиев пар", vec![50]),
        ("ҲАКИМОВА", vec![30]),
        ("алена", vec![30]),
        ("150", vec![40]),
        ("150,50", vec![40]),
        ("150.5", vec![40]),
        ("150,00", vec![]),
        ("200", vec![20, 50]),
        ("0,99", vec![30]),
        ("1001", vec![50]),
        ("№ 77", vec![40]),
        ("Солиев Рустам", vec![]),
        ("+", vec![]),
        ("20.05", vec![]),
    ] {
        assert_eq!(found(text), ages, "{text:?}");
    }
}

#[test]
fn a_record_is_found_by_its_day_on_the_local_clock() {
    // 2026-06-05 00:30 in Dushanbe, which is the evening before in UTC.
    let at_ms = 1_780_601_400_000_i64;
    let records = [record(Kind::Sale, at_ms, 20_000)];
    let found = |text: &str| search(&records, text, 300).len();
    for text in [
        "5.6",
        "05.06",
        "5.06.26",
        "05.06.2026",
        "05/06/2026",
        " 05.06. ",
        "5.6.2",
        "5.6.20",
        "5.6.202",
    ] {
        assert_eq!(found(text), 1, "{text:?}");
    }
    for text in ["4.6", "05.07", "05.06.2025", "005.06", "5.", "05.06.20267"] {
        assert_eq!(found(text), 0, "{text:?}");
    }
    assert_eq!(search(&records, "04.06", 0).len(), 1);
    // The text may still be an amount.
    let dear = [record(Kind::Sale, at_ms, 1_112)];
    assert_eq!(search(&dear, "11.12", 300).len(), 1);
}

#[test]
fn a_voided_check_counts_for_nothing() {
    let kept = record(Kind::Receipt, NOW_MS, 100);
    let voided = Record {
        voided: true,
        ..record(Kind::Receipt, NOW_MS, 7_000)
    };
    let sums = shift(&[kept, voided], NOW_MS);
    assert_eq!((sums.receipts, sums.total), (1, Money::from_dirams(100)));
}

#[test]
fn only_a_recorded_receipt_can_be_voided_and_only_for_a_day() {
    const DAY_MS: i64 = 24 * 3_600_000;
    let receipt = Record {
        number: Some(1),
        ..record(Kind::Receipt, NOW_MS, 100)
    };
    assert!(receipt.may_be_voided(NOW_MS + DAY_MS - 1));
    assert!(!receipt.may_be_voided(NOW_MS + DAY_MS));
    let not = |change: fn(&mut Record)| {
        let mut record = receipt.clone();
        change(&mut record);
        assert!(!record.may_be_voided(NOW_MS), "{record:?}");
    };
    not(|record| record.kind = Kind::Sale);
    not(|record| record.number = None);
    not(|record| record.voided = true);
}

proptest! {
    #[test]
    fn a_search_finds_each_record_once_newest_first(
        text in any::<String>(),
        moments in prop::collection::vec(0..100_i64, 0..20),
    ) {
        let records: Vec<Record> = moments
            .iter()
            .map(|&at| record(Kind::Sale, at, at * 100))
            .collect();
        let found = search(&records, &text, 300);
        prop_assert!(found.len() <= records.len());
        prop_assert!(found.is_sorted_by(|newer, older| newer.at_ms >= older.at_ms));
        prop_assert_eq!(search(&records, "", 300).len(), records.len());
    }

    #[test]
    fn damaged_records_cause_no_panic(totals in prop::collection::vec(any::<i64>(), 0..8)) {
        let records: Vec<Record> = totals.iter().map(|&total| record(Kind::Receipt, 0, total)).collect();
        let sums = shift(&records, 0);
        prop_assert_eq!(sums.receipts, sums.anonymous);
        prop_assert_eq!(sums.anonymous_share_percent, if records.is_empty() { 0 } else { 100 });
        search(&records, "1", 300);
    }
}

#[test]
fn a_record_is_stored_and_read_back() {
    let records = history();
    let json = serde_json::to_string(&records).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Record>>(&json).unwrap(), records);
    assert!(json.contains(r#""kind":"return""#));
}
