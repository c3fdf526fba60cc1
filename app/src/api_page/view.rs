//! The HTML of the page, from its frame down to a single field.

use leptos::prelude::*;

use super::reference::{
    Answer, ApiReference, Body, Described, Failure, Field, Kind, Object, Operation, Parameter,
    Place,
};
use crate::ssr::title;

/// The address of the page's style sheet.
pub const STYLE_URL: &str = "/api/docs/page.css";

pub(super) fn page(reference: ApiReference) -> impl IntoView {
    let ApiReference {
        title: name,
        description,
        version,
        base_url,
        credentials,
        operations,
    } = reference;
    view! {
        <!DOCTYPE html>
        <html lang="ru">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {title(&name)}
                <link rel="stylesheet" href=STYLE_URL />
            </head>
            <body>
                <header>
                    <h1>{name}</h1>
                    <p>{description}</p>
                    <p>
                        "Базовый URL: " <code>{base_url}</code> ". Машинам — "
                        <a href="/api/v1/openapi.json">"openapi.json"</a> ", версия " {version} "."
                    </p>
                    <h2>"Заголовки"</h2>
                    <dl>{credentials.into_iter().map(described).collect_view()}</dl>
                    <nav aria-label="Запросы">
                        <ul>{operations.iter().map(link).collect_view()}</ul>
                    </nav>
                </header>
                <main>{operations.into_iter().map(operation).collect_view()}</main>
            </body>
        </html>
    }
}

fn link(operation: &Operation) -> impl IntoView + use<> {
    let address = format!("#{}", operation.id);
    view! {
        <li>
            <a href=address>{operation.summary.clone()}</a>
        </li>
    }
}

fn operation(operation: Operation) -> impl IntoView {
    let name_id = format!("{}-name", operation.id);
    let named_by = name_id.clone();
    view! {
        <section id=operation.id aria-labelledby=named_by>
            <h2 id=name_id>{operation.summary}</h2>
            <p class="url">
                <b>{operation.method}</b>
                " "
                <code>{operation.path}</code>
            </p>
            <p>{operation.description}</p>
            {(!operation.parameters.is_empty())
                .then(|| {
                    view! {
                        <h3>"Параметры"</h3>
                        <dl>{operation.parameters.into_iter().map(parameter).collect_view()}</dl>
                    }
                })}
            {operation
                .body
                .map(|sent| {
                    view! {
                        <h3>"Тело запроса"</h3>
                        {body(sent)}
                    }
                })}
            {operation.answers.into_iter().map(answer).collect_view()}
        </section>
    }
}

fn described(Described { name, description }: Described) -> impl IntoView {
    view! {
        <dt>
            <code>{name}</code>
        </dt>
        <dd>{description}</dd>
    }
}

fn parameter(Parameter { described, place }: Parameter) -> impl IntoView {
    let place = match place {
        Place::Path => "в пути",
        Place::Query => "после «?»",
        Place::Header => "заголовок",
    };
    view! {
        <dt>
            <code>{described.name}</code>
            " "
            <small>{place}</small>
        </dt>
        <dd>{described.description}</dd>
    }
}

fn body(Body { objects, example }: Body) -> impl IntoView {
    view! {
        {objects.into_iter().map(object).collect_view()}
        {json(example)}
    }
}

fn object(Object { items_of, fields }: Object) -> impl IntoView {
    view! {
        {items_of
            .map(|list| {
                view! {
                    <h4>"Каждый элемент " <code>{list}</code></h4>
                }
            })}
        <table>
            <thead>
                <tr>
                    <th>"Поле"</th>
                    <th>"Тип"</th>
                    <th>"Что это"</th>
                </tr>
            </thead>
            <tbody>{fields.into_iter().map(field).collect_view()}</tbody>
        </table>
    }
}

fn field(field: Field) -> impl IntoView {
    let kind = match field.kind {
        Kind::Text => "строка",
        Kind::Integer => "целое",
        Kind::Number => "число",
        Kind::Flag => "да/нет",
        Kind::List => "список",
        Kind::Object => "объект",
    };
    view! {
        <tr>
            <td>
                <code>{field.described.name}</code>
                {field.is_required.then(|| view! { " "<small>"обязательно"</small> })}
            </td>
            <td>{kind}</td>
            <td>{field.described.description}</td>
        </tr>
    }
}

fn answer(answer: Answer) -> impl IntoView {
    view! {
        <details>
            <summary>
                <b>{answer.status}</b>
                " "
                {answer.description}
            </summary>
            {(!answer.failures.is_empty())
                .then(|| {
                    view! { <dl>{answer.failures.into_iter().map(failure).collect_view()}</dl> }
                })}
            {answer.body.map(body)}
        </details>
    }
}

fn failure(Failure { described, example }: Failure) -> impl IntoView {
    view! {
        {self::described(described)}
        {example.map(json)}
    }
}

/// Renders JSON. The `tabindex` lets keyboard users scroll it, because long lines do not wrap.
fn json(text: String) -> impl IntoView {
    view! {
        <pre tabindex="0">
            <code>{text}</code>
        </pre>
    }
}
