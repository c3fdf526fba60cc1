//! Rows of figures.

use leptos::prelude::*;

/// Renders one row: a name and its figure.
pub fn figure_row(name: &'static str, figure: String) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd>{figure}</dd>
        </div>
    }
}
