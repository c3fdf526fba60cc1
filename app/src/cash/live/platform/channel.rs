//! Tabs of one till tell each other that what they keep has changed.

use std::cell::OnceCell;

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use super::Listener;

const NAME: &str = "bonex-cash";

thread_local! {
    /// One for all of this tab: a channel does not hear itself. None where the browser has none.
    static CHANNEL: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
}

fn channel() -> Option<BroadcastChannel> {
    CHANNEL.with(|channel| {
        channel
            .get_or_init(|| BroadcastChannel::new(NAME).ok())
            .clone()
    })
}

/// Tells the other tabs that the outbox or the journal is not what they have read.
pub fn announce() {
    if let Some(channel) = channel() {
        let _ = channel.post_message(&JsValue::NULL);
    }
}

/// Calls back whenever another tab has announced a change.
#[must_use = "who drops the guard hears nothing"]
pub fn on_announcement(callback: impl Fn() + 'static) -> Option<Listener> {
    channel().map(|channel| Listener::new(&channel, "message", move |_| callback()))
}
