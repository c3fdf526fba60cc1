//! The card of the client on the sale screen: being searched for, found, or unknown.
#![allow(
    clippy::needless_pass_by_value,
    reason = "a component owns what it is given"
)]

use cashier_api::answers::ClientData;
use domain::Identifier;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::format::{self, with_currency};
use till::identify::spelled;

use crate::cash::live::flows::clients::{register, remove};
use crate::cash::live::flows::connection::does_server_answer;
use crate::cash::live::model::till::Till;
use crate::cash::live::screens::sale::redeem::Chips;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::Cross;

/// The client while the server is being asked.
#[component]
pub fn Finding(till: Till, identifier: Identifier) -> impl IntoView {
    view! {
        <div class="client client-finding" aria-busy="true">
            <div class="client-head">
                <div class="client-who">
                    <p class="client-name">{format::phone(&spelled(&identifier))}</p>
                    <p class="note" role="status">
                        {till.texts.client.finding}
                    </p>
                </div>
                <RemoveButton till />
            </div>
        </div>
    }
    .erased()
}

/// The client's name, their bonuses, and the choice how many go into the sale.
#[component]
pub fn Card(till: Till, client: ClientData) -> impl IntoView {
    let texts = &till.texts.client;
    let name = client
        .full_name
        .clone()
        .unwrap_or_else(|| texts.nameless.to_owned());
    let tier = client.tier.map(|tier| {
        view! {
            <span class="tier">
                <svg viewBox="0 0 8 8" aria-hidden="true">
                    <circle cx="4" cy="4" r="4" fill=tier.color />
                </svg>
                {tier.name}
            </span>
        }
    });
    let held = client.held_balance.0;
    let debt = (-client.bonus_balance.0).or_zero();
    let loyalty = client.loyalty;
    let currency = till.texts.currency;
    view! {
        <div class="client" data-testid="client">
            <div class="client-head">
                <div class="client-who">
                    <p class="client-name">{name}</p>
                    <p class="note client-phone">{format::phone(&client.phone)} " " {tier}</p>
                </div>
                <RemoveButton till />
            </div>
            <dl class="client-figures">
                <div>
                    <dt>{texts.available}</dt>
                    <dd class="client-available">{with_currency(client.redeemable_balance.0, currency)}</dd>
                </div>
                {debt
                    .is_positive()
                    .then(|| {
                        view! {
                            <div>
                                <dt>{texts.debt}</dt>
                                <dd>{with_currency(debt, currency)}</dd>
                            </div>
                        }
                    })}
                {held
                    .is_positive()
                    .then(|| {
                        view! {
                            <div>
                                <dt>{texts.held}</dt>
                                <dd>{with_currency(held, currency)}</dd>
                            </div>
                        }
                    })}
                <div>
                    <dt>{texts.limit}</dt>
                    <dd>{format::percent(loyalty.max_redeem_percent.0)} " " {texts.of_check}</dd>
                </div>
            </dl>
            <Chips till />
        </div>
    }
    .erased()
}

/// A client who was named without a network.
#[component]
pub fn Unverified(till: Till, identifier: Identifier) -> impl IntoView {
    let busy = RwSignal::new(false);
    let ask = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answers = does_server_answer(till).await;
            if busy.try_set(false).is_none() && !answers {
                till.tell(till.texts.client.no_answer);
            }
        });
    };
    view! {
        <div class="client client-unverified" data-testid="client">
            <div class="client-head">
                <div class="client-who">
                    <p class="client-name">{format::phone(&spelled(&identifier))}</p>
                    <p class="note">{till.texts.client.unverified}</p>
                </div>
                <RemoveButton till />
            </div>
            <button type="button" class="button button-quiet" disabled=busy on:click=ask>
                {move || {
                    if busy.get() { till.texts.client.finding } else { till.texts.client.ask_again }
                }}
            </button>
        </div>
    }
    .erased()
}

/// A phone that no client has: it can be registered here, and the typed sum stays.
#[component]
pub fn Unknown(till: Till, identifier: Identifier) -> impl IntoView {
    let texts = &till.texts.client;
    let name = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let phone = match &identifier {
        Identifier::Phone(phone) => Some(phone.to_string()),
        _ => None,
    };
    // A card is created together with its client, so an unknown card cannot be registered.
    let word = if phone.is_some() {
        texts.not_found
    } else {
        texts.card_not_found
    };
    let form = phone.map(|phone| {
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            register(till, phone.clone(), name.get_untracked(), busy);
        };
        view! {
            <form class="register" on:submit=submit>
                <input
                    class="field-input"
                    aria-label=texts.name
                    placeholder=texts.name_short
                    autocomplete="off"
                    autocapitalize="words"
                    enterkeyhint="done"
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <button class="button" disabled=busy>
                    {move || if busy.get() { texts.registering } else { texts.register }}
                </button>
            </form>
        }
    });
    view! {
        <div class="client client-unknown">
            <div class="client-head">
                <div class="client-who">
                    <p class="client-name">{format::phone(&spelled(&identifier))}</p>
                    <p class="note" role="status">
                        {word}
                    </p>
                </div>
                <RemoveButton till />
            </div>
            {form}
        </div>
    }
    .erased()
}

#[component]
fn RemoveButton(till: Till) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button client-remove"
            aria-label=till.texts.client.remove
            on:click=move |_| remove(till)
        >
            <Cross />
        </button>
    }
    .erased()
}
