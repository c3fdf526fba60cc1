//! The choice how a file of clients is read.

use app::forms::{FormState, Problem};
use app::panel::import_reading::{ImportReading, ReadingField, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::imports::{self, Columns, Encoding, Opened, ReadAnew, Reading, Separator};
use domain::Role;
use domain::imports::Column;

use super::answer::{Failed, page, see_other};
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// Shows the choice.
pub(super) async fn show_reading(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let opened = find(&app, &person, id).await?;
    let form = form_of(&opened.reading);
    Ok(shown(&headers, &person, &opened, form))
}

async fn find(app: &App, person: &SignedIn, id: i64) -> Result<Opened, Failed> {
    let opened = imports::open(&app.backend, person.session.tenant_id, id).await?;
    opened.ok_or(Failed::NotFound)
}

fn form_of(reading: &Reading) -> FormState<ReadingField> {
    let mut form = FormState::new()
        .with(ReadingField::Encoding, reading.encoding.as_str())
        .with(ReadingField::Separator, reading.separator.as_str())
        .with(
            ReadingField::Headings,
            if reading.has_headings { "on" } else { "" },
        );
    for column in Column::ALL {
        let place = reading.columns.place(column);
        let number = place.map(|place| (place + 1).to_string());
        form.set(ReadingField::of(column), number.unwrap_or_default());
    }
    form
}

fn shown(
    headers: &HeaderMap,
    person: &SignedIn,
    opened: &Opened,
    form: FormState<ReadingField>,
) -> Response {
    let (headings, rows) = match &opened.table {
        Ok(table) => (table.headings.clone(), table.first_rows.clone()),
        Err(_) => Default::default(),
    };
    let status = status_of(&form);
    let reading = ImportReading {
        id: opened.import.id,
        file_name: opened.import.file_name.clone(),
        headings,
        rows,
        needs_phone: opened.reading.needs_choice(),
        form,
    };
    page(status, html(&person.chrome(headers), &reading))
}

/// Changes how a file is read. With another encoding or separator it has other columns, so these
/// are found and shown anew.
pub(super) async fn save_reading(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let opened = find(&app, &person, id).await?;
    let mut form: FormState<ReadingField> = pairs.form();
    if form.is_wrong() {
        return Ok(shown(&headers, &person, &opened, form));
    }
    let encoding = Encoding::parse(form.value(ReadingField::Encoding));
    let separator = Separator::parse(form.value(ReadingField::Separator));
    let before = opened.reading;
    let mut reading = Reading {
        encoding: encoding.unwrap_or(before.encoding),
        separator: separator.unwrap_or(before.separator),
        has_headings: form.is_checked(ReadingField::Headings),
        columns: Columns::default(),
    };
    let is_recut = (reading.encoding, reading.separator) != (before.encoding, before.separator);
    let next = if is_recut {
        reading.has_headings = true;
        reading.columns =
            imports::found_columns(&app.backend, person.session.tenant_id, id, &reading).await?;
        Url::ReadImport(id)
    } else {
        for column in Column::ALL {
            let place: Option<usize> = form.value(ReadingField::of(column)).parse().ok();
            *reading.columns.place_mut(column) = place.and_then(|place| place.checked_sub(1));
        }
        if reading.columns.phone.is_none() {
            form.wrong(ReadingField::Phone, Problem::Unknown);
        }
        if let Some(twice) = twice(&reading.columns) {
            form.wrong(ReadingField::of(twice), Problem::Taken);
        }
        if form.is_wrong() {
            return Ok(shown(&headers, &person, &opened, form));
        }
        Url::Import(id)
    };
    let command = ReadAnew {
        actor: &person.actor(),
        import_id: id,
        reading: &reading,
    };
    if app.backend.run(&command).await? {
        Ok(see_other(next))
    } else {
        Err(Failed::NotFound)
    }
}

/// Returns a column that is read from the same place as an earlier one.
fn twice(columns: &Columns) -> Option<Column> {
    let mut places = Vec::new();
    Column::ALL.into_iter().find(|column| {
        let place = columns.place(*column);
        let is_taken = place.is_some_and(|place| places.contains(&place));
        places.extend(place);
        is_taken
    })
}
