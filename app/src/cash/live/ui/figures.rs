//! Figures under one another.

use leptos::prelude::*;

/// One line of figures.
pub fn figure_row(name: &'static str, figure: String) -> impl IntoView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd>{figure}</dd>
        </div>
    }
}
