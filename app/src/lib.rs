//! The pages: written by the server (`ssr`), then taken over in the browser (`hydrate`).

// The component macro writes `pub` items for private components.
#![allow(unreachable_pub)]

mod cash;
mod health;
mod locales;
#[cfg(feature = "ssr")]
pub mod ssr;
mod start;

pub use cash::Cash;
pub use locales::Language;
pub use start::App;
