//! Buttons that send a form.

use leptos::prelude::*;

use crate::ui::head::Weight;

/// A value that the person does not see.
pub(crate) fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }.into_any()
}

/// The button that sends a form.
pub(crate) fn submit(weight: Weight, words: impl Into<String>) -> AnyView {
    view! {
        <button class=weight.class()>{words.into()}</button>
    }
    .into_any()
}

/// A form of one button, which changes something and needs no question.
pub(crate) fn post_button(
    weight: Weight,
    action: impl Into<String>,
    words: impl Into<String>,
    hidden_values: &[(&str, &str)],
) -> AnyView {
    let values: Vec<_> = hidden_values
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    view! {
        <form method="post" action=action.into()>
            {values}
            {submit(weight, words)}
        </form>
    }
    .into_any()
}
