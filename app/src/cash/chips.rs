//! How many bonuses go into the check: «0 · 50 % · Макс».

use leptos::prelude::*;
use till::format;
use till::quote::Redeem;

use super::drawn::Draw;
use super::state::{Till, Who};

/// The choices, each with what it takes of this check; none where there is nothing to spend.
#[component]
pub(super) fn Chips(till: Till) -> impl IntoView {
    let texts = &till.texts.sale;
    let offered = Memo::new(move |_| {
        till.who.with(|who| match who {
            Who::Known(client) => client.redeemable_balance.0.is_positive(),
            _ => false,
        })
    });
    let chip = move |redeem: Redeem, face: &'static str| {
        let worth = move || till.quote_for(redeem).redeem;
        let worth = Memo::new(move |_| Some(worth()).filter(|worth| worth.is_positive()));
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || if till.redeem.get() == redeem { "true" } else { "false" }
                on:click=move |_| {
                    till.notice.set(None);
                    till.redeem.set(redeem);
                }
            >
                {face}
                {move || {
                    worth.get().map(|worth| view! { " " <span class="chip-worth">{format::bonuses(worth)}</span> })
                }}
            </button>
        }
    };
    view! {
        <Show when=move || offered.get()>
            <div class="chips redeem" role="group" aria-label=texts.redeem>
                {chip(Redeem::None, texts.none)}
                {chip(Redeem::Half, texts.half)}
                {chip(Redeem::Max, texts.most)}
            </div>
        </Show>
    }
    .drawn()
}
