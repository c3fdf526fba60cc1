//! The pages: written by the server (`ssr`), then taken over in the browser (`hydrate`).

// The component macro writes `pub` items for private components.
#![allow(unreachable_pub)]

#[cfg(feature = "ssr")]
pub mod api_page;
mod cash;
mod health;
mod locales;
#[cfg(feature = "ssr")]
pub mod ssr;
mod start;

#[cfg(feature = "ssr")]
pub use cash::Cash;
#[cfg(feature = "hydrate")]
pub use cash::open_cash;
pub use locales::Language;
pub use start::App;
