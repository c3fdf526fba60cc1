//! Work that only one tab at a time may do.

use std::future::Future;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::dynamic::{call, object, property, settled, text, unheeded};
use super::window;

/// Works as soon as no other tab works under `name`. Where a browser has no locks, just works.
pub async fn exclusive<T>(name: &str, work: impl Future<Output = T>) -> T {
    let lock = Lock::new();
    lock.granted(name).await;
    work.await
}

/// Joins those who work under `name` for as long as this page lives. True for who finds nobody there; a browser without
/// locks cannot tell.
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

/// A browser holds a lock until a promise of ours settles; dropping this settles it.
/// That also frees a lock which is granted only after nobody waits for it any more.
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
            // The request itself settles first only if it fails, as in a sandbox: no locks either.
            let _ = JsFuture::from(Promise::race(&Array::of2(&granted, &asked))).await;
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.end.call0(&JsValue::NULL);
    }
}

/// A promise and the function that fulfils it.
fn deferred() -> (Promise, Function) {
    let mut resolver = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| resolver = resolve.into());
    (promise, resolver.unchecked_into())
}
