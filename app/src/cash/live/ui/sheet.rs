//! The common parts of all sheets over the sale.

use leptos::prelude::*;

use crate::cash::live::model::till::Till;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::focus::focus_heading;
use crate::cash::live::ui::icons::Cross;

/// The header of a sheet. It takes the focus, so that a screen reader announces the sheet.
#[component]
pub fn SheetHeader(till: Till, id: &'static str, title: &'static str) -> impl IntoView {
    let close = Callback::new(move |()| till.close_screen());
    view! { <ClosableHeader close_word=till.texts.close close id title /> }.erased()
}

/// The header of a sheet over any screen.
#[component]
pub fn ClosableHeader(
    close_word: &'static str,
    close: Callback<()>,
    id: &'static str,
    title: &'static str,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H2>::new();
    focus_heading(heading);
    view! {
        <header class="sheet-header">
            <h2 id=id tabindex="-1" node_ref=heading>
                {title}
            </h2>
            <button
                type="button"
                class="icon-button"
                aria-label=close_word
                on:click=move |_| close.run(())
            >
                <Cross />
            </button>
        </header>
    }
    .erased()
}
