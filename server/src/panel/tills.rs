//! «Филиалы и кассы»: the branches and tills of a store.

use app::forms::{Field, FormState, Problem};
use app::panel::branch_form::{self, BranchField, BranchForm};
use app::panel::notices::Done;
use app::panel::till_form::{self, TillField, TillForm};
use app::panel::till_parts::TillState;
use app::panel::tills::{self, Branch, TillRow, Tills};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::Role;
use backend::reports::{self, BranchTills};
use backend::tills::{ActOnTill, AddBranch, AddTill, ChangeBranch, ChangeTill, TillAct};
use domain::Timestamp;

use super::answer::{Failed, done, page};
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;

/// The most characters of a name or an address.
const MAX_NAME: usize = 100;

/// The seconds without a request after which a till is not on the line.
const SILENT_SECONDS: i64 = 900;

/// Lists the branches with their tills. Four statements.
pub(super) async fn show_tills(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    let now = app.backend.clock.now();
    let midnight = now.local_midnight();
    let branches = reports::tills(&app.backend, person.session.tenant_id, midnight).await?;
    let list = Tills {
        now,
        branches: branches
            .into_iter()
            .map(|branch| listed(branch, now))
            .collect(),
        paid: None,
        may_change: person.session.role >= Role::Manager,
    };
    Ok(page(
        StatusCode::OK,
        tills::html(&person.chrome(&headers), &list),
    ))
}

fn listed(branch: BranchTills, now: Timestamp) -> Branch {
    let row = |till: reports::TillRow| TillRow {
        state: state(till.is_disabled, till.seen_at, till.mismatches, now),
        id: till.id,
        name: till.name,
        program: None,
        last_seen: till.seen_at,
        foreign_refusals: till.mismatches,
        checks: till.purchases,
        sales: till.sold,
    };
    Branch {
        id: branch.id,
        name: branch.name,
        address: Some(branch.address).filter(|address| !address.is_empty()),
        tills: branch.tills.into_iter().map(row).collect(),
    }
}

/// Returns the state of a till in one word.
pub(super) fn state(
    is_disabled: bool,
    seen_at: Option<Timestamp>,
    mismatches: i64,
    now: Timestamp,
) -> TillState {
    let Some(seen_at) = seen_at.filter(|_| !is_disabled) else {
        return if is_disabled {
            TillState::Off
        } else {
            TillState::NeverUsed
        };
    };
    if mismatches > 0 {
        TillState::ForeignDevice
    } else if seen_at < now.plus_seconds(-SILENT_SECONDS) {
        TillState::Silent
    } else {
        TillState::Online
    }
}

/// Shows the form of a new branch.
pub(super) async fn show_new_branch(
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let form = BranchForm {
        branch: None,
        form: FormState::new(),
    };
    let html = branch_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::OK, html))
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
        let form = BranchForm { branch: None, form };
        let html = branch_form::html(&person.chrome(&headers), &form);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html));
    }
    let command = AddBranch {
        actor: &person.actor(),
        name: form.value(BranchField::Name),
        address: form.value(BranchField::Address),
    };
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Tills, Done::BranchSaved))
}

fn check_branch(form: &mut FormState<BranchField>) {
    required(form, BranchField::Name);
    short(form, BranchField::Name);
    short(form, BranchField::Address);
}

fn required<F: Field>(form: &mut FormState<F>, field: F) {
    if form.value(field).is_empty() {
        form.wrong(field, Problem::Empty);
    }
}

fn short<F: Field>(form: &mut FormState<F>, field: F) {
    if form.value(field).chars().count() > MAX_NAME {
        form.wrong(field, Problem::TooLong(MAX_NAME));
    }
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
    let form = BranchForm {
        branch: Some((id, branch.name)),
        form,
    };
    let html = branch_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::OK, html))
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
    if form.is_wrong() {
        let branch = branch(&app, &person, id).await?;
        let form = BranchForm {
            branch: Some((id, branch.name)),
            form,
        };
        let html = branch_form::html(&person.chrome(&headers), &form);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html));
    }
    let command = ChangeBranch {
        actor: &person.actor(),
        branch_id: id,
        name: form.value(BranchField::Name),
        address: form.value(BranchField::Address),
    };
    if app.backend.run(&command).await? {
        Ok(done(&headers, Url::Tills, Done::BranchSaved))
    } else {
        Err(Failed::NotFound)
    }
}

async fn branches(app: &App, person: &SignedIn) -> Result<Vec<(i64, String)>, Failed> {
    let now = app.backend.clock.now();
    let branches = reports::tills(&app.backend, person.session.tenant_id, now).await?;
    let names = branches.into_iter().map(|branch| (branch.id, branch.name));
    Ok(names.collect())
}

/// Shows the form of a new till.
pub(super) async fn show_new_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let form = TillForm {
        till: None,
        branches: branches(&app, &person).await?,
        form: FormState::new(),
    };
    let html = till_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::OK, html))
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
    let added = match branch_id {
        Some(branch_id) if !form.is_wrong() => {
            let command = AddTill {
                actor: &person.actor(),
                secrets: &app.backend.secrets,
                branch_id,
                name: form.value(TillField::Name),
            };
            app.backend.run(&command).await?
        }
        _ => None,
    };
    if let Some(id) = added {
        return Ok(done(&headers, Url::Till(id), Done::TillCreated));
    }
    if !form.is_wrong() {
        form.wrong(TillField::Branch, Problem::Unknown);
    }
    let form = TillForm {
        till: None,
        branches: branches(&app, &person).await?,
        form,
    };
    let html = till_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
}

/// Checks the form of a till. Returns the number of its branch.
fn check_till(form: &mut FormState<TillField>) -> Option<i64> {
    required(form, TillField::Name);
    short(form, TillField::Name);
    let branch_id = form.value(TillField::Branch).parse().ok();
    if branch_id.is_none() {
        form.wrong(TillField::Branch, Problem::Unknown);
    }
    branch_id
}

/// Shows the form with the name and the branch of a till.
pub(super) async fn show_edit_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let till = reports::till(&app.backend, person.session.tenant_id, id)
        .await?
        .ok_or(Failed::NotFound)?;
    let form = FormState::new()
        .with(TillField::Name, till.name.clone())
        .with(TillField::Branch, till.branch_id.to_string());
    let form = TillForm {
        till: Some((id, till.name)),
        branches: branches(&app, &person).await?,
        form,
    };
    let html = till_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::OK, html))
}

/// Renames a till or moves it to another branch.
pub(super) async fn change_till(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let till = reports::till(&app.backend, person.session.tenant_id, id)
        .await?
        .ok_or(Failed::NotFound)?;
    let mut form: FormState<TillField> = pairs.form();
    let branch_id = check_till(&mut form);
    if let Some(branch_id) = branch_id.filter(|_| !form.is_wrong()) {
        let command = ChangeTill {
            actor: &person.actor(),
            till_id: id,
            branch_id,
            name: form.value(TillField::Name),
        };
        if app.backend.run(&command).await? {
            return Ok(done(&headers, Url::Till(id), Done::TillSaved));
        }
        form.wrong(TillField::Branch, Problem::Unknown);
    }
    let form = TillForm {
        till: Some((id, till.name)),
        branches: branches(&app, &person).await?,
        form,
    };
    let html = till_form::html(&person.chrome(&headers), &form);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
}

/// Switches a till on.
pub(super) async fn switch_till_on(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    act(&app, &person, id, TillAct::Enable).await?;
    Ok(done(&headers, Url::Till(id), Done::TillOn))
}

/// Switches a till off.
pub(super) async fn switch_till_off(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    act(&app, &person, id, TillAct::Disable).await?;
    Ok(done(&headers, Url::Till(id), Done::TillOff))
}

/// Removes the binding of a till to its device.
pub(super) async fn unbind_till(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    act(&app, &person, id, TillAct::ResetBinding).await?;
    Ok(done(&headers, Url::Till(id), Done::TillUnbound))
}

async fn act(app: &App, person: &SignedIn, id: i64, act: TillAct) -> Result<(), Failed> {
    person.needs(Role::Manager)?;
    let command = ActOnTill {
        actor: &person.actor(),
        till_id: id,
        act,
    };
    if app.backend.run(&command).await? {
        Ok(())
    } else {
        Err(Failed::NotFound)
    }
}
