//! The sessions of the admin who is signed in.

use super::account::account_crumb;
use super::chrome::{Chrome, Section};
use crate::console::Console;
use crate::console::sessions::{Sessions, head, list};

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sessions) -> String {
    let (console, language) = (Console::Admin, chrome.language);
    let mut head = head(console, language, page);
    head.crumbs = vec![account_crumb(language)];
    chrome.page(Section::Account, head, list(console, language, page))
}
