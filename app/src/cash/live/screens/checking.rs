//! The dialog over the whole page while a document has no answer.

use leptos::prelude::*;

use crate::cash::live::model::link::Sending;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::focus::focus_heading;

/// Says that it is not known yet whether the document is recorded, and lets the cashier go on.
#[component]
pub fn Checking(till: Till) -> impl IntoView {
    let texts = &till.texts.sending;
    let later = move |_| {
        till.link.sending.set(Sending::Idle);
        let is_return = till
            .screens
            .shown
            .with_untracked(|screen| matches!(screen, Screen::Return { .. }));
        if is_return {
            till.screens.shown.set(Screen::Sale);
        } else {
            till.next_check();
        }
    };
    let heading = NodeRef::<leptos::html::H2>::new();
    focus_heading(heading);
    view! {
        <div class="sheet sheet-small" role="alertdialog" aria-modal="true" aria-labelledby="checking">
            <div class="spinner" aria-hidden="true"></div>
            <h2 id="checking" tabindex="-1" node_ref=heading>
                {texts.checking}
            </h2>
            <p class="muted">{texts.checking_why}</p>
            <button type="button" class="button button-quiet" on:click=later>
                {texts.later}
            </button>
        </div>
    }
    .erased()
}
