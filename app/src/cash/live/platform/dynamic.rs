//! Access to JavaScript by name, for features that some browsers lack and `web-sys` therefore does
//! not offer.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Returns a property of `object`, or `None` if it is missing, `undefined` or `null`.
pub(super) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// Returns a property of `object` if it is a string.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name)?.as_string()
}

/// Creates a plain object with these properties.
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
/// Returns what the method threw, or `undefined` if there is no such method.
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
/// Returns what the constructor threw, or `undefined` if there is no such class.
pub(super) fn construct<const N: usize>(
    class: &str,
    arguments: [JsValue; N],
) -> Result<JsValue, JsValue> {
    let class: Function = property(&js_sys::global(), class)
        .ok_or(JsValue::UNDEFINED)?
        .dyn_into()?;
    Reflect::construct(&class, &Array::from_iter(arguments))
}

/// Waits for a promise; a value that is not a promise is returned as it is.
///
/// # Errors
/// Returns what the promise was rejected with, or the error of the call that should have made the
/// promise.
pub(super) async fn settled<V: Into<JsValue>>(
    outcome: Result<V, JsValue>,
) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&outcome?.into())).await
}

/// Lets a promise run whose outcome does not matter, so that the browser does not report its
/// failure as unhandled.
pub(super) fn unheeded<V: Into<JsValue>>(outcome: Result<V, JsValue>) {
    let outcome = outcome.map(Into::into);
    spawn_local(async move {
        let _ = settled(outcome).await;
    });
}

/// Returns the name by which browsers distinguish errors, such as `NotAllowedError`.
pub(super) fn error_name(error: &JsValue) -> String {
    text(error, "name").unwrap_or_default()
}
