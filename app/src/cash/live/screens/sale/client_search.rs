//! The ways to name a client: camera, phone, card.

use domain::Identifier;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use till::identify::read_in_place_of_phone;
use till::phone::PhoneEntry;

use crate::cash::live::flows::clients::{find, find_phone, find_phone_now};
use crate::cash::live::flows::scan::find_code;
use crate::cash::live::model::sale::Field;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::ui::erased::Erase;
use crate::cash::live::ui::icons::{CardMark, Cross, ScanMark};

/// The button of the camera, the field of the phone, and the button that switches to a card's
/// number.
#[component]
pub fn Finder(till: Till) -> impl IntoView {
    let texts = &till.texts.client;
    let by_code = Memo::new(move |_| till.sale.code.with(Option::is_some));
    view! {
        <div class="finder">
            <button
                type="button"
                class="button button-soft finder-scan"
                on:click=move |_| till.screens.shown.set(Screen::Camera)
            >
                <ScanMark />
                {texts.scan}
            </button>
            {move || {
                if by_code.get() {
                    view! { <CodeField till /> }.erased()
                } else {
                    view! { <PhoneField till /> }.erased()
                }
            }}
        </div>
    }
    .erased()
}

#[component]
fn PhoneField(till: Till) -> impl IntoView {
    let texts = &till.texts.client;
    let active = move || till.sale.field.get() == Field::Phone;
    // A complete phone is searched for automatically. If it is still here, that search failed, so a
    // button repeats it.
    let is_whole = Memo::new(move |_| till.sale.phone.with(PhoneEntry::e164).is_some());
    let typed = move |event| {
        let typed = event_target_value(&event);
        match read_in_place_of_phone(&typed) {
            // A pasted text: a card, a barcode, or a phone of another country.
            Some(pasted) if !is_ours(&pasted) => find(till, pasted),
            _ => {
                let is_understood = till.sale.phone.try_update(|phone| phone.set(&typed));
                if is_understood == Some(true) {
                    till.screens.notice.set(None);
                    find_phone(till);
                } else {
                    till.tell(texts.not_a_phone);
                }
            }
        }
    };
    view! {
        <label class="phone" class:phone-active=active>
            <span class="visually-hidden">{texts.phone}</span>
            <span class="phone-prefix" aria-hidden="true">
                "+992"
            </span>
            // Our own keypad writes here, but so can a paste or a hardware keyboard.
            <input
                class="phone-digits"
                inputmode="none"
                autocomplete="off"
                placeholder="XX XXX XX XX"
                prop:value=move || till.sale.phone.with(PhoneEntry::text)
                on:focus=move |_| till.sale.choose(Field::Phone)
                on:input=typed
            />
        </label>
        {move || {
            if is_whole.get() {
                view! {
                    <button type="button" class="button" on:click=move |_| find_phone_now(till)>
                        {texts.find}
                    </button>
                }
                    .erased()
            } else {
                view! { <ByCode till /> }.erased()
            }
        }}
    }
    .erased()
}

/// Checks whether the field after `+992` can hold this identifier.
fn is_ours(identifier: &Identifier) -> bool {
    matches!(identifier, Identifier::Phone(phone) if phone.as_str().starts_with("+992"))
}

#[component]
fn ByCode(till: Till) -> impl IntoView {
    let name = till.texts.client.by_code;
    view! {
        <button
            type="button"
            class="icon-button icon-button-framed"
            aria-label=name
            title=name
            on:click=move |_| {
                // The field of the phone disappears, so the keypad must not write there.
                till.sale.choose(Field::Amount);
                till.sale.code.set(Some(String::new()));
            }
        >
            <CardMark />
        </button>
    }
    .erased()
}

#[component]
fn CodeField(till: Till) -> impl IntoView {
    let texts = &till.texts.client;
    let code = move || till.sale.code.get().unwrap_or_default();
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        find_code(till, &untrack(code));
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
                prop:value=code
                on:input=move |event| till.sale.code.set(Some(event_target_value(&event)))
            />
            <button class="button" disabled=move || code().is_empty()>
                {texts.find}
            </button>
            <button
                type="button"
                class="icon-button icon-button-framed"
                aria-label=till.texts.close
                on:click=move |_| till.sale.code.set(None)
            >
                <Cross />
            </button>
        </form>
    }
    .erased()
}
