//! JSON as the platform reads and writes it.

use serde_json::Value as Json;

use super::core::{Content, Raised, Run, Value};
use super::objects::{Array, Map, Structure};

/// Reads a text; objects become `Соответствие` or `Структура`.
pub(super) fn read(text: &str, as_map: bool) -> Run<Value> {
    let parsed: Json = serde_json::from_str(text)
        .map_err(|error| Raised::new(format!("Непредвиденный символ при чтении JSON ({error})")))?;
    value(parsed, as_map)
}

fn value(json: Json, as_map: bool) -> Run<Value> {
    Ok(match json {
        Json::Null => Value::Undefined,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => {
            let number = number.to_string().parse();
            Value::Number(number.map_err(|_| Raised::new("Слишком большое число"))?)
        }
        Json::String(text) => Value::text(text),
        Json::Array(items) => {
            let items = items.into_iter().map(|item| value(item, as_map));
            Value::object(Array::of(items.collect::<Run<_>>()?))
        }
        Json::Object(fields) if as_map => {
            let map = Map::default();
            for (name, field) in fields {
                map.put(Value::text(name), value(field, as_map)?);
            }
            Value::object(map)
        }
        Json::Object(fields) => {
            let structure = Structure::default();
            for (name, field) in fields {
                structure.0.put(&name, value(field, as_map)?);
            }
            Value::object(structure)
        }
    })
}

/// Writes a value. What JSON cannot hold is an error, as on the platform.
pub(super) fn write(value: &Value) -> Run<String> {
    Ok(match value {
        Value::Undefined | Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Text(text) => Json::from(text.as_ref()).to_string(),
        Value::Object(object) => match object.content() {
            Content::List(items) => {
                let items: Vec<String> = items.iter().map(write).collect::<Run<_>>()?;
                format!("[{}]", items.join(","))
            }
            Content::Fields(fields) => {
                let field = |(name, value): &(String, Value)| {
                    Ok(format!("{}:{}", Json::from(name.as_str()), write(value)?))
                };
                let fields: Vec<String> = fields.iter().map(field).collect::<Run<_>>()?;
                format!("{{{}}}", fields.join(","))
            }
            Content::Other => return Err(unwritable(value)),
        },
        Value::Date(_) | Value::Enum(_) => return Err(unwritable(value)),
    })
}

fn unwritable(value: &Value) -> Raised {
    let of = value.type_name();
    Raised::new(format!(
        "Передано недопустимое значение для записи в JSON ({of})"
    ))
}
