//! JavaScript by name: what some browsers lack, and `web-sys` therefore does not offer.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// What `object` has under `name`, if it is there at all.
pub(super) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A text that `object` has under `name`.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name)?.as_string()
}

/// A plain object of these properties.
pub(super) fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Only a frozen object refuses a property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}

/// Calls a method.
///
/// # Errors
/// What the method threw; `undefined` where there is no such method.
pub(super) fn call<const N: usize>(
    object: &JsValue,
    method: &str,
    arguments: [JsValue; N],
) -> Result<JsValue, JsValue> {
    let method: Function = property(object, method)
        .ok_or(JsValue::UNDEFINED)?
        .dyn_into()?;
    method.apply(object, &Array::from_iter(arguments))
}

/// Calls a constructor that is a property of the global object.
///
/// # Errors
/// What the constructor threw; `undefined` where there is no such class.
pub(super) fn construct<const N: usize>(
    class: &str,
    arguments: [JsValue; N],
) -> Result<JsValue, JsValue> {
    let class: Function = property(&js_sys::global(), class)
        .ok_or(JsValue::UNDEFINED)?
        .dyn_into()?;
    Reflect::construct(&class, &Array::from_iter(arguments))
}

/// Waits for a promise; a value that is none is its own answer.
///
/// # Errors
/// What the promise was rejected with, or the call that should have made it.
pub(super) async fn settled<V: Into<JsValue>>(
    outcome: Result<V, JsValue>,
) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&outcome?.into())).await
}

/// Lets a promise run whose outcome changes nothing for us, so that its failure is not reported as
/// unhandled.
pub(super) fn unheeded<V: Into<JsValue>>(outcome: Result<V, JsValue>) {
    let outcome = outcome.map(Into::into);
    spawn_local(async move {
        let _ = settled(outcome).await;
    });
}

/// The name of an error by which browsers tell failures apart, such as `NotAllowedError`.
pub(super) fn error_name(error: &JsValue) -> String {
    text(error, "name").unwrap_or_default()
}
