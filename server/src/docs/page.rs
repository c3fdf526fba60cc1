//! The API document as a page for people: no script, one style sheet.

use std::fmt::{self, Write};

use serde_json::Value;

use super::example::{alternative, example, resolve};

/// Writes the page.
pub(super) fn page(document: &Value) -> String {
    let mut html = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut html, document);
    html
}

fn write_page(html: &mut String, document: &Value) -> fmt::Result {
    let info = |field| text(document, &format!("/info/{field}"));
    write!(
        html,
        "<!DOCTYPE html><html lang=\"ru\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"/api/docs/page.css\"></head><body><header><h1>{title}</h1>\
         <p>{description}</p><p>Базовый URL: <code>{server}/api/v1</code>. Машинам — \
         <a href=\"/api/v1/openapi.json\">openapi.json</a>, версия {version}.</p>",
        title = Escaped(info("title")),
        description = Escaped(info("description")),
        server = Escaped(text(document, "/servers/0/url")),
        version = Escaped(info("version")),
    )?;
    write_credentials(html, document)?;
    html.push_str("<nav aria-label=\"Запросы\"><ul>");
    for operation in operations(document) {
        write!(
            html,
            "<li><a href=\"#{id}\">{summary}</a></li>",
            id = Escaped(operation.text("operationId")),
            summary = Escaped(operation.text("summary")),
        )?;
    }
    html.push_str("</ul></nav></header><main>");
    for operation in operations(document) {
        write_operation(html, document, &operation)?;
    }
    html.push_str("</main></body></html>");
    Ok(())
}

/// One method of one path.
struct Operation<'d> {
    method: &'d str,
    path: &'d str,
    value: &'d Value,
}

impl<'d> Operation<'d> {
    fn text(&self, field: &str) -> &'d str {
        text(self.value, &format!("/{field}"))
    }
}

/// The operations, in the order a till comes to need them.
fn operations(document: &Value) -> Vec<Operation<'_>> {
    const ORDER: [&str; 10] = [
        "session",
        "lookup",
        "sale",
        "redeem",
        "pastSales",
        "calculateReturn",
        "return",
        "register",
        "receipt",
        "voidReceipt",
    ];
    let paths = document.get("paths").and_then(Value::as_object);
    let operations = paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, value)| Operation {
            method,
            path,
            value,
        })
    });
    let mut operations: Vec<_> = operations.collect();
    operations.sort_by_key(|operation| {
        let id = operation.text("operationId");
        ORDER.iter().position(|it| *it == id).unwrap_or(ORDER.len())
    });
    operations
}

fn write_credentials(html: &mut String, document: &Value) -> fmt::Result {
    html.push_str("<h2>Заголовки</h2><dl>");
    for scheme in ["tenant", "cashier", "device"] {
        let scheme = format!("/components/securitySchemes/{scheme}");
        write!(
            html,
            "<dt><code>{}</code></dt><dd>{}</dd>",
            Escaped(text(document, &format!("{scheme}/name"))),
            Escaped(text(document, &format!("{scheme}/description"))),
        )?;
    }
    html.push_str("</dl>");
    Ok(())
}

fn write_operation(html: &mut String, document: &Value, operation: &Operation<'_>) -> fmt::Result {
    write!(
        html,
        "<section id=\"{id}\" aria-labelledby=\"{id}-name\"><h2 id=\"{id}-name\">{summary}</h2>\
         <p class=\"url\"><b>{method}</b> <code>{path}</code></p><p>{description}</p>",
        id = Escaped(operation.text("operationId")),
        summary = Escaped(operation.text("summary")),
        method = operation.method.to_uppercase(),
        path = Escaped(operation.path),
        description = Escaped(operation.text("description")),
    )?;
    write_parameters(html, operation)?;
    let body = "/requestBody/content/application~1json/schema";
    if let Some(schema) = operation.value.pointer(body) {
        html.push_str("<h3>Тело запроса</h3>");
        write_fields(html, document, schema)?;
        write_example(html, &example(document, schema))?;
    }
    let responses = operation.value.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        write_response(html, document, status, response)?;
    }
    html.push_str("</section>");
    Ok(())
}

fn write_parameters(html: &mut String, operation: &Operation<'_>) -> fmt::Result {
    let parameters = operation.value.get("parameters").and_then(Value::as_array);
    let Some(parameters) = parameters else {
        return Ok(());
    };
    html.push_str("<h3>Параметры</h3><dl>");
    for parameter in parameters {
        let place = match text(parameter, "/in") {
            "path" => "в пути",
            "query" => "после «?»",
            _ => "заголовок",
        };
        write!(
            html,
            "<dt><code>{}</code> <small>{place}</small></dt><dd>{}</dd>",
            Escaped(text(parameter, "/name")),
            Escaped(text(parameter, "/description")),
        )?;
    }
    html.push_str("</dl>");
    Ok(())
}

/// The fields of an object, the required ones first, then those of the objects listed in it.
fn write_fields(html: &mut String, document: &Value, schema: &Value) -> fmt::Result {
    let schema = resolve(document, schema);
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Ok(());
    };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|it| it.as_str() == Some(name)));
    let mut fields: Vec<_> = properties.iter().collect();
    fields.sort_by_key(|(name, _)| !is_required(name));
    html.push_str(
        "<table><thead><tr><th>Поле</th><th>Тип</th><th>Что это</th></tr></thead><tbody>",
    );
    for (name, property) in &fields {
        let mark = if is_required(name) {
            " <small>обязательно</small>"
        } else {
            ""
        };
        write!(
            html,
            "<tr><td><code>{}</code>{mark}</td><td>{}</td><td>{}</td></tr>",
            Escaped(name),
            type_name(document, property),
            Escaped(text(property, "/description")),
        )?;
    }
    html.push_str("</tbody></table>");
    for (name, property) in fields {
        if let Some(items) = property.get("items") {
            write!(
                html,
                "<h4>Каждый элемент <code>{}</code></h4>",
                Escaped(name)
            )?;
            write_fields(html, document, items)?;
        }
    }
    Ok(())
}

fn type_name(document: &Value, schema: &Value) -> &'static str {
    let schema = resolve(document, alternative(schema).unwrap_or(schema));
    let kind = schema.get("type");
    let kind = kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
    match kind {
        Some("string") => "строка",
        Some("integer") => "целое",
        Some("number") => "число",
        Some("boolean") => "да/нет",
        Some("array") => "список",
        _ => "объект",
    }
}

fn write_response(
    html: &mut String,
    document: &Value,
    status: &str,
    response: &Value,
) -> fmt::Result {
    write!(
        html,
        "<details><summary><b>{}</b> {}</summary>",
        Escaped(status),
        Escaped(text(response, "/description")),
    )?;
    let content = response.pointer("/content/application~1json");
    let examples = content.and_then(|content| content.get("examples")?.as_object());
    if let Some(examples) = examples {
        html.push_str("<dl>");
        for (code, example) in examples {
            let message = Escaped(text(example, "/summary"));
            write!(
                html,
                "<dt><code>{}</code></dt><dd>{message}</dd>",
                Escaped(code)
            )?;
            if example.pointer("/value/data").is_some() {
                write_example(html, example.get("value").unwrap_or(&Value::Null))?;
            }
        }
        html.push_str("</dl>");
    } else if let Some(schema) = content.and_then(|content| content.get("schema")) {
        let data = resolve(document, schema).pointer("/properties/data");
        write_fields(html, document, data.unwrap_or(schema))?;
        write_example(html, &example(document, schema))?;
    }
    html.push_str("</details>");
    Ok(())
}

fn write_example(html: &mut String, example: &Value) -> fmt::Result {
    let json = format!("{example:#}");
    write!(
        html,
        "<pre tabindex=\"0\"><code>{}</code></pre>",
        Escaped(&json)
    )
}

fn text<'d>(value: &'d Value, pointer: &str) -> &'d str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Text as HTML shows it.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_operation_with_an_example_and_its_failures() {
        let document = crate::router::api_document("http://localhost:3000/api/v1");
        let page = page(&document);
        assert_eq!(operations(&document).len(), 11);
        for operation in operations(&document) {
            let section = format!("<section id=\"{}\"", operation.text("operationId"));
            assert!(page.contains(&section), "{section}");
        }
        for shown in [
            "&quot;bonus_accrued&quot;: 7.5",
            "duplicate_sale",
            "Каждый элемент",
        ] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(!page.contains("null,\n"), "an example has a gap");
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            Escaped("<a href=\"x\">&").to_string(),
            "&lt;a href=&quot;x&quot;&gt;&amp;"
        );
    }
}
