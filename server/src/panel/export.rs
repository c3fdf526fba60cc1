//! Lists of a store as files.

use app::ui::sheet::{Format, Sheet};
use axum::response::Response;

use super::answer::Failed;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::export;
pub(super) use crate::console::export::{READ_ROWS, asked};

/// Answers with a list of the person's store, as [`export::file`] does.
pub(super) async fn file(
    app: &App,
    person: &SignedIn,
    format: Format,
    sheet: impl FnOnce() -> Sheet + Send + 'static,
) -> Result<Response, Failed> {
    export::file(app, &person.session.store_name, format, sheet).await
}
