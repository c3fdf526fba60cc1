//! The brand of Bonex on the screen.

use leptos::prelude::*;

/// Bonex's mark, the same as in the icon of the installed till.
#[component]
pub(super) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M11 7.5v17h6.500a4.750 4.750 0 0 0 0-9.500H11m0 0h5.500a3.750 3.750 0 0 0 0-7.500H11" />
        </svg>
    }
}
