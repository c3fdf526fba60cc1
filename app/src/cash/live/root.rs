//! Who may work here: the till opens with its two tokens, or says what to do next.

use cashier_api::ErrorCode;
use cashier_api::answers::SessionData;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use till::clock::Clock;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::platform::storage::{self, Tokens};
use crate::cash::live::platform::{device, page, worker_update};
use crate::cash::live::screens::sign_in::Enter;
use crate::cash::live::till_view::Counter;
use crate::cash::live::ui::drawn::Draw;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// Where the till is kept, so that it opens without a network.
const TILL: &str = "bonex-till";

/// Where the server's clock is kept, as it was heard last.
const CLOCK: &str = "bonex-clock";

/// What the phone keeps of a till. One value: tokens beside another till's session would send its checks as
/// somebody else's.
#[derive(Serialize, Deserialize)]
struct Kept {
    tokens: Tokens,
    session: SessionData,
}

/// What the till stands before.
#[derive(Clone)]
pub enum State {
    /// The tokens are wanted; the code tells why, where they were refused.
    Shut(Option<String>),
    /// The till works.
    Open(Open),
}

/// A till that the server has let in, now or at an earlier start.
#[derive(Clone)]
pub struct Open {
    pub tokens: Tokens,
    /// Its programme may change while it is open.
    pub session: ArcRwSignal<SessionData>,
    /// The server's, remembered from an earlier start until it is heard.
    pub clock: ArcRwSignal<Clock>,
    /// It has been heard.
    pub knows_time: ArcRwSignal<bool>,
}

/// Opens the till with what the phone remembers.
#[component]
pub fn Gate(language: Language) -> impl IntoView {
    let texts = Texts::of(language);
    let state = RwSignal::new(remembered());
    page::tidy_address();
    spawn_local(async {
        page::painted().await;
        page::mark_ready();
    });
    let update_ready = RwSignal::new(false);
    worker_update::on_update_ready(move || update_ready.set(true));
    spawn_local(async move {
        ask(state).await;
    });
    move || match state.get() {
        State::Shut(code) => view! { <Enter texts state code update_ready /> }.drawn(),
        State::Open(open) => view! { <Counter texts language state open update_ready /> }.drawn(),
    }
}

/// The sentence for a code that stops the till.
pub fn advice(texts: &'static Texts, code: &str) -> &'static str {
    let gate = &texts.gate;
    match code {
        "bad_tenant_token" => gate.bad_tenant_token,
        "cashier_disabled" => gate.cashier_disabled,
        "store_suspended" => gate.store_suspended,
        "device_mismatch" | "device_id_required" => gate.device_mismatch,
        _ => gate.bad_cashier_token,
    }
}

fn remembered() -> State {
    storage::get(TILL).map_or(State::Shut(None), |kept: Kept| {
        State::Open(Open::new(kept.tokens, kept.session))
    })
}

/// The tokens that were entered last and the number of their till.
pub fn entered() -> Option<(Tokens, i64)> {
    let kept: Kept = storage::get(TILL)?;
    Some((kept.tokens, kept.session.cashier_node_id))
}

/// Asks the server whether the open till may still work, and learns its programme anew; what is being typed stays.
/// Tells whether an answer came. Without one the till stays open: it still accrues.
pub async fn ask(state: RwSignal<State>) -> bool {
    let Some(open) = open_till(state) else {
        return true;
    };
    let answer = api::session(&open.tokens).await;
    match answer {
        Ok(session) => {
            open.learn(session);
            true
        }
        Err(Fault::Refused { code, .. }) => {
            if ErrorCode::stops_till(&code) {
                shut(state, &open.tokens, code);
            }
            true
        }
        Err(Fault::NoAnswer) => false,
    }
}

/// Shuts the till of these tokens, unless another is open by now.
pub fn shut(state: RwSignal<State>, tokens: &Tokens, code: String) {
    if open_till(state).is_some_and(|open| open.tokens == *tokens) {
        state.set(State::Shut(Some(code)));
    }
}

fn open_till(state: RwSignal<State>) -> Option<Open> {
    state.try_with_untracked(|state| match state {
        State::Open(open) => Some(open.clone()),
        State::Shut(_) => None,
    })?
}

impl Open {
    fn new(tokens: Tokens, session: SessionData) -> Self {
        Self {
            tokens,
            session: ArcRwSignal::new(session),
            clock: ArcRwSignal::new(storage::get(CLOCK).unwrap_or_default()),
            knows_time: ArcRwSignal::new(false),
        }
    }

    fn learn(&self, session: SessionData) {
        let server_ms = session.server_time.0.micros() / 1_000;
        let clock = Clock::heard(server_ms, page::now_ms());
        storage::set(CLOCK, &clock);
        self.clock.set(clock);
        self.knows_time.set(true);
        // Whoever has left meanwhile, in this tab or another, is not brought back.
        if entered().is_some_and(|(tokens, _)| tokens == self.tokens) {
            keep(&self.tokens, &session);
        }
        self.session.set(session);
        spawn_local(device::mirror());
    }
}

/// Opens the till that the server has let in; false where the phone keeps nothing.
pub fn enter(state: RwSignal<State>, tokens: Tokens, session: SessionData) -> bool {
    if !keep(&tokens, &session) {
        return false;
    }
    storage::ask_to_persist();
    let open = Open::new(tokens, session.clone());
    open.learn(session);
    state.set(State::Open(open));
    true
}

fn keep(tokens: &Tokens, session: &SessionData) -> bool {
    storage::set(
        TILL,
        &Kept {
            tokens: tokens.clone(),
            session: session.clone(),
        },
    )
}

/// Forgets the till.
pub fn leave(state: RwSignal<State>) {
    storage::remove(TILL);
    state.set(State::Shut(None));
}
