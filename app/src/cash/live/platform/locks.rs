//! Locks for work that only one tab at a time may do.

use std::future::Future;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::dynamic::{call, object, property, settled, text, unheeded};
use super::window;

/// Runs the work when no other tab runs work under `name`. If the browser has no locks, it runs at
/// once.
pub async fn exclusive<T>(name: &str, work: impl Future<Output = T>) -> T {
    let lock = Lock::new();
    lock.granted(name).await;
    work.await
}

/// Takes a shared lock under `name` for the life of this page. Returns `true` if no other page held
/// it before; in a browser without locks always `false`, because it cannot be checked.
pub async fn join_first(name: &str) -> bool {
    let Some(manager) = property(&window().navigator(), "locks") else {
        return false;
    };
    let Ok(state) = settled(call(&manager, "query", [])).await else {
        return false;
    };
    let held = property(&state, "held").map_or_else(Array::new, |held| Array::from(&held));
    let is_first = held
        .iter()
        .all(|lock| text(&lock, "name").as_deref() != Some(name));
    let never = Closure::once_into_js(|| Promise::new(&mut |_, _| {}));
    let options = object([("mode", "shared".into())]);
    unheeded(call(
        &manager,
        "request",
        [name.into(), options.into(), never],
    ));
    is_first
}

/// A lock. The browser holds it until our promise settles, and dropping this value settles it. That
/// also frees a lock that is granted only after the waiting work was cancelled.
struct Lock {
    over: Promise,
    end: Function,
}

impl Lock {
    fn new() -> Self {
        let (over, end) = deferred();
        Self { over, end }
    }

    async fn granted(&self, name: &str) {
        let Some(manager) = property(&window().navigator(), "locks") else {
            return;
        };
        let (granted, grant) = deferred();
        let over = self.over.clone();
        let ask = Closure::once_into_js(move || {
            let _ = grant.call0(&JsValue::NULL);
            over
        });
        if let Ok(asked) = call(&manager, "request", [name.into(), ask]) {
            // The request itself settles first only if it fails, for example in a sandboxed frame.
            // Then there are no locks either.
            let _ = JsFuture::from(Promise::race(&Array::of2(&granted, &asked))).await;
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.end.call0(&JsValue::NULL);
    }
}

/// Creates a promise and the function that fulfils it.
fn deferred() -> (Promise, Function) {
    let mut resolver = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| resolver = resolve.into());
    (promise, resolver.unchecked_into())
}
