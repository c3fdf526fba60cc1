//! Messages between the tabs of one till: they announce that the stored data has changed.

use std::cell::OnceCell;

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use super::Listener;

const NAME: &str = "bonex-cash";

thread_local! {
    /// The one channel of this tab: a channel does not receive its own messages. `None` if the
    /// browser does not support channels.
    static CHANNEL: OnceCell<Option<BroadcastChannel>> = const { OnceCell::new() };
}

fn channel() -> Option<BroadcastChannel> {
    CHANNEL.with(|channel| {
        channel
            .get_or_init(|| BroadcastChannel::new(NAME).ok())
            .clone()
    })
}

/// Announces to the other tabs that the outbox or the journal has changed since they read it.
pub fn announce() {
    if let Some(channel) = channel() {
        let _ = channel.post_message(&JsValue::NULL);
    }
}

/// Calls back when another tab has announced a change.
#[must_use = "dropping the guard ends the subscription"]
pub fn on_announcement(callback: impl Fn() + 'static) -> Option<Listener> {
    channel().map(|channel| Listener::new(&channel, "message", move |_| callback()))
}
