//! Reactions to changes of the network and of the page's visibility, and the retries of waiting
//! documents.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::flows::connection::reach;
use crate::cash::live::flows::{clients, draft, outbox};
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{channel, page};

/// The interval at which waiting documents are sent again while the till is open.
const RETRY_MILLISECONDS: u32 = 20_000;

/// Starts the reactions; they end when the returned guards are dropped.
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
        till.set_online(online);
        if online {
            reach(till);
        }
    });
    // A phone was unlocked: send what waits, and ask the server whether the till may still work.
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
        // The waiting documents are stored, but they would not be sent while the page is closed.
        till.screens.is_reloading.try_get_value() == Some(false)
            && till.link.outbox.with_untracked(|outbox| !outbox.is_empty())
    });
    (online, visible, hiding, retry, others, unsent)
}
