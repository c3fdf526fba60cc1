//! Whose check it is: found by phone, card, barcode or camera, or registered in place.

use cashier_api::answers::ClientData;
use domain::{Identifier, Money};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::amount::AmountEntry;
use till::format;
use till::identify::read_code;
use till::phone::PhoneEntry;
use till::quote::Redeem;

use super::api::{self, Fault};
use super::browser::{feel, page, storage};
use super::drawn::Draw;
use super::gate::{State, shuts};
use super::state::{Field, Screen, Till, Who, spelled};

/// The place of the client on the sale screen.
#[component]
pub(super) fn ClientArea(till: Till) -> impl IntoView {
    move || match till.who.get() {
        Who::Nobody => view! { <Finder till /> }.drawn(),
        Who::Finding(identifier) => view! { <Finding till identifier /> }.drawn(),
        Who::Known(client) => view! { <Card till client=*client /> }.drawn(),
        Who::Unverified(identifier) => view! { <Unverified till identifier /> }.drawn(),
        Who::Unknown(identifier) => view! { <Unknown till identifier /> }.drawn(),
    }
}

/// A code from the camera, a wedge scanner or the clipboard.
pub(super) fn find_code(till: Till, code: &str) {
    let Some(identifier) = read_code(code) else {
        feel::beep_error();
        let code: String = code.chars().take(40).collect();
        till.tell(format!("{} {code}", till.texts.client.bad_code));
        return;
    };
    if till
        .screen
        .with_untracked(|screen| matches!(screen, Screen::Done(_)))
    {
        till.next_check();
    }
    till.screen.set(Screen::Sale);
    find(till, identifier);
}

/// Looks for the typed phone as soon as it is complete.
pub(super) fn find_phone(till: Till) {
    let phone = till.phone.with_untracked(PhoneEntry::e164);
    if let Some(identifier) = phone.and_then(|phone| read_code(&phone)) {
        find(till, identifier);
    }
}

/// Asks the server for a client. What was typed stays.
fn find(till: Till, identifier: Identifier) {
    till.notice.set(None);
    till.redeem.set(Redeem::None);
    till.field.set(Field::Amount);
    if !till.online.get_untracked() {
        till.who.set(Who::Unverified(identifier));
        return;
    }
    till.who.set(Who::Finding(identifier.clone()));
    let Some(tokens) = storage::tokens() else {
        return;
    };
    spawn_local(async move {
        let check = till.amount.with_untracked(AmountEntry::money);
        let answer = api::find(&tokens, &spelled(&identifier), check).await;
        // Somebody else may have been asked for meanwhile.
        let asked = Who::Finding(identifier.clone());
        if till.who.try_with_untracked(|who| *who == asked) != Some(true) {
            return;
        }
        match answer {
            Ok(client) => known(till, client),
            Err(Fault::Refused { code, .. }) if code == "client_not_found" => {
                feel::beep_error();
                till.who.set(Who::Unknown(identifier));
            }
            Err(Fault::Refused { code, .. }) if shuts(&code) => {
                till.gate.set(State::Shut(Some(code)));
            }
            Err(Fault::Refused { message, .. }) => {
                feel::beep_error();
                till.who.set(Who::Nobody);
                till.tell(message);
            }
            Err(Fault::NoAnswer) => {
                till.who.set(Who::Unverified(identifier));
                till.tell(till.texts.client.no_answer);
            }
        }
    });
}

/// Asks for a client who was named without a network, now that there is one.
pub(super) fn verify(till: Till) {
    if let Who::Unverified(identifier) = till.who.get_untracked() {
        find(till, identifier);
    }
}

fn known(till: Till, client: ClientData) {
    feel::vibrate(20);
    till.phone.set(PhoneEntry::default());
    till.who.set(Who::Known(Box::new(client)));
}

/// Back to nobody, with the phone ready to be mended.
fn remove(till: Till) {
    till.who.set(Who::Nobody);
    till.redeem.set(Redeem::None);
    till.notice.set(None);
}

/// How the client may be named.
#[component]
fn Finder(till: Till) -> impl IntoView {
    let texts = &till.texts.client;
    let by_code = RwSignal::new(false);
    view! {
        <div class="finder">
            <button
                type="button"
                class="button finder-scan"
                on:click=move |_| till.screen.set(Screen::Camera)
            >
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16" />
                </svg>
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
            class="icon-button"
            aria-label=texts.by_code
            title=texts.by_code
            on:click=move |_| by_code.set(true)
        >
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M4 6v12M7 6v12M11 6v12M14 6v12M17 6v12M20 6v12" />
            </svg>
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
                class="icon-button"
                aria-label=till.texts.close
                on:click=move |_| by_code.set(false)
            >
                <Cross />
            </button>
        </form>
    }
    .drawn()
}

#[component]
fn Finding(till: Till, identifier: Identifier) -> impl IntoView {
    view! {
        <div class="client client-finding" aria-busy="true">
            <p class="client-name">{format::phone(&spelled(&identifier))}</p>
            <p class="note" role="status">
                {till.texts.client.finding}
            </p>
            <RemoveButton till />
        </div>
    }
    .drawn()
}

#[component]
fn Card(till: Till, client: ClientData) -> impl IntoView {
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
    let loyalty = client.loyalty;
    view! {
        <div class="client" data-testid="client">
            <p class="client-name">{name} " " {tier}</p>
            <p class="note client-phone">{format::phone(&client.phone)}</p>
            <dl class="client-figures">
                <div>
                    <dt>{texts.available}</dt>
                    <dd class="client-available">{format::bonuses(client.redeemable_balance.0)}</dd>
                </div>
                {held
                    .is_positive()
                    .then(|| {
                        view! {
                            <div>
                                <dt>{texts.held}</dt>
                                <dd>{format::bonuses(held)}</dd>
                            </div>
                        }
                    })}
                <div>
                    <dt>{texts.cashback}</dt>
                    <dd>{format::percent(loyalty.bonus_percent.0)}</dd>
                </div>
                <div>
                    <dt>{texts.limit}</dt>
                    <dd>{format::percent(loyalty.max_redeem_percent.0)}</dd>
                </div>
            </dl>
            <RemoveButton till />
        </div>
    }
    .drawn()
}

#[component]
fn Unverified(till: Till, identifier: Identifier) -> impl IntoView {
    view! {
        <div class="client client-unverified" data-testid="client">
            <p class="client-name">{format::phone(&spelled(&identifier))}</p>
            <p class="note">{till.texts.client.unverified}</p>
            <RemoveButton till />
        </div>
    }
    .drawn()
}

/// Nobody has this phone: it is registered here, the sum stays as typed.
#[component]
fn Unknown(till: Till, identifier: Identifier) -> impl IntoView {
    let texts = &till.texts.client;
    let name = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let phone = match &identifier {
        Identifier::Phone(phone) => Some(phone.to_string()),
        _ => None,
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
                    placeholder=texts.name
                    autocomplete="off"
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
            <p class="client-name">{format::phone(&spelled(&identifier))}</p>
            <p class="note" role="status">
                {texts.not_found}
            </p>
            {form}
            <RemoveButton till />
        </div>
    }
    .drawn()
}

fn register(till: Till, phone: String, name: String, busy: RwSignal<bool>) {
    let texts = &till.texts.client;
    if !page::is_online() {
        till.tell(texts.register_offline);
        return;
    }
    let Some(tokens) = storage::tokens() else {
        return;
    };
    busy.set(true);
    spawn_local(async move {
        let name = Some(name.trim()).filter(|name| !name.is_empty());
        let answer = api::register(&tokens, &phone, name).await;
        let _ = busy.try_set(false);
        match answer {
            Ok(client) => known(till, client),
            Err(Fault::Refused { message, .. }) => till.tell(message),
            Err(Fault::NoAnswer) => till.tell(texts.no_answer),
        }
    });
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
    .drawn()
}

/// A cross, for whatever closes.
#[component]
pub(super) fn Cross() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 6l12 12M18 6L6 18" />
        </svg>
    }
}

/// The unit that a bonus is counted in beside money.
pub(super) fn with_currency(amount: Money, currency: &str) -> String {
    format!("{}\u{a0}{currency}", format::money(amount))
}
