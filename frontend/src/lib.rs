//! The program in the browser: hydrates the start page, or opens the till in the cashier's page.
#![cfg(target_arch = "wasm32")]

use app::{App, Language};
use leptos::mount::hydrate_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Attaches the start page's event handlers to the server's HTML.
#[wasm_bindgen]
pub fn hydrate_start() {
    console_error_panic_hook::set_once();
    let language = Language::of_document();
    hydrate_body(move || view! { <App language /> });
}

/// Opens the till in the cashier's frame, which the server has rendered.
#[wasm_bindgen]
pub fn open_cash() {
    console_error_panic_hook::set_once();
    app::open_cash(Language::of_document());
}
