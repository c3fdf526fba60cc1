//! The till that the phone stores, and whether it may work.

use cashier_api::ErrorCode;
use cashier_api::answers::SessionData;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use till::clock::Clock;

use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::page;
use crate::cash::live::platform::storage;

/// The key under which the till is stored, so that it opens without a network.
const TILL: &str = "bonex-till";
/// The key of the server's clock from the last answer.
const CLOCK: &str = "bonex-clock";

/// The stored data of a till. It is one value, because tokens combined with another till's session
/// would send documents in the wrong till's name.
#[derive(Serialize, Deserialize)]
struct Kept {
    tokens: Tokens,
    session: SessionData,
}

/// The state of the till: whether it may work.
#[derive(Clone)]
pub enum Gate {
    /// The tokens have to be entered; the code is the reason if they were refused.
    Shut(Option<ErrorCode>),
    /// The till works.
    Open(Open),
}

/// A till that the server has let in, now or at an earlier start.
#[derive(Clone)]
pub struct Open {
    pub tokens: Tokens,
    /// The session; the loyalty programme in it may change while the till is open.
    pub session: ArcRwSignal<SessionData>,
    /// The server's clock, remembered from an earlier start until the server answers.
    pub clock: ArcRwSignal<Clock>,
    /// `true` if the server has answered with its time in this session.
    pub knows_time: ArcRwSignal<bool>,
}

impl Open {
    /// Creates the till of these tokens, with the clock from the server's last answer.
    pub fn new(tokens: Tokens, session: SessionData) -> Self {
        Self {
            tokens,
            session: ArcRwSignal::new(session),
            clock: ArcRwSignal::new(storage::get(CLOCK).unwrap_or_default()),
            knows_time: ArcRwSignal::new(false),
        }
    }

    /// Stores the session that the server has just answered.
    pub fn learn(&self, session: SessionData) {
        let server_ms = session.server_time.0.micros() / 1_000;
        let clock = Clock::from_answer(server_ms, page::now_ms());
        storage::set(CLOCK, &clock);
        self.clock.set(clock);
        self.knows_time.set(true);
        // Do not store a till again that has been left meanwhile, in this tab or another.
        if entered().is_some_and(|(tokens, _)| tokens == self.tokens) {
            keep(&self.tokens, &session);
        }
        self.session.set(session);
    }
}

/// Returns the till that the phone stores from an earlier start.
pub fn remembered() -> Gate {
    storage::get(TILL).map_or(Gate::Shut(None), |kept: Kept| {
        Gate::Open(Open::new(kept.tokens, kept.session))
    })
}

/// Returns the tokens that were entered last, and the number of their till.
pub fn entered() -> Option<(Tokens, i64)> {
    let kept: Kept = storage::get(TILL)?;
    Some((kept.tokens, kept.session.cashier_node_id))
}

/// Stores the till for the next start. Returns `false` if the phone stores nothing.
pub fn keep(tokens: &Tokens, session: &SessionData) -> bool {
    storage::set(
        TILL,
        &Kept {
            tokens: tokens.clone(),
            session: session.clone(),
        },
    )
}

/// Returns the till that is open.
pub fn open_till(gate: RwSignal<Gate>) -> Option<Open> {
    gate.try_with_untracked(|gate| match gate {
        Gate::Open(open) => Some(open.clone()),
        Gate::Shut(_) => None,
    })?
}

/// Shuts the till of these tokens, unless another till is open by now.
pub fn shut(gate: RwSignal<Gate>, tokens: &Tokens, code: ErrorCode) {
    if open_till(gate).is_some_and(|open| open.tokens == *tokens) {
        gate.set(Gate::Shut(Some(code)));
    }
}

/// Removes the stored till and shuts it.
pub fn leave(gate: RwSignal<Gate>) {
    storage::remove(TILL);
    gate.set(Gate::Shut(None));
}
