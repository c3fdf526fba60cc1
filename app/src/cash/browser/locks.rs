//! Work that only one tab at a time may do.

use std::future::Future;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::dynamic::{call, object, property};
use super::window;

/// Works as soon as no other tab works under `name`. Where a browser has no locks, just works.
pub async fn exclusive<T>(name: &str, work: impl Future<Output = T>) -> T {
    let lock = Lock::new();
    lock.is_granted(name, false).await;
    work.await
}

/// Works if no other tab works under `name`. Where a browser has no locks, just works.
pub async fn if_free<T>(name: &str, work: impl Future<Output = T>) -> Option<T> {
    let lock = Lock::new();
    if lock.is_granted(name, true).await {
        Some(work.await)
    } else {
        None
    }
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

    async fn is_granted(&self, name: &str, only_if_free: bool) -> bool {
        let Some(manager) = property(&window().navigator(), "locks") else {
            return true;
        };
        let (granted, grant) = deferred();
        let over = self.over.clone();
        // Called with null where only a free lock would do and it is not free.
        let ask = Closure::once_into_js(move |lock: JsValue| {
            let _ = grant.call1(&JsValue::NULL, &JsValue::from_bool(!lock.is_null()));
            over
        });
        let options = object([("ifAvailable", JsValue::from_bool(only_if_free))]);
        let asked = call(&manager, "request", [name.into(), options.into(), ask]);
        let Ok(asked) = asked else { return true };
        // The request itself settles first only if it fails, as in a sandbox: no locks either.
        JsFuture::from(Promise::race(&Array::of2(&granted, &asked)))
            .await
            .map_or(true, |granted| granted.is_truthy())
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
