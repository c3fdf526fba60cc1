//! The forms of tills: a new till, and the name and branch of one.

use app::forms::{FormState, Problem};
use app::panel::chrome::Chrome;
use app::panel::notices::Done;
use app::panel::till_form::{TillField, TillForm, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports;
use backend::tills::{self, AddTill, ChangeTill, NotSaved};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use super::till::{find, no_paid_till};
use crate::app_state::App;

/// Shows a form, with 422 if it is refused. One statement.
async fn shown(
    app: &App,
    chrome: &Chrome,
    person: &SignedIn,
    till: Option<(i64, String)>,
    form: FormState<TillField>,
) -> Result<Response, Failed> {
    let branches = reports::branch_names(&app.backend, person.session.tenant_id).await?;
    let status = status_of(&form);
    let form = TillForm {
        till,
        branches,
        form,
    };
    Ok(page(status, html(chrome, &form)))
}

/// Shows the form of a new till. If no paid one is free, it says so before anything is typed. Three
/// statements.
pub(super) async fn show_new_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut chrome = person.chrome(&headers);
    let (paid, active) = tills::paid(&app.backend, person.session.tenant_id).await?;
    if paid.is_some_and(|paid| active >= paid) {
        chrome.notices.push(no_paid_till(chrome.language));
    }
    shown(&app, &chrome, &person, None, FormState::new()).await
}

/// Adds a till.
pub(super) async fn add_till(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<TillField> = pairs.form();
    let branch_id = check_till(&mut form);
    if let Some(branch_id) = branch_id.filter(|_| !form.is_wrong()) {
        let command = AddTill {
            actor: &person.actor(),
            secrets: &app.backend.secrets,
            branch_id,
            name: form.value(TillField::Name),
        };
        match app.backend.run(&command).await? {
            Ok(id) => return Ok(done(&headers, Url::Till(id), Done::TillCreated)),
            Err(reason) => refuse(&mut form, reason),
        }
    }
    shown(&app, &person.chrome(&headers), &person, None, form).await
}

/// Checks the form of a till. Returns the number of its branch.
fn check_till(form: &mut FormState<TillField>) -> Option<i64> {
    form.read_required(TillField::Name, MAX_NAME);
    let branch_id = form.value(TillField::Branch).parse().ok();
    if branch_id.is_none() {
        form.wrong(TillField::Branch, Problem::Unknown);
    }
    branch_id
}

fn refuse(form: &mut FormState<TillField>, reason: NotSaved) {
    match reason {
        NotSaved::NotFound => form.wrong(TillField::Branch, Problem::Unknown),
        NotSaved::NameTaken => form.wrong(TillField::Name, Problem::Taken),
        NotSaved::TillLimit => form.refused(Problem::NoPaidTill),
    }
}

/// Shows the form with the name and the branch of a till.
pub(super) async fn show_edit_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let till = find(&app, &person, id).await?;
    let form = FormState::new()
        .with(TillField::Name, till.name.clone())
        .with(TillField::Branch, till.branch_id.to_string());
    shown(
        &app,
        &person.chrome(&headers),
        &person,
        Some((id, till.name)),
        form,
    )
    .await
}

/// Renames a till or moves it to another branch.
pub(super) async fn change_till(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let till = find(&app, &person, id).await?;
    let mut form: FormState<TillField> = pairs.form();
    let branch_id = check_till(&mut form);
    if let Some(branch_id) = branch_id.filter(|_| !form.is_wrong()) {
        let command = ChangeTill {
            actor: &person.actor(),
            till_id: id,
            branch_id,
            name: form.value(TillField::Name),
        };
        match app.backend.run(&command).await? {
            Ok(()) => return Ok(done(&headers, Url::Till(id), Done::TillSaved)),
            Err(reason) => refuse(&mut form, reason),
        }
    }
    shown(
        &app,
        &person.chrome(&headers),
        &person,
        Some((id, till.name)),
        form,
    )
    .await
}
