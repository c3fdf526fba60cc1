//! Takes back a receipt that was recorded by mistake.

use leptos::prelude::*;
use leptos::task::spawn_local;
use till::journal::Record;

use crate::cash::live::flows::void::void;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::ui::erased::Erase;

/// The button that voids a receipt, and the reason if that failed.
#[component]
pub fn Void(till: Till, record: Record) -> impl IntoView {
    let texts = &till.texts.history;
    let asking = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let press = move |_| {
        if asking.get_untracked() || !page::confirm(texts.void_confirm) {
            return;
        }
        asking.set(true);
        problem.set(None);
        let record = record.clone();
        spawn_local(async move {
            let why = void(till, record).await.err();
            let _ = problem.try_set(why);
            let _ = asking.try_set(false);
        });
    };
    view! {
        // Not `disabled`, because that would take the focus away from the button.
        <button
            type="button"
            class="link-button link-quiet"
            aria-disabled=move || if asking.get() { "true" } else { "false" }
            on:click=press
        >
            {texts.void}
        </button>
        <div class="record-problem" role="status">
            {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
        </div>
    }
    .erased()
}
