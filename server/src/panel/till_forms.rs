//! The forms of tills: a new till, and the name and branch of one.

use app::forms::{FormState, Problem};
use app::panel::notices::Done;
use app::panel::till_form::{TillField, TillForm, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports;
use backend::tills::{AddTill, ChangeTill, NotSaved};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use super::till::find;
use crate::app_state::App;

/// Shows a form, with 422 if it is refused.
async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    till: Option<(i64, String)>,
    form: FormState<TillField>,
) -> Result<Response, Failed> {
    let now = app.backend.clock.now();
    let branches = reports::tills(&app.backend, person.session.tenant_id, now).await?;
    let branches = branches.into_iter().map(|branch| (branch.id, branch.name));
    let status = status_of(&form);
    let form = TillForm {
        till,
        branches: branches.collect(),
        form,
    };
    Ok(page(status, html(&person.chrome(headers), &form)))
}

/// Shows the form of a new till.
pub(super) async fn show_new_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    shown(&app, &headers, &person, None, FormState::new()).await
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
    shown(&app, &headers, &person, None, form).await
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
    shown(&app, &headers, &person, Some((id, till.name)), form).await
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
    shown(&app, &headers, &person, Some((id, till.name)), form).await
}
