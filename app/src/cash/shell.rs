//! The frame that the server renders, without any tokens, and the till that the browser renders in
//! it.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::brand::Mark;
use crate::locales::Language;

/// The web cashier as the server renders it: a plain frame, shown until the till opens in it.
#[cfg(feature = "ssr")]
#[component]
pub fn Cash(language: Language) -> impl IntoView {
    let opening = language.texts().cash_document.opening;
    view! {
        <div class="cash">
            <main class="cash-frame" aria-busy="true">
                <div class="brand">
                    <Mark />
                    <h1 class="brand-name">"Bonex"</h1>
                    <p class="cash-frame-text" role="status">
                        {opening}
                    </p>
                </div>
            </main>
        </div>
    }
}

/// Opens the till in the frame. The frame's content is removed instead of hydrated: a translation
/// or an extension of the browser may have changed it, and hydration fails on unknown content.
#[cfg(feature = "hydrate")]
pub fn open_cash(language: Language) {
    let Ok(Some(frame)) = document().query_selector(".cash") else {
        return;
    };
    frame.set_text_content(None);
    leptos::mount::mount_to_renderer(&frame, move || {
        super::live::ui::erased::Erase::erased(view! { <super::live::root::Root language /> })
    })
    .forget();
}
