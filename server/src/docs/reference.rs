//! Conversion of the `OpenAPI` document into the plain data that its page shows.

use app::api_page::{
    Answer, ApiReference, Body, Described, Failure, Field, Kind, Object, Operation, Parameter,
    Place,
};
use serde_json::{Map, Value};

use super::example::{alternative, example, resolve};

/// The order of operations on the page, in which a developer of a till needs them. Other operations
/// follow.
const ORDER: [&str; 12] = [
    "pair_device",
    "show_session",
    "look_up_client",
    "record_sale",
    "redeem_bonuses",
    "void_sale",
    "list_past_sales",
    "calculate_return",
    "return_goods",
    "register_client",
    "record_receipt",
    "void_receipt",
];

/// Reads the `OpenAPI` document.
pub(super) fn read(document: &Value) -> ApiReference {
    let info = |field| text(document, &format!("/info/{field}"));
    ApiReference {
        title: info("title"),
        description: info("description"),
        version: info("version"),
        base_url: text(document, "/servers/0/url") + "/api/v1",
        credentials: ["tenant", "cashier", "device"]
            .map(|scheme| {
                let scheme = format!("/components/securitySchemes/{scheme}");
                described(
                    document,
                    &format!("{scheme}/name"),
                    &format!("{scheme}/description"),
                )
            })
            .into(),
        operations: operations(document),
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut operations: Vec<Operation> = members(paths)
        .flat_map(|(path, item)| {
            members(item.as_object())
                .map(move |(method, value)| operation(document, path, method, value))
        })
        .collect();
    operations.sort_by_key(|operation| {
        let place = ORDER.iter().position(|id| *id == operation.id);
        place.unwrap_or(ORDER.len())
    });
    operations
}

fn operation(document: &Value, path: &str, method: &str, value: &Value) -> Operation {
    let parameters = value.get("parameters").and_then(Value::as_array);
    let answers = value.get("responses").and_then(Value::as_object);
    Operation {
        id: text(value, "/operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(value, "/summary"),
        description: text(value, "/description"),
        parameters: parameters.into_iter().flatten().map(parameter).collect(),
        body: value
            .pointer("/requestBody/content/application~1json/schema")
            .map(|schema| Body {
                objects: objects(document, schema),
                example: json(&example(document, schema)),
            }),
        answers: members(answers)
            .map(|(status, value)| answer(document, status, value))
            .collect(),
    }
}

fn parameter(value: &Value) -> Parameter {
    Parameter {
        described: described(value, "/name", "/description"),
        place: match value.get("in").and_then(Value::as_str) {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            _ => Place::Header,
        },
    }
}

/// Returns the fields of an object, then the fields of the objects in its lists.
fn objects(document: &Value, schema: &Value) -> Vec<Object> {
    let schema = resolve(document, schema);
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|it| it.as_str() == Some(name)));
    let mut properties: Vec<_> = properties.iter().collect();
    properties.sort_by_key(|(name, _)| !is_required(name));
    let field = |(name, property): &(&String, &Value)| Field {
        described: Described {
            name: (*name).clone(),
            description: text(property, "/description"),
        },
        kind: kind(document, property),
        is_required: is_required(name),
    };
    let own = Object {
        items_of: None,
        fields: properties.iter().map(field).collect(),
    };
    let listed = properties.iter().flat_map(|(name, property)| {
        let mut objects = property
            .get("items")
            .map_or_else(Vec::new, |items| objects(document, items));
        if let Some(items) = objects.first_mut() {
            items.items_of = Some((*name).clone());
        }
        objects
    });
    std::iter::once(own).chain(listed).collect()
}

fn kind(document: &Value, schema: &Value) -> Kind {
    let schema = resolve(document, alternative(schema).unwrap_or(schema));
    let kind = schema.get("type");
    let kind = kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
    match kind {
        Some("string") => Kind::Text,
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Flag,
        Some("array") => Kind::List,
        _ => Kind::Object,
    }
}

fn answer(document: &Value, status: &str, value: &Value) -> Answer {
    let content = value.pointer("/content/application~1json");
    let examples = content.and_then(|content| content.get("examples")?.as_object());
    let schema = content.and_then(|content| content.get("schema"));
    Answer {
        status: status.to_owned(),
        description: text(value, "/description"),
        failures: members(examples)
            .map(|(code, value)| failure(code, value))
            .collect(),
        body: schema.filter(|_| examples.is_none()).map(|schema| {
            let data = resolve(document, schema).pointer("/properties/data");
            Body {
                objects: objects(document, data.unwrap_or(schema)),
                example: json(&example(document, schema)),
            }
        }),
    }
}

fn failure(code: &str, value: &Value) -> Failure {
    let body = value.get("value");
    Failure {
        described: Described {
            name: code.to_owned(),
            description: text(value, "/summary"),
        },
        example: body.filter(|body| body.get("data").is_some()).map(json),
    }
}

fn described(value: &Value, name: &str, description: &str) -> Described {
    Described {
        name: text(value, name),
        description: text(value, description),
    }
}

fn members(object: Option<&Map<String, Value>>) -> impl Iterator<Item = (&String, &Value)> {
    object.into_iter().flatten()
}

fn json(value: &Value) -> String {
    format!("{value:#}")
}

fn text(value: &Value, pointer: &str) -> String {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_operation_with_an_example_and_its_failures() {
        let document = crate::router::api_document("http://localhost:3000/api/v1");
        let reference = read(&document);
        let ids: Vec<String> = reference
            .operations
            .iter()
            .map(|it| it.id.clone())
            .collect();
        assert_eq!(ids.len(), 13);
        assert!(ORDER.iter().all(|id| ids.iter().any(|it| it == id)));
        let page = app::api_page::html(reference);
        for id in ids {
            assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
        }
        for shown in [
            "\"bonus_accrued\": 7.5",
            "duplicate_sale",
            "Каждый элемент",
            "http://localhost:3000/api/v1",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains("null,\n"), "an example contains null");
    }
}
