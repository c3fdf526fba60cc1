//! The common parts of all sheets over the sale.

use leptos::prelude::*;

use crate::cash::live::model::till::Till;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::focus::focus_heading;
use crate::cash::live::ui::icons::Cross;

/// The header of a sheet. It takes the focus, so that a screen reader announces the sheet.
#[component]
pub fn SheetHeader(till: Till, id: &'static str, title: &'static str) -> impl IntoView {
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
                aria-label=till.texts.close
                on:click=move |_| till.close_screen()
            >
                <Cross />
            </button>
        </header>
    }
    .erased()
}
