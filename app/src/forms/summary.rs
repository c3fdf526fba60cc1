//! The summary of the problems of a form.

use leptos::prelude::*;

use super::problem::Problem;
use super::state::{Field, FormState};
use crate::locales::Language;
use crate::ui::format::{Plural, fill};

/// The heading of a summary: `title`, then the number of fields to correct.
const FIELDS: [(Plural, &str); 3] = [
    (
        Plural {
            one: "поле нужно",
            few: "поля нужно",
            many: "полей нужно",
        },
        "{}: {} исправить",
    ),
    (
        Plural {
            one: "майдонро",
            few: "майдонро",
            many: "майдонро",
        },
        "{}: {} ислоҳ кардан лозим",
    ),
    (
        Plural {
            one: "field needs",
            few: "fields need",
            many: "fields need",
        },
        "{}: {} correction",
    ),
];

/// Renders the problems of a form above it, each with a link to its field. Returns `None` if the
/// form has no problem. `label` returns the label of a field.
pub(crate) fn summary<F: Field>(
    form: &FormState<F>,
    language: Language,
    title: &str,
    label: impl Fn(F) -> String,
) -> Option<AnyView> {
    if !form.is_wrong() {
        return None;
    }
    let fields = form.problems().iter().filter(|(field, _)| field.is_some());
    let number = i64::try_from(fields.count()).unwrap_or_default();
    let [ru, tg, en] = FIELDS;
    let (noun, sentence) = match language {
        Language::Ru => ru,
        Language::Tg => tg,
        Language::En => en,
    };
    let title = match number {
        0 => title.to_owned(),
        1 => fill(one_field(language), &[title]),
        _ => fill(sentence, &[title, &noun.of(language, number)]),
    };
    let problem = |(field, problem): &(Option<F>, Problem)| {
        let text = problem.text(language);
        match field {
            Some(field) => {
                let href = format!("#{}", FormState::id(*field));
                let text = format!("{}: {}", label(*field), in_sentence(&text));
                view! { <a href=href>{text}</a> }.into_any()
            }
            None => view! { <p>{text}</p> }.into_any(),
        }
    };
    let view = view! {
        <div class="errors" role="alert" tabindex="-1">
            <h2>{title}</h2>
            {form.problems().iter().map(problem).collect_view()}
        </div>
    };
    Some(view.into_any())
}

const fn one_field(language: Language) -> &'static str {
    match language {
        Language::Ru => "{}: одно поле нужно исправить",
        Language::Tg => "{}: як майдонро ислоҳ кардан лозим",
        Language::En => "{}: one field needs correction",
    }
}

/// Returns a sentence as it stands after a colon.
fn in_sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
