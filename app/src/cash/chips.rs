//! How many bonuses go into the check: «0 · 50 % · Макс».

use domain::Money;
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
    // Where the client was asked for again since, «Макс» is what the server takes.
    let instead = move || {
        let most = till.notice.with(|notice| notice.as_ref()?.instead);
        most.filter(|most| *most != till.quote_for(Redeem::Max).redeem)
    };
    view! {
        <Show when=move || offered.get()>
            <div class="chips redeem" role="group" aria-label=texts.redeem>
                {chip(Redeem::None, texts.none)}
                {chip(Redeem::Half, texts.half)}
                {move || match instead() {
                    Some(most) => view! { <Instead till most /> }.drawn(),
                    None => chip(Redeem::Max, texts.most).drawn(),
                }}
            </div>
        </Show>
    }
    .drawn()
}

/// The server takes less than was asked for: as much as it says is one tap away.
#[component]
fn Instead(till: Till, most: Money) -> impl IntoView {
    let take = move |_| {
        till.redeem.set(Redeem::Exact(most));
        till.notice.set(None);
    };
    view! {
        <button type="button" class="chip chip-instead" on:click=take>
            {till.texts.sale.take_most_instead}
            " "
            <span class="chip-worth">{format::bonuses(most)}</span>
        </button>
    }
    .drawn()
}
