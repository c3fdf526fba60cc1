//! The places of the vectors: `{{name}}`, `{{name + 1}}`, `{{name text}}`, `{{id name}}`.

use std::collections::BTreeMap;

use domain::Money;
use serde_json::Value;
use uuid::Uuid;

/// The variables of a run.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: BTreeMap<String, Value>,
    ids: BTreeMap<String, String>,
}

/// A place without a value.
pub(super) type NoValue = String;

impl Places {
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.known.insert(name.to_owned(), value);
    }

    pub(super) fn forget(&mut self, name: &str) {
        self.known.remove(name);
    }

    /// Returns the text of a variable; empty if it is not known.
    pub(super) fn text(&self, name: &str) -> String {
        self.known.get(name).map(text_of).unwrap_or_default()
    }

    /// Returns whether a variable is a sum above zero.
    pub(super) fn is_above_zero(&self, name: &str) -> bool {
        let sum = self.known.get(name).and_then(money_of);
        sum.is_some_and(Money::is_positive)
    }

    /// Fills in a JSON value. A text that is only a place becomes what the variable is.
    pub(super) fn value(&mut self, value: &Value) -> Result<Value, NoValue> {
        Ok(match value {
            Value::String(text) => match only_place(text) {
                Some(place) => self.place(place)?,
                None => Value::String(self.fill(text, str::to_owned)?),
            },
            Value::Array(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.value(item)).collect();
                Value::Array(items?)
            }
            Value::Object(fields) => {
                let fields: Result<_, NoValue> = fields
                    .iter()
                    .map(|(name, field)| Ok((name.clone(), self.value(field)?)))
                    .collect();
                Value::Object(fields?)
            }
            other => other.clone(),
        })
    }

    /// Fills in a text; `written` encodes each value.
    pub(super) fn fill(
        &mut self,
        text: &str,
        written: impl Fn(&str) -> String,
    ) -> Result<String, NoValue> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((place, after)) = after.split_once("}}") else {
                break;
            };
            filled.push_str(before);
            filled.push_str(&written(&text_of(&self.place(place)?)));
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn place(&mut self, place: &str) -> Result<Value, NoValue> {
        let no_value = || place.to_owned();
        let words: Vec<&str> = place.split(' ').collect();
        match *words.as_slice() {
            [name] => self.known.get(name).cloned().ok_or_else(no_value),
            ["id", name] => Ok(Value::String(self.id(name))),
            ["ID", name] => Ok(Value::String(self.id(name).to_uppercase())),
            [name, "text"] => {
                let value = self.known.get(name).ok_or_else(no_value)?;
                Ok(Value::String(text_of(value)))
            }
            [name, sign @ ("+" | "-"), other] => {
                let sum = |name: &str| match self.known.get(name) {
                    Some(value) => money_of(value),
                    None => Money::parse(name).ok(),
                };
                let (own, other) = sum(name).zip(sum(other)).ok_or_else(no_value)?;
                let dirams = match sign {
                    "+" => own.dirams().checked_add(other.dirams()),
                    _ => own.dirams().checked_sub(other.dirams()),
                };
                let sum = Money::from_dirams(dirams.ok_or_else(no_value)?);
                serde_json::from_str(&sum.to_string()).map_err(|_| no_value())
            }
            _ => Err(no_value()),
        }
    }

    /// Returns the id of this run with a name.
    fn id(&mut self, name: &str) -> String {
        let new = || Uuid::new_v4().to_string();
        self.ids.entry(name.to_owned()).or_insert_with(new).clone()
    }
}

fn only_place(text: &str) -> Option<&str> {
    let place = text.strip_prefix("{{")?.strip_suffix("}}")?;
    (!place.contains("{{")).then_some(place)
}

/// Returns a value as it stands in a text.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Returns the sum that a number or a text is.
pub(super) fn money_of(value: &Value) -> Option<Money> {
    match value {
        Value::Number(_) | Value::String(_) => text_of(value).parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_filled_in() {
        let mut places = Places::default();
        places.set("total", json!(10));
        places.set("max", json!(0.3));
        places.set("phone", json!("+992999999999"));
        for (value, filled) in [
            (json!("{{total}}"), json!(10)),
            (json!("{{total text}}"), json!("10")),
            (json!("{{max + 0.01}}"), json!(0.31)),
            (json!("{{total - max}}"), json!(9.7)),
            (json!(["{{phone}}", null]), json!(["+992999999999", null])),
            (
                json!({ "a": "{{phone}}-x" }),
                json!({ "a": "+992999999999-x" }),
            ),
            (json!("{"), json!("{")),
        ] {
            assert_eq!(places.value(&value).unwrap(), filled, "{value}");
        }
        let encoded = places.fill("/client/{{phone}}", |text| text.replace('+', "%2B"));
        assert_eq!(encoded.unwrap(), "/client/%2B992999999999");
        let id = places.value(&json!("{{id sale}}")).unwrap();
        assert_eq!(places.value(&json!("{{id sale}}")).unwrap(), id);
        assert_ne!(places.value(&json!("{{id other}}")).unwrap(), id);
        for unknown in ["{{nobody}}", "{{phone + 1}}", "{{total * 2}}", "{{}}"] {
            assert!(places.value(&json!(unknown)).is_err(), "{unknown}");
        }
    }
}
