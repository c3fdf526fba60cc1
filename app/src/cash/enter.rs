//! The two tokens, once for a phone.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Fault};
use super::browser::storage::{self, Tokens};
use super::gate::{self, State, advice, shuts};
use super::shell::Mark;
use super::texts::Texts;

/// Characters of a token.
const TOKEN_LENGTH: usize = 64;

/// The form of the two tokens, and why the last ones were refused.
#[component]
pub(super) fn Enter(
    texts: &'static Texts,
    state: RwSignal<State>,
    code: Option<String>,
) -> impl IntoView {
    let kept = storage::tokens();
    let (tenant, cashier) = kept.map_or_else(Default::default, |kept| (kept.tenant, kept.cashier));
    let tenant = RwSignal::new(tenant);
    let cashier = RwSignal::new(cashier);
    let problem = RwSignal::new(code.map(|code| advice(texts, &code)));
    let busy = RwSignal::new(false);

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let tokens = Tokens {
            tenant: clean(&tenant.get_untracked()),
            cashier: clean(&cashier.get_untracked()),
        };
        if ![&tokens.tenant, &tokens.cashier]
            .into_iter()
            .all(|token| is_token(token))
        {
            problem.set(Some(texts.enter.malformed));
            return;
        }
        if !storage::keep_tokens(&tokens) {
            problem.set(Some(texts.enter.not_kept));
            return;
        }
        storage::ask_to_persist();
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = api::session(&tokens).await;
            busy.set(false);
            match answer {
                Ok(session) => gate::open(state, session),
                Err(Fault::Refused { code, .. }) if shuts(&code) => {
                    problem.set(Some(advice(texts, &code)));
                }
                Err(_) => problem.set(Some(texts.enter.no_answer)),
            }
        });
    };
    let enter = &texts.enter;
    view! {
        <main class="enter">
            <form class="enter-form" on:submit=submit>
                <header class="brand">
                    <Mark />
                    <p class="brand-name">"Bonex"</p>
                </header>
                <h1 class="enter-title">{enter.title}</h1>
                <p class="muted">{enter.lead}</p>
                <Token label=enter.tenant name="tenant" value=tenant />
                <Token label=enter.cashier name="cashier" value=cashier />
                <p class="note" id="token-hint">
                    {enter.hint}
                </p>
                <div role="alert">
                    {move || problem.get().map(|text| view! { <p class="problem">{text}</p> })}
                </div>
                <button class="button button-main" disabled=busy>
                    {move || if busy.get() { enter.checking } else { enter.submit }}
                </button>
            </form>
        </main>
    }
    .into_any()
}

/// A field that shows how much of a token it holds: a copy is most often wrong by its ends.
#[component]
fn Token(label: &'static str, name: &'static str, value: RwSignal<String>) -> impl IntoView {
    let length = move || value.with(|value| clean(value).chars().count());
    let whole = move || value.with(|value| is_token(&clean(value)));
    view! {
        <div class="field token">
            <label class="field-label" for=name>
                {label}
            </label>
            <span class="token-length" class:token-whole=whole aria-hidden="true">
                {move || if whole() { "✓".to_owned() } else { format!("{}/{TOKEN_LENGTH}", length()) }}
            </span>
            <input
                class="field-input"
                id=name
                name=name
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="token-hint"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

fn clean(token: &str) -> String {
    token
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
