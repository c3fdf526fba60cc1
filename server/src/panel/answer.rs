//! The answers of the panel.

use app::console::Console;
use app::panel::notices::Done;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::console::answer;
pub(super) use crate::console::answer::{Failed, page, see_other};

/// Answers as [`see_other`], and shows on the next page that something was done.
pub(super) fn done(headers: &HeaderMap, url: impl std::fmt::Display, done: Done) -> Response {
    answer::done(headers, Console::Panel, url, done.code())
}
