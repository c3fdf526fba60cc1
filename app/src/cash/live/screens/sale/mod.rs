//! The sale screen: the client, the sum, the bonuses, and one button.

mod amount;
mod client_area;
mod client_card;
mod client_search;
mod redeem;
mod submit;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::flows::typing::press;
use crate::cash::live::model::client::Who;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;
use crate::cash::live::screens::sale::amount::Sum;
use crate::cash::live::screens::sale::client_area::ClientArea;
use crate::cash::live::screens::sale::submit::Submit;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::keypad::Keypad;
use crate::cash::live::ui::notice::paragraph;

/// The sale screen.
#[component]
pub fn Sale(till: Till) -> impl IntoView {
    let check = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<std::mem::Discriminant<Who>>| {
        let who = till.sale.who.with(std::mem::discriminant);
        if before.is_some_and(|before| before != who) {
            spawn_local(async move {
                page::sleep(0).await;
                if let Some(check) = check.try_get_untracked().flatten() {
                    page::focus_if_lost(&check);
                }
            });
        }
        who
    });
    let keypad = move || match till.sale.field.get() {
        Field::Amount => till.texts.sale.keypad,
        Field::Phone => till.texts.sale.keypad_phone,
        Field::Redeem => till.texts.sale.enter_redeem,
    };
    // A tap on these elements does not move the focus, so that Enter still presses the main button.
    let keep_focus = |event: MouseEvent| {
        if page::is_within(&event, ".chips, button.sum") {
            event.prevent_default();
            page::leave_field();
        }
    };
    view! {
        <main class="sale" on:mousedown=keep_focus>
            // Receives the focus when the focused element disappears: Enter presses nothing here.
            <div class="sale-check" role="group" tabindex="-1" aria-label=till.texts.client.place node_ref=check>
                <ClientArea till />
                <Offline till />
            </div>
            <Word till />
            <Sum till />
            <div class="sale-keys">
                <Keypad texts=till.texts name=keypad pressed=move |key, at_ms| press(till, key, at_ms) />
                <Submit till />
            </div>
        </main>
    }
    .erased()
}

/// The current notice, such as a refusal or an unknown code.
#[component]
fn Word(till: Till) -> impl IntoView {
    view! {
        <div class="word" role="status">
            {move || {
                till.screens.notice
                    .get()
                    .map(paragraph)
            }}
        </div>
    }
    .erased()
}

/// Says that there is no network, as long as that is so.
#[component]
fn Offline(till: Till) -> impl IntoView {
    view! {
        <div class="offline-place" role="status">
            <Show when=move || !till.link.online.get()>
                <p class="offline">{till.texts.sale.offline}</p>
            </Show>
        </div>
    }
    .erased()
}
