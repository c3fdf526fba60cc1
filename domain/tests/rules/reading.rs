//! Any text that a till sends is either read or refused, and never causes a panic. A value that was
//! read and printed reads back as the same value.

use domain::{CardNumber, Ean13, Identifier, Money, Phone, Quantity, Timestamp};
use proptest::prelude::*;

/// Generates texts similar to the accepted formats and texts very different from them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-+]?[0-9]{0,45}[.,_]?[0-9]{0,30}([eE][-+]?[0-9]{0,12})?",
        "[ +()0-9-]{0,20}",
        "[0-9]{1,3}-?[0-9]{1,10}",
        "200[0-9]{10}",
        "[0-9]{4}-?[0-9]{2}-?[0-9]{2}([Tt ][0-9]{2}(:?[0-9]{2}(:?[0-9]{2}([.,][0-9]{0,12})?)?)?(Z|[-+][0-9]{2}(:?[0-9]{2})?)?)?",
        "[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,12})?)?(Z|[-+][0-9]{2}:?[0-9]{2})?)?",
    ]
}

/// Computes the value of a plain decimal in units of 10^-`decimals`. Returns `None` if the decimal
/// has more digits than that.
fn by_hand(digits: &str, decimals: usize) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let padding = "0".repeat(decimals.checked_sub(fraction.len())?);
    format!("{whole}{fraction}{padding}").parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_text_panics_and_values_read_back_unchanged(text in text()) {
        if let Ok(money) = Money::parse(&text) {
            prop_assert!(money >= Money::ZERO && money <= Money::MAX_INPUT);
            prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
        }
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert!(phone.as_str().starts_with('+'));
            prop_assert!((9..=16).contains(&phone.as_str().len()));
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
        }
        if let Ok(moment) = Timestamp::parse_rfc3339(&text) {
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Ok(moment));
        }
        match Identifier::parse(&text) {
            Ok(Identifier::Phone(phone)) => {
                prop_assert_eq!(Identifier::parse(phone.as_str()), Ok(Identifier::Phone(phone)));
            }
            Ok(Identifier::Card(card)) => {
                prop_assert_eq!(Identifier::parse(&card.to_string()), Ok(Identifier::Card(card)));
            }
            Ok(Identifier::Ean13(ean13)) => {
                prop_assert_eq!(Identifier::parse(ean13.as_str()), Ok(Identifier::Ean13(ean13)));
            }
            Err(_) => {}
        }
    }

    #[test]
    fn a_decimal_is_read_to_the_diram(
        digits in "(0|[1-9][0-9]{0,8})(\\.[0-9]{1,5})?",
    ) {
        prop_assert_eq!(Money::parse(&digits).ok().map(Money::dirams), by_hand(&digits, 2));
        prop_assert_eq!(Quantity::parse(&digits).ok().map(Quantity::thousandths), by_hand(&digits, 3));
    }

    #[test]
    fn an_amount_prints_its_shortest_form(dirams in 0..=Money::MAX_INPUT.dirams()) {
        let printed = Money::from_dirams(dirams).to_string();
        prop_assert_eq!(Money::parse(&printed), Ok(Money::from_dirams(dirams)));
        prop_assert!(!printed.contains('.') || !printed.ends_with(['0', '.']));
    }

    #[test]
    fn a_moment_prints_and_reads_back(micros in 0..=253_402_300_799_999_999_i64) {
        let moment = Timestamp::from_micros(micros);
        prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Ok(moment));
    }

    #[test]
    fn one_wrong_digit_of_a_barcode_is_noticed(
        series in 0..=999_u16,
        number in 0..=9_999_999_u32,
        place in 3..13_usize,
        shift in 1..=9_u8,
    ) {
        let ean13: Ean13 = CardNumber::new(series, number).unwrap().ean13();
        prop_assert!(Identifier::parse(ean13.as_str()).is_ok());
        let mut digits = ean13.as_str().as_bytes().to_vec();
        digits[place] = b'0' + (digits[place] - b'0' + shift) % 10;
        prop_assert!(Identifier::parse(&String::from_utf8(digits).unwrap()).is_err());
    }

    #[test]
    fn a_phone_is_one_number_however_it_is_written(
        national in "[0-9]{9}",
        prefix in prop::sample::select(vec!["", "992", "00992", "+992", "+992 "]),
        gaps in prop::collection::vec(prop::sample::select(vec!["", " ", "-", "(", ")", "\u{2011}", "\u{202f}", "\u{feff}"]), 9),
    ) {
        let spaced: String = national
            .chars()
            .zip(gaps)
            .flat_map(|(digit, gap)| [digit.to_string(), gap.to_owned()])
            .collect();
        let phone = Phone::parse(&format!("{prefix}{spaced}"));
        prop_assert_eq!(phone.map(|phone| phone.to_string()), Ok(format!("+992{national}")));
    }
}

#[test]
fn text_that_only_looks_like_an_amount_is_refused() {
    for text in [
        "1_000", "1,5", "1 000", "0x10", "١٢", "1.2.3", "e5", "1e", ".", "--1", "∞",
    ] {
        assert!(Money::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_leap_second_does_not_reach_the_year_10000() {
    assert!(Timestamp::parse_rfc3339("9999-12-31T23:59:59Z").is_ok());
    assert!(Timestamp::parse_rfc3339("9999-12-31T23:59:60Z").is_err());
}
