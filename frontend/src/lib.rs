//! What the browser runs: takes over the page the server has written.
#![cfg(target_arch = "wasm32")]

/// Attaches the application's event handlers to the HTML that is already on the screen.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
