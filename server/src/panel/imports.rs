//! The import of clients: upload, preview, apply.

use app::forms::{FormState, Problem};
use app::panel::import::{self, AppliedImport, Refused, UploadField};
use app::panel::import_preview::{
    self, AFTER, ApplyField, FaultyLine, ImportPreview, Letters, Separation, Sums,
};
use app::panel::notices::Done;
use app::panel::urls::Url;
use app::ui::sheet::Format;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::imports::{
    self, Applied, Apply, Discard, Encoding, FileFault, Import, MAX_BYTES, Numbered, Opened,
    Preview, Reading, Separator, Totals, Upload,
};
use domain::imports::{Column, Fault};
use domain::{Money, Role};

use super::answer::{Failed, done, page, see_other};
use super::export;
use super::form::{SentBy, status_of};
use super::session::SignedIn;
use super::upload::FileSentBy;
use crate::app_state::App;

/// The faults of one page.
const FAULTS: usize = 100;

/// Shows the form that uploads a file.
pub(super) async fn show_import(headers: HeaderMap, person: SignedIn) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    Ok(form_page(&headers, &person, &FormState::new()))
}

fn form_page(headers: &HeaderMap, person: &SignedIn, form: &FormState<UploadField>) -> Response {
    let html = import::html(&person.chrome(headers), form);
    page(status_of(form), html)
}

/// Keeps a file and shows what it would change. Only its application is an act of power.
pub(super) async fn upload(
    State(app): State<App>,
    headers: HeaderMap,
    FileSentBy { person, file }: FileSentBy,
) -> Result<Response, Failed> {
    let language = person.language(&headers);
    let wrong = |problem| {
        let mut form = FormState::new();
        form.wrong(UploadField::File, problem);
        Ok(form_page(&headers, &person, &form))
    };
    let (file_name, content) = match file {
        Ok(Some(file)) if file.1.len() > MAX_BYTES => {
            return wrong(Refused::TooLarge.problem(language));
        }
        Ok(Some(file)) => file,
        Ok(None) => return wrong(Problem::Empty),
        Err(refused) => return wrong(refused.problem(language)),
    };
    // A large file takes a moment of computing, for which other requests must not wait.
    let read = tokio::task::spawn_blocking(move || (Reading::detect(&content), content));
    let (reading, content) = read
        .await
        .map_err(|error| Failed::File(error.to_string()))?;
    let reading = match reading {
        Ok(reading) => reading,
        Err(fault) => return wrong(refused(fault).problem(language)),
    };
    let command = Upload {
        actor: &person.actor(),
        file_name: &file_name,
        content: &content,
        reading: &reading,
    };
    let id = app.backend.run(&command).await?;
    let next = if reading.needs_choice() {
        Url::ReadImport(id)
    } else {
        Url::Import(id)
    };
    Ok(see_other(next))
}

fn refused(fault: FileFault) -> Refused {
    match fault {
        FileFault::Empty => Refused::Empty,
        FileFault::TooManyRows => Refused::TooManyLines,
        FileFault::Workbook => Refused::Workbook,
        FileFault::NotText => Refused::NotText,
    }
}

/// Shows what a file would change, or what it has changed. Four statements.
pub(super) async fn show_preview(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.and_then(|(_, line)| line.parse().ok());
    preview(&app, &headers, &person, id, after, FormState::new()).await
}

async fn preview(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    id: i64,
    after: Option<usize>,
    form: FormState<ApplyField>,
) -> Result<Response, Failed> {
    let tenant_id = person.session.tenant_id;
    let Some(opened) = imports::open(&app.backend, tenant_id, id).await? else {
        let import = imports::import(&app.backend, tenant_id, id).await?;
        let import = import.filter(|import| import.applied_at.is_some());
        let import = import.ok_or(Failed::NotFound)?;
        let html = import::applied_html(&person.chrome(headers), &applied(import));
        return Ok(page(status_of(&form), html));
    };
    let (Ok(table), false) = (&opened.table, opened.reading.needs_choice()) else {
        return Ok(see_other(Url::ReadImport(id)));
    };
    let preview = imports::preview(&app.backend, tenant_id, table).await?;
    let now = app.backend.clock.now();
    let status = status_of(&form);
    let shown = shown(now, &opened, preview, &table.headings, after, form);
    let html = import_preview::html(&person.chrome(headers), &shown);
    Ok(page(status, html))
}

fn applied(import: Import) -> AppliedImport {
    AppliedImport {
        file_name: import.file_name,
        new: import.new_clients,
        changed: import.known_clients,
        opening: import.opening,
    }
}

fn shown(
    now: domain::Timestamp,
    opened: &Opened,
    preview: Preview,
    headings: &[String],
    after: Option<usize>,
    form: FormState<ApplyField>,
) -> ImportPreview {
    let (import, reading, totals) = (&opened.import, &opened.reading, preview.totals);
    let rest = preview
        .faults
        .into_iter()
        .filter(|fault| after.is_none_or(|after| fault.number > after));
    let mut faults: Vec<FaultyLine> = rest.take(FAULTS + 1).map(faulty_line).collect();
    let has_more = faults.len() > FAULTS;
    faults.truncate(FAULTS);
    let next = faults.last().map(|line| line.number);
    let is_read = |place: usize| {
        let columns = Column::ALL.into_iter();
        let mut places = columns.filter_map(|column| reading.columns.place(column));
        places.any(|read| read == place)
    };
    let unread = headings
        .iter()
        .enumerate()
        .filter(|(place, heading)| !is_read(*place) && !heading.trim().is_empty())
        .map(|(_, heading)| heading.chars().take(40).collect());
    ImportPreview {
        now,
        id: import.id,
        file_name: import.file_name.clone(),
        uploaded: (import.who.clone(), import.created_at),
        sums: Sums {
            lines: totals.lines,
            ready: totals.ready(),
            new: totals.new,
            changed: totals.changed,
            unchanged: totals.unchanged,
            opening: totals.opening,
            collecting: totals.collecting,
            on_top: totals.on_top,
            spent: totals.spent,
        },
        seen: seen(&totals),
        expires_at: preview.expires_at,
        faults,
        next: next.filter(|_| has_more),
        is_continued: after.is_some(),
        sample: preview.sample,
        reading: (
            match reading.separator {
                Separator::Semicolon => Separation::Semicolon,
                Separator::Comma => Separation::Comma,
                Separator::Tab => Separation::Tab,
            },
            match reading.encoding {
                Encoding::Utf8 => Letters::Utf8,
                Encoding::Windows1251 => Letters::Windows1251,
                Encoding::Utf16Le | Encoding::Utf16Be => Letters::Utf16,
            },
        ),
        unread: unread.take(20).collect(),
        form,
    }
}

fn faulty_line(line: Numbered<Fault>) -> FaultyLine {
    FaultyLine {
        number: line.number,
        text: line.text,
        fault: line.line,
    }
}

/// Writes the sums that the person sees, for the form that applies them.
fn seen(totals: &Totals) -> String {
    let parts = [
        totals.lines,
        totals.new,
        totals.changed,
        totals.unchanged,
        totals.opening.dirams(),
        totals.collecting,
        totals.on_top.dirams(),
        totals.spent.dirams(),
    ];
    parts.map(|part| part.to_string()).join(".")
}

/// Reads what [`seen`] wrote.
fn read_seen(text: &str) -> Option<Totals> {
    let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
    let mut next = || parts.next().flatten();
    Some(Totals {
        lines: next()?,
        new: next()?,
        changed: next()?,
        unchanged: next()?,
        opening: Money::from_dirams(next()?),
        collecting: next()?,
        on_top: Money::from_dirams(next()?),
        spent: Money::from_dirams(next()?),
    })
}

/// Applies a file, unless something has changed since the person looked.
pub(super) async fn apply(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Import(id))
        .await?
    {
        return Ok(asked);
    }
    let tenant_id = person.session.tenant_id;
    let form: FormState<ApplyField> = pairs.form();
    let opened = imports::open(&app.backend, tenant_id, id).await?;
    let outcome = match (opened, read_seen(form.value(ApplyField::Seen))) {
        (Some(opened), Some(seen)) => {
            let Ok(table) = &opened.table else {
                return Ok(see_other(Url::ReadImport(id)));
            };
            let command = Apply {
                actor: &person.actor(),
                secrets: &app.backend.secrets,
                import_id: id,
                reading: &opened.reading,
                table,
                seen,
                gives_on_top: form.is_checked(ApplyField::OnTop),
            };
            app.backend.run(&command).await?
        }
        (Some(_), None) => Applied::Changed,
        (None, _) => match imports::import(&app.backend, tenant_id, id).await? {
            Some(import) if import.applied_at.is_some() => Applied::Before(import),
            _ => Applied::Gone,
        },
    };
    match outcome {
        Applied::Now(_) => Ok(done(&headers, Url::Import(id), Done::Imported)),
        Applied::Before(_) => Ok(done(&headers, Url::Import(id), Done::ImportedBefore)),
        Applied::Changed => {
            let mut form = FormState::new();
            form.refused(Problem::Changed);
            preview(&app, &headers, &person, id, None, form).await
        }
        Applied::Gone => Err(Failed::NotFound),
    }
}

/// Sends the lines that are left aside as a file.
pub(super) async fn download_faults(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let tenant_id = person.session.tenant_id;
    let opened = imports::open(&app.backend, tenant_id, id).await?;
    let table = opened.and_then(|opened| opened.table.ok());
    let table = table.ok_or(Failed::NotFound)?;
    let preview = imports::preview(&app.backend, tenant_id, &table).await?;
    let format = export::asked(&query).unwrap_or(Format::Xlsx);
    let language = person.language(&headers);
    let sheet = move || {
        let lines = preview.faults.into_iter().map(faulty_line);
        import_preview::sheet(language, &lines.collect::<Vec<_>>())
    };
    export::file(&app, &person, format, sheet).await
}

/// Deletes a file that was not applied.
pub(super) async fn discard(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let command = Discard {
        actor: &person.actor(),
        import_id: id,
    };
    if app.backend.run(&command).await? {
        Ok(done(&headers, Url::ImportClients, Done::ImportDiscarded))
    } else {
        Err(Failed::NotFound)
    }
}
