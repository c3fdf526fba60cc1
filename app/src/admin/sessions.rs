//! The sessions of the admin who is signed in.

use super::chrome::{Chrome, Section};
use crate::console::Console;
use crate::console::sessions::{Sessions, head, list};

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sessions) -> String {
    let (console, language) = (Console::Admin, chrome.language);
    let head = head(console, language, page);
    chrome.page(Section::Sessions, head, list(console, language, page))
}
