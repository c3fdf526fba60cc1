//! Whether an answer is what a vector expects.

use std::str::FromStr;

use domain::{DocumentDate, Timestamp};
use rust_decimal::Decimal;
use serde_json::Value;

/// The seconds within which a date is now.
const NOW_SECONDS: i64 = 3_600;

/// Returns the places in `answer` that are not as `expected` says: their paths, and what was
/// expected there.
pub(super) fn differences(
    expected: &Value,
    answer: Option<&Value>,
    now: Timestamp,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    compare("", expected, answer, now, &mut found);
    found
}

fn compare(
    path: &str,
    expected: &Value,
    answer: Option<&Value>,
    now: Timestamp,
    found: &mut Vec<(String, String)>,
) {
    if let (Value::Object(fields), Some(answer @ Value::Object(_))) = (expected, answer) {
        for (name, field) in fields {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            compare(&path, field, answer.get(name), now, found);
        }
        return;
    }
    if !is_equal(expected, answer, now) {
        found.push((path.to_owned(), expected.to_string()));
    }
}

fn is_equal(expected: &Value, answer: Option<&Value>, now: Timestamp) -> bool {
    let answer = answer.unwrap_or(&Value::Null);
    match expected {
        Value::String(text) => match text.strip_prefix('$') {
            Some(kind) => is_of_kind(kind, answer, now),
            None => answer.as_str() == Some(text),
        },
        Value::Number(number) => match answer {
            Value::Number(other) => {
                let decimal = |number: &serde_json::Number| Decimal::from_str(&number.to_string());
                decimal(number).is_ok() && decimal(number).ok() == decimal(other).ok()
            }
            _ => false,
        },
        Value::Array(items) => answer.as_array().is_some_and(|others| {
            let mut pairs = items.iter().zip(others);
            items.len() == others.len()
                && pairs.all(|(item, other)| is_equal(item, Some(other), now))
        }),
        other => answer == other,
    }
}

fn is_of_kind(kind: &str, answer: &Value, now: Timestamp) -> bool {
    let date = || answer.as_str().and_then(DocumentDate::parse);
    match kind {
        "any" => !answer.is_null(),
        "absent" => answer.is_null(),
        "text" => answer.as_str().is_some_and(|text| !text.is_empty()),
        "number" => answer.is_number(),
        "bool" => answer.is_boolean(),
        "list" => answer.is_array(),
        "date" => date().is_some(),
        "now" => date().is_some_and(|date| {
            let seconds = (date.at.micros() - now.micros()) / 1_000_000;
            seconds.abs() <= NOW_SECONDS
        }),
        _ => kind.strip_prefix("one_of ").is_some_and(|words| {
            let mut words = words.split(' ');
            words.any(|word| answer.as_str() == Some(word))
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOON: Timestamp = Timestamp::from_micros(1_780_669_800_000_000);

    #[test]
    fn an_answer_may_have_more_than_is_expected_and_not_less() {
        let now = NOON.to_string();
        for (expected, answer, wrong) in [
            (json!({ "a": 1 }), json!({ "a": 1.0, "b": 2 }), &[][..]),
            (json!({ "a": 1.5 }), json!({ "a": 1.50 }), &[]),
            (json!({ "a": 1 }), json!({ "a": "1" }), &["a"]),
            (
                json!({ "a": { "b": "$text" } }),
                json!({ "a": { "b": "" } }),
                &["a.b"],
            ),
            (json!({ "a": { "b": 1 } }), json!({ "a": null }), &["a"]),
            (json!({ "a": "$any" }), json!({}), &["a"]),
            (json!({ "a": "$absent" }), json!({ "a": null }), &[]),
            (json!({ "a": "$absent" }), json!({ "a": 0 }), &["a"]),
            (json!({ "a": "$number" }), json!({ "a": "1" }), &["a"]),
            (json!({ "a": "$one_of x y" }), json!({ "a": "y" }), &[]),
            (json!({ "a": "$one_of x y" }), json!({ "a": "z" }), &["a"]),
            (json!({ "a": "$now" }), json!({ "a": now }), &[]),
            (
                json!({ "a": "$now" }),
                json!({ "a": "2026-01-01T00:00:00+00:00" }),
                &["a"],
            ),
            (json!({ "a": "$date" }), json!({ "a": "soon" }), &["a"]),
            (
                json!({ "a": "$unknown" }),
                json!({ "a": "$unknown" }),
                &["a"],
            ),
            (json!({ "a": [1, 2] }), json!({ "a": [1] }), &["a"]),
            (
                json!({ "a": true, "b": 1 }),
                json!({ "a": false }),
                &["a", "b"],
            ),
        ] {
            let found = differences(&expected, Some(&answer), NOON);
            let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(paths, wrong, "{expected} {answer}");
        }
        assert_eq!(differences(&json!({ "a": 1 }), None, NOON).len(), 1);
    }
}
