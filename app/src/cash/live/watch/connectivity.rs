//! The network, the page's way in and out of sight, and what is done with the checks that wait.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::flows::connection::reach;
use crate::cash::live::flows::{clients, draft, outbox};
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{channel, page};

/// How often what waits is sent again while the till stands open.
const RETRY_MILLISECONDS: u32 = 20_000;

/// Watches until the guards go.
pub fn watch(till: Till) -> impl Sized + 'static {
    Effect::new(move |before: Option<()>| {
        till.link.answers.track();
        if before.is_some() {
            untrack(|| clients::verify(till));
            spawn_local(outbox::drain(till));
        }
    });
    let knows_time = Memo::new(move |_| till.knows_time.get());
    Effect::new(move || {
        if knows_time.get() {
            spawn_local(outbox::prune(till));
        }
    });
    let online = page::on_online_change(move |online| {
        till.heard(online);
        if online {
            reach(till);
        }
    });
    // A phone wakes up from a pocket: what waits is sent, and the till is asked whether it may still work.
    let visible = page::on_visible(move || {
        draft::forget();
        spawn_local(outbox::look(till));
        reach(till);
    });
    let hiding = page::on_hiding(move || draft::keep(till));
    let retry = page::every(RETRY_MILLISECONDS, move || {
        let waits = till.link.outbox.with_untracked(|outbox| !outbox.is_empty());
        if waits || !till.link.online.get_untracked() {
            reach(till);
        }
    });
    let others = channel::on_announcement(move || spawn_local(outbox::look(till)));
    let unsent = page::guard_unload(move || {
        // What waits is kept; only leaving the till to itself would be a loss.
        till.screens.is_reloading.try_get_value() == Some(false)
            && till.link.outbox.with_untracked(|outbox| !outbox.is_empty())
    });
    (online, visible, hiding, retry, others, unsent)
}
