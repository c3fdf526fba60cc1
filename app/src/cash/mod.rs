//! The cashier: a till in a browser.

use leptos::prelude::*;

use crate::locales::Language;

/// Everything the browser takes over on `/cash`.
#[component]
pub fn Cash(language: Language) -> impl IntoView {
    let texts = &language.texts().start;
    view! {
        <div class="cash">
            <header>
                <h1>{texts.name}</h1>
            </header>
        </div>
    }
}
