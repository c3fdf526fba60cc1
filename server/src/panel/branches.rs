//! The forms of branches.

use app::forms::{FormState, Problem};
use app::panel::branch_form::{BranchField, BranchForm, html};
use app::panel::notices::Done;
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, BranchTills};
use backend::tills::{AddBranch, ChangeBranch, NotSaved};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use crate::app_state::App;

/// Shows the form of a new branch.
pub(super) async fn show_new_branch(
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    Ok(shown(&headers, &person, None, FormState::new()))
}

/// Adds a branch.
pub(super) async fn add_branch(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<BranchField> = pairs.form();
    check_branch(&mut form);
    if form.is_wrong() {
        return Ok(shown(&headers, &person, None, form));
    }
    let command = AddBranch {
        actor: &person.actor(),
        name: form.value(BranchField::Name),
        address: form.value(BranchField::Address),
    };
    if app.backend.run(&command).await?.is_err() {
        form.wrong(BranchField::Name, Problem::Taken);
        return Ok(shown(&headers, &person, None, form));
    }
    Ok(done(&headers, Url::Tills, Done::BranchSaved))
}

/// Shows a form, with 422 if it is refused.
fn shown(
    headers: &HeaderMap,
    person: &SignedIn,
    branch: Option<(i64, String)>,
    form: FormState<BranchField>,
) -> Response {
    let status = status_of(&form);
    let form = BranchForm { branch, form };
    page(status, html(&person.chrome(headers), &form))
}

fn check_branch(form: &mut FormState<BranchField>) {
    form.read_required(BranchField::Name, MAX_NAME);
    form.read_text(BranchField::Address, MAX_NAME);
}

async fn branch(app: &App, person: &SignedIn, id: i64) -> Result<BranchTills, Failed> {
    let now = app.backend.clock.now();
    let branches = reports::tills(&app.backend, person.session.tenant_id, now).await?;
    let found = branches.into_iter().find(|branch| branch.id == id);
    found.ok_or(Failed::NotFound)
}

/// Shows the form of a branch.
pub(super) async fn show_branch(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let branch = branch(&app, &person, id).await?;
    let form = FormState::new()
        .with(BranchField::Name, branch.name.clone())
        .with(BranchField::Address, branch.address);
    Ok(shown(&headers, &person, Some((id, branch.name)), form))
}

/// Changes the name and address of a branch.
pub(super) async fn change_branch(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let mut form: FormState<BranchField> = pairs.form();
    check_branch(&mut form);
    if !form.is_wrong() {
        let command = ChangeBranch {
            actor: &person.actor(),
            branch_id: id,
            name: form.value(BranchField::Name),
            address: form.value(BranchField::Address),
        };
        match app.backend.run(&command).await? {
            Ok(()) => return Ok(done(&headers, Url::Tills, Done::BranchSaved)),
            // Only a till is refused by a limit.
            Err(NotSaved::NotFound | NotSaved::TillLimit) => return Err(Failed::NotFound),
            Err(NotSaved::NameTaken) => form.wrong(BranchField::Name, Problem::Taken),
        }
    }
    let branch = branch(&app, &person, id).await?;
    Ok(shown(&headers, &person, Some((id, branch.name)), form))
}
