//! Who may work here: the till opens with its two tokens, or says what to do next.

use cashier_api::answers::SessionData;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Fault};
use super::browser::{page, storage};
use super::counter::Counter;
use super::drawn::Draw;
use super::enter::Enter;
use super::texts::Texts;
use crate::locales::Language;

/// Where the last session is kept, so that the till opens without a network.
const SESSION: &str = "bonex.session";

/// Codes after which the till may not go on until somebody has acted.
const SHUT: [&str; 6] = [
    "bad_tenant_token",
    "bad_cashier_token",
    "cashier_disabled",
    "store_suspended",
    "device_mismatch",
    "device_id_required",
];

/// What the till stands before.
#[derive(Clone, PartialEq)]
pub(super) enum State {
    /// The tokens are wanted; the code tells why, where they were refused.
    Shut(Option<String>),
    /// The till works. Its programme may change while it does.
    Open(ArcRwSignal<SessionData>),
}

/// Opens the till with what the phone remembers.
#[component]
pub(super) fn Gate(language: Language) -> impl IntoView {
    let texts = Texts::of(language);
    let state = RwSignal::new(remembered());
    Effect::new(move || {
        // After this first paint: what is measured as ready is what a cashier can press.
        page::mark_ready();
    });
    if storage::tokens().is_some() {
        refresh(state);
    }
    move || match state.get() {
        State::Shut(code) => view! { <Enter texts state code /> }.drawn(),
        State::Open(session) => view! { <Counter texts language state session /> }.drawn(),
    }
}

/// The sentence for a code of [`SHUT`].
pub(super) fn advice(texts: &'static Texts, code: &str) -> &'static str {
    let gate = &texts.gate;
    match code {
        "bad_tenant_token" => gate.bad_tenant_token,
        "cashier_disabled" => gate.cashier_disabled,
        "store_suspended" => gate.store_suspended,
        "device_mismatch" | "device_id_required" => gate.device_mismatch,
        _ => gate.bad_cashier_token,
    }
}

/// Whether this refusal shuts the till.
pub(super) fn shuts(code: &str) -> bool {
    SHUT.contains(&code)
}

fn remembered() -> State {
    match (storage::tokens(), storage::get::<SessionData>(SESSION)) {
        (Some(_), Some(session)) => State::Open(ArcRwSignal::new(session)),
        _ => State::Shut(None),
    }
}

/// Asks who the till is, and keeps the answer for a start without a network.
pub(super) fn refresh(state: RwSignal<State>) {
    spawn_local(async move {
        let Some(tokens) = storage::tokens() else {
            return;
        };
        match api::session(&tokens).await {
            Ok(session) => open(state, session),
            Err(Fault::Refused { code, .. }) if shuts(&code) => state.set(State::Shut(Some(code))),
            // The till that was open stays open: without a network it still accrues.
            Err(_) => {}
        }
    });
}

/// Opens the till. One that is open as the same till stays as it is and only learns its programme anew: what
/// is being typed must not be lost.
pub(super) fn open(state: RwSignal<State>, session: SessionData) {
    storage::set(SESSION, &session);
    let open = state.with_untracked(|state| match state {
        State::Open(open) => Some(open.clone()),
        State::Shut(_) => None,
    });
    match open {
        Some(open) if open.with_untracked(|open| is_same_till(open, &session)) => open.set(session),
        _ => state.set(State::Open(ArcRwSignal::new(session))),
    }
}

fn is_same_till(one: &SessionData, other: &SessionData) -> bool {
    one.cashier_node_id == other.cashier_node_id && one.device_bound_at == other.device_bound_at
}

/// Forgets tokens and session.
pub(super) fn leave(state: RwSignal<State>) {
    storage::forget_tokens();
    storage::remove(SESSION);
    state.set(State::Shut(None));
}
