//! What the server writes and the browser takes over: a frame that knows no tokens.

use leptos::prelude::*;

use super::texts::Texts;
use crate::locales::Language;

/// The web cashier. The server and the first moment in the browser show the same calm frame; then the till
/// opens in it.
#[component]
pub fn Cash(language: Language) -> impl IntoView {
    let texts = Texts::of(language);
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    view! {
        <div class="cash">
            {move || if alive.get() { till(language) } else { frame(texts).into_any() }}
        </div>
    }
}

fn frame(texts: &'static Texts) -> impl IntoView {
    view! {
        <main class="cash-frame" aria-busy="true">
            <div class="brand">
                <Mark />
                <h1 class="brand-name">"Bonex"</h1>
                <p class="cash-frame-text" role="status">
                    {texts.shell.opening}
                </p>
            </div>
        </main>
    }
}

/// Bonex's mark, as the icon of the installed till has it.
#[component]
pub(super) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M11 7.5v17h6.500a4.750 4.750 0 0 0 0-9.500H11m0 0h5.500a3.750 3.750 0 0 0 0-7.500H11" />
        </svg>
    }
}

#[cfg(feature = "hydrate")]
fn till(language: Language) -> AnyView {
    view! { <super::gate::Gate language /> }.into_any()
}

/// Effects do not run on the server, so nothing asks for this there.
#[cfg(not(feature = "hydrate"))]
fn till(_: Language) -> AnyView {
    ().into_any()
}
