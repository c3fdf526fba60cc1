//! The documents around the pages that work without a script: the console with its menu, and pages
//! that are alone, such as the sign-in.

mod alone;
mod document;
mod frame;
mod texts;

pub(crate) use alone::{Alone, languages};
pub(crate) use frame::{Frame, MenuItem};
pub(crate) use texts::texts;

/// The style sheet of these pages. It is not part of the web bundle, so that the pages work without
/// one.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/console.css"));

/// The script of the pages that bring themselves up to date. They work without it.
pub const REFRESH: &str = include_str!("refresh.js");

/// The URL of that script, which changes with its content.
pub const REFRESH_URL: &str = document::REFRESH_URL;

/// The URL of the style sheet. It changes with the content, so browsers may keep the file.
pub const STYLE_URL: &str = document::STYLE_URL;
