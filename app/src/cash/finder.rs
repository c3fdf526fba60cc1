//! How the client may be named: camera, phone, card.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use till::phone::PhoneEntry;

use super::client::{find_code, find_phone};
use super::drawn::Draw;
use super::icons::{CardMark, Cross, ScanMark};
use super::state::{Field, Screen, Till};

/// The camera's button, and the phone beside the way to a card's number.
#[component]
pub(super) fn Finder(till: Till) -> impl IntoView {
    let texts = &till.texts.client;
    let by_code = RwSignal::new(false);
    view! {
        <div class="finder">
            <button
                type="button"
                class="button button-soft finder-scan"
                on:click=move |_| till.screen.set(Screen::Camera)
            >
                <ScanMark />
                {texts.scan}
            </button>
            {move || {
                if by_code.get() {
                    view! { <CodeField till by_code /> }.drawn()
                } else {
                    view! { <PhoneField till by_code /> }.drawn()
                }
            }}
        </div>
    }
    .drawn()
}

#[component]
fn PhoneField(till: Till, by_code: RwSignal<bool>) -> impl IntoView {
    let texts = &till.texts.client;
    let active = move || till.field.get() == Field::Phone;
    view! {
        <label class="phone" class:phone-active=active>
            <span class="visually-hidden">{texts.phone}</span>
            <span class="phone-prefix" aria-hidden="true">
                "+992"
            </span>
            // Our keypad writes here; a paste or a hardware keyboard does too.
            <input
                class="phone-digits"
                inputmode="none"
                autocomplete="off"
                placeholder="XX XXX XX XX"
                prop:value=move || till.phone.with(PhoneEntry::text)
                on:focus=move |_| till.field.set(Field::Phone)
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    till.phone.update(|phone| phone.set(&typed));
                    find_phone(till);
                }
            />
        </label>
        <button
            type="button"
            class="icon-button icon-button-framed"
            aria-label=texts.by_code
            title=texts.by_code
            on:click=move |_| {
                // The phone is out of sight now, and nothing is written there.
                till.field.set(Field::Amount);
                by_code.set(true);
            }
        >
            <CardMark />
        </button>
    }
    .drawn()
}

#[component]
fn CodeField(till: Till, by_code: RwSignal<bool>) -> impl IntoView {
    let texts = &till.texts.client;
    let code = RwSignal::new(String::new());
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        find_code(till, &code.get_untracked());
    };
    view! {
        <form class="code" on:submit=submit>
            <input
                class="field-input"
                node_ref=field
                aria-label=texts.code
                placeholder="001-0000123"
                autocomplete="off"
                inputmode="text"
                enterkeyhint="search"
                on:input=move |event| code.set(event_target_value(&event))
            />
            <button class="button" disabled=move || code.with(String::is_empty)>
                {texts.find}
            </button>
            <button
                type="button"
                class="icon-button icon-button-framed"
                aria-label=till.texts.close
                on:click=move |_| by_code.set(false)
            >
                <Cross />
            </button>
        </form>
    }
    .drawn()
}
