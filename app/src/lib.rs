//! The pages: rendered on the server (`ssr`), then hydrated in the browser (`hydrate`).

// The component macro generates `pub` items for private components.
#![allow(unreachable_pub)]

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod api_page;
#[cfg(feature = "ssr")]
pub mod bot;
mod cash;
#[cfg(feature = "ssr")]
pub mod client;
#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod forms;
mod health;
mod locales;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod panel;
#[cfg(feature = "ssr")]
pub mod sandbox_page;
#[cfg(feature = "ssr")]
pub mod ssr;
mod start;
#[cfg(feature = "ssr")]
pub mod ui;

#[cfg(feature = "ssr")]
pub use cash::Cash;
#[cfg(feature = "hydrate")]
pub use cash::open_cash;
pub use locales::Language;
pub use start::App;
