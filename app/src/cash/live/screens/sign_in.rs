//! The form of the pairing code or the two tokens, which is filled in once per phone.

use std::pin::Pin;

use cashier_api::{ErrorCode, Reason};
use domain::PairingCode;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use till::outgoing::Outgoing;
use till::pairing;
use till::surroundings::Surroundings;
use till::token::{LENGTH, Pasted, is_whole, read};

use crate::cash::brand::Mark;
use crate::cash::live::api::Fault;
use crate::cash::live::flows::session::{ask, pair, sign_in};
use crate::cash::live::model::session::{Gate, entered, remembered};
use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::database::{Database, Store};
use crate::cash::live::platform::{feedback, page, surroundings, worker_update};
use crate::cash::live::screens::scan::{Scan, release};
use crate::cash::live::ui::erased::Erase;
use crate::cash::texts::Texts;

/// The form of a pairing code, with the two tokens below it, and the reason if the last tokens were
/// refused. A link's code is sent at once, unless the phone is a till already: then a person must
/// agree, or goes back to that till, because anybody can make a link.
#[component]
pub fn SignIn(
    texts: &'static Texts,
    gate: RwSignal<Gate>,
    code: Option<ErrorCode>,
    linked: StoredValue<Option<PairingCode>>,
    update_ready: RwSignal<bool>,
) -> impl IntoView {
    let entered = entered();
    let is_till = entered.is_some();
    let unsent = RwSignal::new(0);
    if let Some((_, node)) = &entered {
        count_unsent(*node, unsent);
    }
    let before = entered.as_ref().map(|(tokens, _)| tokens.clone());
    let (tenant, cashier) = entered.map_or_else(Default::default, |(tokens, _)| {
        (tokens.tenant, tokens.cashier)
    });
    let tenant = RwSignal::new(tenant);
    let cashier = RwSignal::new(cashier);
    let is_touched = RwSignal::new(false);
    // An update loses nothing until the cashier types a token.
    Effect::new(move || {
        if update_ready.get() && !is_touched.get_untracked() {
            worker_update::apply_update();
        }
    });
    let problem = RwSignal::new(code.and_then(|code| advice(texts, code)).map(str::to_owned));
    let busy = RwSignal::new(false);
    let is_scanning = RwSignal::new(false);
    let close = move || {
        is_scanning.set(false);
        release();
    };
    let linked = linked.try_update_value(Option::take).flatten();
    let present = linked.as_ref().and_then(|_| present_till());
    let pairing_code = RwSignal::new(linked.as_ref().map_or("", PairingCode::as_str).to_owned());

    let wait = move |request: Pin<Box<dyn Future<Output = Result<bool, Fault>>>>| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let said = match request.await {
                Ok(true) => return,
                Ok(false) => texts.enter.not_kept.to_owned(),
                Err(Fault::NoAnswer) => texts.enter.no_answer.to_owned(),
                Err(Fault::Refused(reason)) => match &reason {
                    Some(Reason::Failed(code)) => advice(texts, *code).map(str::to_owned),
                    _ => None,
                }
                .unwrap_or_else(|| texts.refusal(reason.as_ref())),
            };
            let _ = busy.try_set(false);
            let _ = problem.try_set(Some(said));
        });
    };
    let submit = Callback::new(move |()| {
        let typed = pairing_code.get_untracked();
        if !typed.trim().is_empty() {
            match pairing::read(&typed) {
                None => problem.set(Some(texts.enter.bad_code.to_owned())),
                Some(_) if unsent.get_untracked() > 0 && !page::confirm(texts.enter.other_till) => {
                }
                Some(code) => wait(Box::pin(pair(gate, code))),
            }
            return;
        }
        let tokens = Tokens {
            tenant: clean(&tenant.get_untracked()),
            cashier: clean(&cashier.get_untracked()),
        };
        if ![&tokens.tenant, &tokens.cashier]
            .into_iter()
            .all(|token| is_whole(token))
        {
            problem.set(Some(texts.enter.malformed.to_owned()));
            return;
        }
        // Ask before the request to the server: it binds a till to the first device that uses it.
        if unsent.get_untracked() > 0
            && before.as_ref() != Some(&tokens)
            && !page::confirm(texts.enter.other_till)
        {
            return;
        }
        wait(Box::pin(sign_in(gate, tokens)));
    });
    if linked.is_some() && !is_till {
        submit.run(());
    }
    let scanned = move |text: String| {
        if let Some(code) = pairing::read(&text) {
            feedback::beep_ok();
            close();
            pairing_code.set(code.as_str().to_owned());
            submit.run(());
        }
    };
    // The pasted text may contain more than one token; pasted into either field, both tokens go to
    // their places.
    let typed = move |field: RwSignal<String>, text: String| match read(&text) {
        Pasted::Both {
            tenant: first,
            cashier: second,
        } => {
            tenant.set(first);
            cashier.set(second);
        }
        Pasted::One(key) if is_whole(&key) => field.set(key),
        Pasted::One(_) => field.set(text),
    };
    let enter = &texts.enter;
    let warning = match surroundings::of_page() {
        Surroundings::Browser => None,
        Surroundings::BeforeHomeScreen => Some(enter.home_screen),
        Surroundings::OtherApp => Some(enter.other_app),
    };
    let stay = move |_| {
        gate.set(remembered());
        spawn_local(async move {
            ask(gate).await;
        });
    };
    let about = match present {
        Some(till) => view! {
            <p class="offline">{enter.already} " " {till} ". " {enter.already_note}</p>
            <button type="button" class="button button-quiet" on:click=stay>
                {enter.stay}
            </button>
        }
        .erased(),
        None => view! { <p class="muted">{enter.lead}</p> }.erased(),
    };
    view! {
        <main class="enter">
            <form
                class="enter-form"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    submit.run(());
                }
                on:input=move |_| is_touched.set(true)
            >
                <header class="brand">
                    <Mark />
                    <p class="brand-name">"Bonex"</p>
                </header>
                <h1 class="enter-title">{enter.title}</h1>
                {warning.map(|text| view! { <p class="offline">{text}</p> })}
                {about}
                <div class="field">
                    <label class="field-label" for="code">
                        {enter.code}
                    </label>
                    <input
                        class="field-input enter-code"
                        id="code"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        prop:value=pairing_code
                        on:input=move |event| pairing_code.set(event_target_value(&event))
                    />
                </div>
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| is_scanning.set(true)
                >
                    {texts.client.scan}
                </button>
                // Closed for those who have a code, so that the button is on the first screen.
                <details open=code.is_some()>
                    <summary>{enter.keys}</summary>
                    <Token label=enter.tenant name="tenant" value=tenant set=move |text| typed(tenant, text) />
                    <Token label=enter.cashier name="cashier" value=cashier set=move |text| typed(cashier, text) />
                    <p class="note" id="token-hint">
                        {enter.hint}
                    </p>
                </details>
                <p class="note">{enter.incognito}</p>
                <Show when=move || { unsent.get() > 0 }>
                    <p class="offline">{texts.gate.unsent} " " {unsent}</p>
                </Show>
                <div role="alert">
                    {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
                </div>
                <button class="button button-main" disabled=busy>
                    {move || if busy.get() { enter.checking } else { enter.submit }}
                </button>
            </form>
            <Show when=move || is_scanning.get()>
                <Scan
                    texts=&texts.camera
                    close_word=texts.close
                    notice=RwSignal::new(None)
                    found=Callback::new(scanned)
                    by_hand=Callback::new(move |()| close())
                    close=Callback::new(move |()| close())
                />
            </Show>
        </main>
    }
    .erased()
}

/// Returns the name of the till that the phone is, with its branch.
fn present_till() -> Option<String> {
    let Gate::Open(open) = remembered() else {
        return None;
    };
    let session = open.session.get_untracked();
    Some([&session.branch, " · ", &session.cashier_name].concat())
}

/// Returns the sentence for a code that stops the till, or refuses to pair it.
fn advice(texts: &'static Texts, code: ErrorCode) -> Option<&'static str> {
    let gate = &texts.gate;
    Some(match code {
        ErrorCode::BadTenantToken => gate.bad_tenant_token,
        ErrorCode::CashierDisabled => gate.cashier_disabled,
        ErrorCode::StoreSuspended => gate.store_suspended,
        ErrorCode::DeviceMismatch | ErrorCode::DeviceIdRequired => gate.device_mismatch,
        ErrorCode::BadCashierToken => gate.bad_cashier_token,
        ErrorCode::BadPairingCode => gate.bad_pairing_code,
        ErrorCode::PairingCodeUsed => gate.pairing_code_used,
        _ => return None,
    })
}

/// A field that shows the length of its token: a copied token is most often cut at its ends.
#[component]
fn Token(
    label: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    set: impl Fn(String) + 'static,
) -> impl IntoView {
    let length = move || value.with(|value| clean(value).chars().count());
    let whole = move || value.with(|value| is_whole(&clean(value)));
    view! {
        <div class="field token">
            <label class="field-label" for=name>
                {label}
            </label>
            <span class="token-length" class:token-whole=whole aria-hidden="true">
                {move || if whole() { ended(&value.read()) } else { format!("{}/{LENGTH}", length()) }}
            </span>
            <input
                class="field-input"
                // Hide a complete token from people nearby and from photos of the screen.
                class:token-hidden=whole
                id=name
                name=name
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="token-hint"
                prop:value=value
                on:input=move |event| set(event_target_value(&event))
            />
        </div>
    }
    .erased()
}

/// Counts the documents that wait for the till which was open here last.
fn count_unsent(node: i64, unsent: RwSignal<usize>) {
    spawn_local(async move {
        let waiting = Database::of(node).all::<Outgoing>(Store::Outbox).await;
        let _ = unsent.try_set(waiting.map_or(0, |waiting| waiting.len()));
    });
}

/// Returns the end of a token, `✓ …1a2b`, which is enough to tell two tokens apart.
fn ended(token: &str) -> String {
    let token = clean(token);
    let end = token
        .get(token.len().saturating_sub(4)..)
        .unwrap_or_default();
    format!("✓ …{end}")
}

fn clean(token: &str) -> String {
    match read(token) {
        Pasted::One(key) => key,
        Pasted::Both { tenant, .. } => tenant,
    }
}
