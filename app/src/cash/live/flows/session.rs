//! Requests that ask the server whether a till may work.

use cashier_api::Reason;
use domain::PairingCode;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::api::{self, Fault};
use crate::cash::live::model::session::{Gate, Open, keep, open_till, shut};
use crate::cash::live::platform::credentials::Tokens;
use crate::cash::live::platform::device;
use crate::cash::live::platform::storage;

/// Asks the server whether the open till may still work, and updates its loyalty programme; the
/// typed values stay. Returns whether an answer came. Without an answer the till stays open: it can
/// still accrue.
pub async fn ask(gate: RwSignal<Gate>) -> bool {
    let Some(open) = open_till(gate) else {
        return true;
    };
    match api::session().ask_as(&open.tokens).await {
        Ok(session) => {
            open.learn(session);
            spawn_local(device::mirror());
            true
        }
        Err(Fault::Refused(reason)) => {
            if let Some(Reason::Failed(code)) = reason
                && code.stops_till()
            {
                shut(gate, &open.tokens, code);
            }
            true
        }
        Err(Fault::NoAnswer) => false,
    }
}

/// Opens the till of a pairing code, and binds it to this phone. After a lost answer the same code
/// may be sent again for ten minutes. Returns `false` as [`sign_in`] does.
///
/// # Errors
/// Returns the [`Fault`] of a request.
pub async fn pair(gate: RwSignal<Gate>, code: PairingCode) -> Result<bool, Fault> {
    if !device::is_kept().await {
        return Ok(false);
    }
    let request = api::pair(&code, device::id().await);
    let tokens = request.ask_as(&Tokens::default()).await?;
    sign_in(gate, tokens).await
}

/// Opens the till of these tokens if the server lets it in. Returns `false` if the phone cannot
/// store the till.
///
/// # Errors
/// Returns the [`Fault`] of the request.
pub async fn sign_in(gate: RwSignal<Gate>, tokens: Tokens) -> Result<bool, Fault> {
    // The server binds the till to the device id of this request, so the id must outlive this page.
    if !device::is_kept().await {
        return Ok(false);
    }
    let session = api::session().ask_as(&tokens).await?;
    if !keep(&tokens, &session) {
        return Ok(false);
    }
    storage::ask_to_persist();
    let open = Open::new(tokens, session.clone());
    open.learn(session);
    spawn_local(device::mirror());
    gate.set(Gate::Open(open));
    Ok(true)
}
