//! The features of a browser that the web cashier needs. Nothing here knows the screens.
//!
//! A browser may lack or refuse almost any of them (an old browser, a private window, a page
//! without HTTPS). A function then says so in its result, or does nothing if a sale can go on
//! without the feature; none of them panics.

pub mod camera;
pub mod channel;
pub mod credentials;
pub mod database;
pub mod device;
mod dynamic;
pub mod feedback;
pub mod http;
mod listener;
pub mod locks;
pub mod page;
pub mod scanner;
pub mod storage;
pub mod surroundings;
pub mod worker_update;

pub use listener::Listener;

/// Returns the window of this page.
fn window() -> web_sys::Window {
    wasm_bindgen::JsCast::unchecked_into(js_sys::global())
}
