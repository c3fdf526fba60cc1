use super::*;
use crate::FieldError;

#[test]
fn amounts_are_read_exactly_and_printed_in_the_shortest_form() {
    for (text, dirams, printed) in [
        ("1000.00", 100_000, "1000"),
        ("7.5", 750, "7.5"),
        ("107.55", 10_755, "107.55"),
        ("0.07", 7, "0.07"),
        ("1e3", 100_000, "1000"),
        ("1.500", 150, "1.5"),
        ("-0", 0, "0"),
    ] {
        let money = Money::parse(text).unwrap();
        assert_eq!(
            (money.dirams(), money.to_string().as_str()),
            (dirams, printed)
        );
    }
    assert_eq!(Money::from_dirams(-705).to_string(), "-7.05");
}

#[test]
fn text_that_is_not_an_amount_is_refused_with_its_reason() {
    for (text, why) in [
        ("", FieldError::NotANumber),
        ("NaN", FieldError::NotANumber),
        ("12 som", FieldError::NotANumber),
        ("-0.01", FieldError::Negative),
        ("0.001", FieldError::TooPrecise { decimals: 2 }),
        (
            "0.30000000000000004",
            FieldError::TooPrecise { decimals: 2 },
        ),
        ("1000000000.01", FieldError::TooLarge),
        ("1e400", FieldError::TooLarge),
        ("1e-400", FieldError::TooPrecise { decimals: 2 }),
        ("99999999999999999999999999999999999", FieldError::TooLarge),
    ] {
        assert_eq!(Money::parse(text), Err(why), "{text}");
    }
}

#[test]
fn a_descriptive_amount_is_rounded_and_may_be_negative() {
    for (text, dirams) in [
        ("-20.5", Some(-2_050)),
        ("0", Some(0)),
        ("0.005", Some(1)),
        ("-0.005", Some(-1)),
        ("33.333333333333336", Some(3_333)),
        (
            "0.1000000000000000055511151231257827021181583404541015625",
            Some(10),
        ),
        ("1e-3", Some(0)),
        ("-1000000000", Some(-100_000_000_000)),
        ("1000000000.01", None),
        ("1e400", None),
        ("1_000", None),
        ("", None),
        ("ten", None),
    ] {
        let read = Money::parse_rounded(text).map(Money::dirams);
        assert_eq!(read, dirams, "{text}");
    }
    let grams = Quantity::parse_rounded("-0.0005").map(Quantity::thousandths);
    assert_eq!(grams, Some(-1));
}

#[test]
fn accruals_round_half_up_and_limits_round_down() {
    let five = BasisPoints::from_percent(5);
    assert_eq!(
        Money::from_dirams(10).percent_half_up(five),
        Money::from_dirams(1)
    );
    assert_eq!(Money::from_dirams(9).percent_half_up(five), Money::ZERO);
    assert_eq!(Money::from_dirams(19).percent_floor(five), Money::ZERO);
    assert_eq!(
        Money::from_dirams(1)
            .pro_rata(Money::from_dirams(1), Money::from_dirams(2))
            .dirams(),
        1
    );
}
