//! The till that the phone keeps, and whether it may work.

use cashier_api::ErrorCode;
use cashier_api::answers::SessionData;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use till::clock::Clock;

use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::page;
use crate::cash::live::platform::storage;

/// The key under which the till is kept, so that it opens without a network.
const TILL: &str = "bonex-till";
/// The key of the server's clock, as it was heard last.
const CLOCK: &str = "bonex-clock";

/// What the phone keeps of a till. One value: tokens beside another till's session would send its checks as
/// somebody else's.
#[derive(Serialize, Deserialize)]
struct Kept {
    tokens: Tokens,
    session: SessionData,
}

/// Whether the till may work.
#[derive(Clone)]
pub enum Gate {
    /// The tokens have to be entered; the code says why, if they were refused.
    Shut(Option<ErrorCode>),
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

impl Open {
    /// The till of these tokens, with the clock that was heard last.
    pub fn new(tokens: Tokens, session: SessionData) -> Self {
        Self {
            tokens,
            session: ArcRwSignal::new(session),
            clock: ArcRwSignal::new(storage::get(CLOCK).unwrap_or_default()),
            knows_time: ArcRwSignal::new(false),
        }
    }

    /// Takes over what the server has just answered.
    pub fn learn(&self, session: SessionData) {
        let server_ms = session.server_time.0.micros() / 1_000;
        let clock = Clock::heard(server_ms, page::now_ms());
        storage::set(CLOCK, &clock);
        self.clock.set(clock);
        self.knows_time.set(true);
        // A till that has been left meanwhile, in this tab or another, is not brought back.
        if entered().is_some_and(|(tokens, _)| tokens == self.tokens) {
            keep(&self.tokens, &session);
        }
        self.session.set(session);
    }
}

/// The till that the phone keeps from an earlier start.
pub fn remembered() -> Gate {
    storage::get(TILL).map_or(Gate::Shut(None), |kept: Kept| {
        Gate::Open(Open::new(kept.tokens, kept.session))
    })
}

/// The tokens that were entered last and the number of their till.
pub fn entered() -> Option<(Tokens, i64)> {
    let kept: Kept = storage::get(TILL)?;
    Some((kept.tokens, kept.session.cashier_node_id))
}

/// Keeps the till for the next start; false if the phone keeps nothing.
pub fn keep(tokens: &Tokens, session: &SessionData) -> bool {
    storage::set(
        TILL,
        &Kept {
            tokens: tokens.clone(),
            session: session.clone(),
        },
    )
}

/// The till that is open.
pub fn open_till(gate: RwSignal<Gate>) -> Option<Open> {
    gate.try_with_untracked(|gate| match gate {
        Gate::Open(open) => Some(open.clone()),
        Gate::Shut(_) => None,
    })?
}

/// Shuts the till of these tokens, unless another is open by now.
pub fn shut(gate: RwSignal<Gate>, tokens: &Tokens, code: ErrorCode) {
    if open_till(gate).is_some_and(|open| open.tokens == *tokens) {
        gate.set(Gate::Shut(Some(code)));
    }
}

/// Forgets the till.
pub fn leave(gate: RwSignal<Gate>) {
    storage::remove(TILL);
    gate.set(Gate::Shut(None));
}
