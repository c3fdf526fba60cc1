//! Whether the server can be reached.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::flows::session;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;

/// A network that has just come often leads to no server yet: after these pauses it is tried again.
const AGAIN_MILLISECONDS: [u32; 2] = [2_000, 5_000];

/// Looks for the server, a few times if need be.
pub fn reach(till: Till) {
    spawn_local(async move {
        for pause in AGAIN_MILLISECONDS {
            if is_heard(till).await || !page::is_online() {
                return;
            }
            page::sleep(pause).await;
        }
        is_heard(till).await;
    });
}

/// Whether what needs the server can be begun. Where it was not heard last, it is asked first: the cashier would not press
/// again what has worked by then.
pub async fn is_reached(till: Till) -> bool {
    till.link.online.try_get_untracked() == Some(true) || is_heard(till).await
}

/// Asks the server whether the till may work. If it answers, what waits for it goes on: `watch` hears of that.
pub async fn is_heard(till: Till) -> bool {
    let heard = session::ask(till.gate).await;
    till.heard(heard);
    if heard {
        let _ = till.link.answers.try_update(|answers| *answers += 1);
    }
    heard
}
