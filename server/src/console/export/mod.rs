//! Lists as files.

mod csv;
mod names;
mod xlsx;

#[cfg(test)]
mod tests;

use app::ui::sheet::{FORMAT, Format, MAX_ROWS, Sheet};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

pub(crate) use names::{attachment, plain};

use super::answer::{Failed, guarded};
use crate::app_state::App;

/// The number of rows to read for a file: one more than it may have.
pub(crate) const READ_ROWS: usize = MAX_ROWS + 1;

/// The files that are written at once: each may take a hundred megabytes and a core.
static WRITERS: Semaphore = Semaphore::const_new(2);

/// Returns the kind of file that a query asks for in place of the page.
pub(crate) fn asked(query: &[(String, String)]) -> Option<Format> {
    let (_, code) = query.iter().find(|(name, _)| name == FORMAT)?;
    Format::parse(code)
}

/// Answers with the list that `sheet` makes, as a file of this place: a store, or the platform.
/// Everything that takes time with a long list
/// runs outside the threads that serve requests.
pub(crate) async fn file(
    app: &App,
    place: &str,
    format: Format,
    sheet: impl FnOnce() -> Sheet + Send + 'static,
) -> Result<Response, Failed> {
    let turn = WRITERS.acquire().await;
    let written = tokio::task::spawn_blocking(move || {
        // Until it is written, even if the browser has gone away.
        let _turn = turn;
        let sheet = sheet();
        let bytes = match format {
            Format::Xlsx => xlsx::write(&sheet).map_err(|error| error.to_string())?,
            Format::Csv => csv::write(&sheet).map_err(|error| error.to_string())?,
        };
        Ok((sheet.name, bytes))
    });
    let written: Result<_, String> = written
        .await
        .map_err(|error| Failed::File(error.to_string()))?;
    let (name, bytes) = written.map_err(Failed::File)?;
    let day = app.backend.clock.now().local_date();
    let disposition = names::disposition(&name, place, &day, format.code());
    let kind = match format {
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Csv => "text/csv; charset=utf-8",
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    if let Ok(disposition) = HeaderValue::try_from(disposition) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(guarded(response))
}
