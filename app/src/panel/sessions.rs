//! The sessions of the person who is signed in.

use super::chrome::{Chrome, Page, Section, crumb};
use crate::console::Console;
use crate::console::sessions::{Sessions, head, list};

/// Renders the page.
pub fn html(chrome: &Chrome, page: &Sessions) -> String {
    let (console, language) = (Console::Panel, chrome.language);
    let mut head = head(console, language, page);
    head.crumbs = vec![crumb(Section::Settings, chrome.texts())];
    chrome.page(Page {
        section: Some(Section::Settings),
        head,
        is_wrong: false,
        body: list(console, language, page),
    })
}
