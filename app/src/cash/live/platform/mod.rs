//! What the web cashier needs from a browser: nothing of it knows the screens.
//!
//! A browser may lack or refuse almost any of this (an old one, a private window, a page without
//! HTTPS). Then a function says so in its answer, or quietly does nothing where a sale goes on
//! without it; none panics.

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

/// The window that this page runs in.
fn window() -> web_sys::Window {
    wasm_bindgen::JsCast::unchecked_into(js_sys::global())
}
