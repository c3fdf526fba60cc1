//! Taking back a check without a client that was recorded by mistake.

use cashier_api::ErrorCode;
use cashier_api::requests::VoidReceiptRequest;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::journal::Record;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::flows::connection::is_reached;
use crate::cash::live::flows::outbox;
use crate::cash::live::model::session::shut;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::ui::drawn::Draw;

/// The button of a check that can be voided, and why it was not.
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
        // Not `disabled`: that would take the focus from it.
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
    .drawn()
}

/// Has the server void it, and notes it in the history. Asked twice, it is done once.
async fn void(till: Till, mut record: Record) -> Result<(), String> {
    let no_answer = || till.texts.client.no_answer.to_owned();
    let Some(tokens) = till.tokens() else {
        return Ok(());
    };
    if !is_reached(till).await {
        return Err(no_answer());
    }
    let request = VoidReceiptRequest {
        external_receipt_id: record.external_id.clone(),
    };
    let answer = api::void_receipt(&tokens, &request).await;
    till.heard(!matches!(answer, Err(Fault::NoAnswer)));
    match answer {
        Ok(()) => {
            record.voided = true;
            outbox::keep_record(till, &record).await;
            Ok(())
        }
        Err(Fault::Refused { code, .. }) if ErrorCode::stops_till(&code) => {
            shut(till.gate, &tokens, code);
            Ok(())
        }
        Err(Fault::Refused { code, message }) => Err(till.texts.refusal(&code, message)),
        Err(Fault::NoAnswer) => Err(no_answer()),
    }
}
