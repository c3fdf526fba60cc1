//! The service worker, which lets the cashier start without a network, and its updates.
//!
//! A new version waits until the page lets it take over at a good moment, never in the middle of a
//! sale.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
};

use super::dynamic::{object, property, settled, unheeded};
use super::page::on_visible;
use super::{Listener, window};

const WORKER: &str = "/cash/sw.js";
const SCOPE: &str = "/cash";
/// The message that makes a waiting service worker take over.
const TAKE_OVER: &str = "skip-waiting";

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
    /// `true` after a new version has taken over this page, on the order of this tab or another:
    /// only the page itself is still of the old version.
    static HAS_MOVED: Cell<bool> = const { Cell::new(false) };
}

/// Registers the service worker. Calls back when a new version is loaded and waits, and again when
/// it has taken over, on the order of this tab or another. Checks for a new version each time when
/// the page becomes visible. Call it once in a page's life, when the page is ready: loading a
/// version uses the network.
pub fn on_update_ready(callback: impl Fn() + 'static) {
    // There is no container without HTTPS.
    let Some(container) = container() else { return };
    let callback: Rc<dyn Fn()> = Rc::new(callback);
    // The very first version does not trigger this: it does not take over the page that installed
    // it.
    let moved = callback.clone();
    Listener::new(&container, "controllerchange", move |_| {
        HAS_MOVED.set(true);
        moved();
    })
    .forever();
    spawn_local(async move {
        let options = object([("scope", SCOPE.into())]);
        let asked = container.register_with_options(WORKER, options.unchecked_ref());
        let registered = settled(Ok(asked)).await;
        let registration = registered.ok().and_then(|value| value.dyn_into().ok());
        if let Some(registration) = registration {
            watch(container, registration, callback);
        }
    });
}

fn watch(
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    callback: Rc<dyn Fn()>,
) {
    // Without a controller this is the very first version, and there is no old one to replace.
    if registration.waiting().is_some() && container.controller().is_some() {
        callback();
    }
    let newest = Rc::new(RefCell::new(None::<Listener>));
    let installs = move |worker: ServiceWorker| {
        let (container, callback) = (container.clone(), callback.clone());
        let installed = Listener::new(&worker.clone(), "statechange", move |_| {
            if worker.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                callback();
            }
        });
        newest.replace(Some(installed));
    };
    if let Some(worker) = registration.installing() {
        installs(worker);
    }
    let found = registration.clone();
    Listener::new(&registration, "updatefound", move |_| {
        if let Some(worker) = found.installing() {
            installs(worker);
        }
    })
    .forever();
    // A till's page may stay open for weeks, and browsers check for a new version only when a page
    // is opened.
    on_visible({
        let registration = registration.clone();
        move || unheeded(registration.update())
    })
    .forever();
    REGISTRATION.set(Some(registration));
}

/// Returns whether there is a new version to switch to.
pub fn is_ready() -> bool {
    HAS_MOVED.get() || waiting().is_some()
}

/// Lets the waiting version take over. When it has taken over, a second call loads the page again
/// under it. The steps are separate because the cashier may begin to type in between. Does nothing
/// if there is no new version.
pub fn apply_update() {
    if HAS_MOVED.get() {
        // Opens the page as a first visit does, from the files of the new version: a reload would
        // wait for the server.
        let _ = window().location().replace(SCOPE);
    } else if let Some(waiting) = waiting() {
        let _ = waiting.post_message(&TAKE_OVER.into());
    }
}

fn waiting() -> Option<ServiceWorker> {
    REGISTRATION.with_borrow(|registration| registration.as_ref()?.waiting())
}

fn container() -> Option<ServiceWorkerContainer> {
    property(&window().navigator(), "serviceWorker").map(JsCast::unchecked_into)
}
