//! A lock that keeps the screen on between two clients.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::cash::live::platform::dynamic::{call, property, settled, unheeded};
use crate::cash::live::platform::page::on_visible;
use crate::cash::live::platform::{Listener, window};

/// A lock that keeps the screen on until it is dropped, if the browser allows a page to do that.
#[must_use = "dropping it lets the screen turn off"]
pub struct WakeLock {
    sentinel: Rc<Sentinel>,
    _visible: Listener,
}

/// The lock that the browser has granted, if any. The browser releases it when the page is hidden.
type Sentinel = RefCell<Option<JsValue>>;

impl WakeLock {
    /// Requests that the screen stays on, now and every time the page becomes visible again.
    pub fn hold() -> Self {
        let sentinel = Rc::new(Sentinel::default());
        let weak = Rc::downgrade(&sentinel);
        request(weak.clone());
        Self {
            sentinel,
            _visible: on_visible(move || request(weak.clone())),
        }
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        release(self.sentinel.take());
    }
}

fn request(place: Weak<Sentinel>) {
    let Some(manager) = property(&window().navigator(), "wakeLock") else {
        return;
    };
    spawn_local(async move {
        // A browser in battery saving mode refuses.
        if let Ok(granted) = settled(call(&manager, "request", ["screen".into()])).await {
            match place.upgrade() {
                Some(place) => release(place.replace(Some(granted))),
                // The `WakeLock` was dropped before the browser granted this.
                None => release(Some(granted)),
            }
        }
    });
}

fn release(sentinel: Option<JsValue>) {
    if let Some(sentinel) = sentinel {
        unheeded(call(&sentinel, "release", []));
    }
}
