//! Whether the server can be reached, and what waits for that.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::client::verify;
use super::state::Till;
use super::{gate, outbox};

/// Asks the server whether the till may work; if it answers, sends what waits and looks up who was named without it.
pub(super) fn reach(till: Till) {
    spawn_local(async move {
        let heard = gate::ask(till.gate).await;
        till.heard(heard);
        if heard {
            verify(till);
            outbox::drain(till).await;
        }
    });
}

/// Tells the cashier `why` this cannot be done, where there is no connection; false where there is one. The next press may
/// find one again.
pub(super) fn refuse_offline(till: Till, why: &'static str) -> bool {
    let is_offline = !till.online.get_untracked();
    if is_offline {
        till.tell(why);
        reach(till);
    }
    is_offline
}
