//! The service worker, which lets the cashier start without a network, and its new versions.
//!
//! A new version waits until we say that this is a good moment: never in the middle of a sale.

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
/// What a waiting worker takes as the word to take over.
const TAKE_OVER: &str = "skip-waiting";

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
    /// The next version looks after this page, let in by this tab or another: the page is the last thing that is old.
    static HAS_MOVED: Cell<bool> = const { Cell::new(false) };
}

/// Registers the service worker, and calls back whenever a new version is loaded and waits, and again when it is let in,
/// by this tab or another. Looks for one whenever the page comes back on the screen. To be called once in a page's life,
/// when it is ready: loading a version costs network.
pub fn on_update_ready(callback: impl Fn() + 'static) {
    // Missing without HTTPS.
    let Some(container) = container() else { return };
    let callback: Rc<dyn Fn()> = Rc::new(callback);
    // The first version of all takes over nothing: it leaves this page alone.
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
    // Without a controller it is the first version, which has nothing to take over from.
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
    // A till's page may stay open for weeks; browsers look for a new version only when one is
    // opened.
    on_visible({
        let registration = registration.clone();
        move || unheeded(registration.update())
    })
    .forever();
    REGISTRATION.set(Some(registration));
}

/// Whether there is a new version to go to.
pub fn is_ready() -> bool {
    HAS_MOVED.get() || waiting().is_some()
}

/// Lets the version that waits take over; called again when that is done, loads the page anew under it. In between
/// somebody may have begun to type. Does nothing where there is no new version.
pub fn apply_update() {
    if HAS_MOVED.get() {
        // As a first visit does, from what the new version keeps: a reload would wait for the server.
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
