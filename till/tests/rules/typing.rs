//! Tests that keys become an amount, a phone or a scanned code, and that no key is lost or added.

use domain::Money;
use proptest::prelude::*;
use till::amount::{AmountEntry, Key};
use till::phone::PhoneEntry;
use till::wedge::{LET_THROUGH, Recognised, Wedge};

const LARGEST: i64 = 999_999_999;

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => (0..=9_u8).prop_map(Key::Digit),
        2 => Just(Key::DoubleZero),
        2 => Just(Key::Comma),
        2 => Just(Key::Backspace),
        1 => (10..=255_u8).prop_map(Key::Digit),
    ]
}

fn typed(keys: &[Key]) -> AmountEntry {
    let mut entry = AmountEntry::default();
    for key in keys {
        entry.press(*key);
    }
    entry
}

/// Computes the entry in a naive way: keeps it as a text and changes only the end.
fn naive(keys: &[Key]) -> String {
    let mut text = String::new();
    let fits = |text: &str| {
        let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
        whole.len() <= 7 && decimals.len() <= 2
    };
    let with = |text: &str, end: &str| {
        let longer = format!("{text}{end}");
        // A leading zero is removed, unless a comma follows it.
        let bare = longer.trim_start_matches('0');
        if bare.is_empty() || bare.starts_with(',') && !longer.starts_with(',') {
            format!("0{bare}")
        } else {
            bare.to_owned()
        }
    };
    for key in keys {
        let longer = match key {
            Key::Digit(digit @ 0..=9) => with(&text, &digit.to_string()),
            Key::Digit(_) => continue,
            Key::DoubleZero if text.contains(',') && !fits(&with(&text, "00")) => with(&text, "0"),
            Key::DoubleZero => with(&text, "00"),
            Key::Comma if text.contains(',') => continue,
            Key::Comma if text.is_empty() => "0,".to_owned(),
            Key::Comma => format!("{text},"),
            Key::Backspace => {
                text.pop();
                continue;
            }
            Key::Clear => String::new(),
        };
        if fits(&longer) {
            text = longer;
        }
    }
    if text.is_empty() {
        "0".to_owned()
    } else {
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn an_amount_agrees_with_its_keys(keys in prop::collection::vec(key(), 0..24)) {
        let entry = typed(&keys);
        let text = entry.text().replace('\u{a0}', "");
        prop_assert_eq!(&text, &naive(&keys));
        let spelt = text.trim_end_matches(',').replace(',', ".");
        prop_assert_eq!(Money::parse(&spelt), Ok(entry.money()));
        prop_assert!((0..=LARGEST).contains(&entry.money().dirams()));
        prop_assert_eq!(entry.is_empty(), text == "0");
    }

    #[test]
    fn backspace_takes_back_one_digit(keys in prop::collection::vec(key(), 0..12), digit in 1..=9_u8) {
        let before = typed(&keys);
        let mut entry = before.clone();
        entry.press(Key::Digit(digit));
        if entry != before {
            entry.press(Key::Backspace);
            prop_assert_eq!(entry, before);
        }
    }

    #[test]
    fn an_entry_made_from_money_has_that_amount(dirams in -10..=2 * LARGEST) {
        let entry = AmountEntry::from_money(Money::from_dirams(dirams));
        prop_assert_eq!(entry.money().dirams(), dirams.clamp(0, LARGEST));
        let mut cleared = entry;
        cleared.press(Key::Clear);
        prop_assert!(cleared.is_empty());
    }

    #[test]
    fn the_first_digit_replaces_a_proposed_amount(dirams in 1..=LARGEST, digit in 1..=9_u8) {
        let filled_in = || AmountEntry::filled_in(Money::from_dirams(dirams));
        prop_assert_eq!(filled_in().money().dirams(), dirams);
        let mut typed = filled_in();
        typed.press(Key::Digit(digit));
        prop_assert_eq!(typed.money(), Money::from_somoni(i64::from(digit)));
        typed.press(Key::Digit(0));
        prop_assert_eq!(typed.money(), Money::from_somoni(i64::from(digit) * 10));
        // A cashier who deletes a digit of the proposal wants to keep the rest.
        let (mut corrected, mut plain) = (filled_in(), AmountEntry::from_money(Money::from_dirams(dirams)));
        for key in [Key::Backspace, Key::Digit(digit)] {
            corrected.press(key);
            plain.press(key);
        }
        prop_assert_eq!(corrected, plain);
    }

    #[test]
    fn a_phone_never_has_more_than_nine_digits(text in any::<String>(), more in "[-+0-9 ()а-я]{0,24}") {
        let mut entry = PhoneEntry::default();
        for text in [text, more] {
            entry.set(&text);
            prop_assert!(entry.digits().len() <= 9);
            prop_assert!(entry.digits().bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(entry.text().replace(' ', ""), entry.digits());
            let mut again = PhoneEntry::default();
            again.set(&entry.text());
            prop_assert_eq!(again.digits(), entry.digits());
            prop_assert_eq!(entry.e164().is_some(), entry.digits().len() == 9);
        }
    }

    #[test]
    fn a_scanned_code_is_recognised_as_a_whole(
        code in "[-+0-9A-Za-z]{5,39}[1-9A-Za-z]",
        gaps in prop::collection::vec(0..=100_i64, 41),
        end in prop::sample::select(vec!["Enter", "Tab"]),
        typed_before in prop::collection::vec("[0-9]", 0..5),
    ) {
        let (mut wedge, mut at) = (Wedge::default(), 1_000);
        for key in typed_before {
            at += 200;
            wedge.key(&key, at);
        }
        at += 200;
        for (place, (key, gap)) in code.chars().zip(&gaps).enumerate() {
            at += gap * i64::from(place > 0);
            let recognised = wedge.key(&key.to_string(), at);
            if place < LET_THROUGH {
                prop_assert_eq!(recognised, Recognised::Nothing);
            } else if place + 1 == code.len() {
                prop_assert_eq!(recognised, Recognised::Burst);
            }
        }
        prop_assert_eq!(wedge.key(end, at + gaps[40]), Recognised::Code(code));
        // A second end key is the scanner's too.
        prop_assert_eq!(wedge.key(end, at + 2 * gaps[40]), Recognised::Burst);
        prop_assert_eq!(wedge.key(end, at + gaps[40] + 301), Recognised::Nothing);
    }

    #[test]
    fn a_person_is_never_taken_for_a_scanner(
        keys in prop::collection::vec(("[0-9а-я]|Enter|Tab|Shift|Backspace", 121..=2_000_i64), 0..40),
    ) {
        let (mut wedge, mut at) = (Wedge::default(), 0);
        for (key, gap) in keys {
            at += gap;
            prop_assert_eq!(wedge.key(&key, at), Recognised::Nothing);
        }
    }

    /// Checks codes with silences at any place, because a busy page may notice them late.
    #[test]
    fn silences_within_a_code_do_not_split_it(
        code in "[0-9]{12}[1-9]",
        silences in prop::collection::vec(any::<bool>(), 13),
        pace in 0..=100_i64,
    ) {
        let (mut wedge, mut at) = (Wedge::default(), 1_000);
        for (key, is_silent) in code.chars().zip(silences) {
            wedge.key(&key.to_string(), at);
            at += pace;
            if is_silent {
                wedge.take();
            }
        }
        let recognised = match wedge.take() {
            Some(taken) => Recognised::Code(taken),
            None => wedge.key("Enter", at),
        };
        prop_assert!(recognised == Recognised::Code(code) || recognised == Recognised::Burst);
    }
}

#[test]
fn keys_of_a_keyboard_become_keys_of_the_keypad() {
    for (key, pressed) in [
        ("0", Some(Key::Digit(0))),
        ("9", Some(Key::Digit(9))),
        (",", Some(Key::Comma)),
        (".", Some(Key::Comma)),
        ("ю", Some(Key::Comma)),
        ("Б", Some(Key::Comma)),
        ("Ю", Some(Key::Comma)),
        ("Backspace", Some(Key::Backspace)),
        ("Delete", Some(Key::Clear)),
        ("Escape", Some(Key::Clear)),
        ("Enter", None),
        ("10", None),
        ("٣", None),
        ("", None),
    ] {
        assert_eq!(Key::from_keyboard(key), pressed, "{key}");
    }
}

#[test]
fn double_zero_adds_two_zeros_or_no_zero() {
    let digits = |digits: &str| -> Vec<Key> {
        let digit = |digit: u8| Key::Digit(digit - b'0');
        digits.bytes().map(digit).collect()
    };
    let somoni = |entry: AmountEntry| entry.money().dirams() / 100;
    let mut keys = digits("12345");
    keys.push(Key::DoubleZero);
    assert_eq!(somoni(typed(&keys)), 1_234_500);
    keys.push(Key::DoubleZero);
    assert_eq!(somoni(typed(&keys)), 1_234_500);
    let mut six = digits("123456");
    six.push(Key::DoubleZero);
    assert_eq!(somoni(typed(&six)), 123_456);
    let decimals = [Key::Digit(7), Key::Comma, Key::Digit(5), Key::DoubleZero];
    assert_eq!(typed(&decimals).text(), "7,50");
}
