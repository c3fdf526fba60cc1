//! An example of a schema, assembled from the examples of its fields.

use serde_json::{Map, Value};

/// Returns the schema that a `$ref` points to, or the schema itself.
pub(super) fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?))
        .unwrap_or(schema)
}

/// Returns an example of `schema`, or null if no example is defined and none can be assembled.
pub(super) fn example(document: &Value, schema: &Value) -> Value {
    if let Some(own) = schema.get("example") {
        return own.clone();
    }
    let schema = resolve(document, schema);
    if let Some(own) = schema.get("example") {
        return own.clone();
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let members = properties
            .iter()
            .map(|(name, property)| (name.clone(), example(document, property)));
        return Value::Object(members.collect::<Map<_, _>>());
    }
    if let Some(items) = schema.get("items") {
        return Value::Array(vec![example(document, items)]);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => 0.into(),
        Some("string") => schema
            .pointer("/enum/0")
            .cloned()
            .unwrap_or_else(|| "…".into()),
        _ => alternative(schema).map_or(Value::Null, |first| example(document, first)),
    }
}

/// Returns the first schema of a `oneOf` that is not null.
pub(super) fn alternative(schema: &Value) -> Option<&Value> {
    let is_null = |schema: &&Value| schema.get("type").and_then(Value::as_str) == Some("null");
    let alternatives = schema.get("oneOf")?.as_array()?;
    alternatives.iter().find(|schema| !is_null(schema))
}
