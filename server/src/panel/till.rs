//! A till's page: its connection, its key, and the questions before dangerous acts.

use app::panel::confirm::{self, Confirm, Question};
use app::panel::notices::Done;
use app::panel::till::{Key, Till, html};
use app::panel::till_parts::TillName;
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::reports::{self, TillView};
use backend::tills::{ActOnTill, ShowToken, TillAct};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::SentBy;
use super::session::SignedIn;
use super::till_state::state;
use crate::app_state::App;

async fn find(app: &App, person: &SignedIn, id: i64) -> Result<TillView, Failed> {
    let till = reports::till(&app.backend, person.session.tenant_id, id).await?;
    till.ok_or(Failed::NotFound)
}

fn name(till: &TillView) -> TillName {
    TillName {
        id: till.id,
        name: till.name.clone(),
        branch_id: till.branch_id,
        branch: till.branch.clone(),
    }
}

/// Shows a till. One statement.
pub(super) async fn show_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    Ok(shown(&app, &headers, &person, &till, None))
}

fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    till: &TillView,
    key: Option<String>,
) -> Response {
    let now = app.backend.clock.now();
    let role = person.session.role;
    let details = Till {
        now,
        name: name(till),
        address: None,
        state: state(
            till.disabled_at.is_some(),
            till.seen_at,
            till.mismatches,
            now,
        ),
        last_seen: till.seen_at,
        last_sale: None,
        last_refusal: None,
        clock_fast_seconds: None,
        program: None,
        bound_at: till.device.as_ref().map(|(_, bound_at)| *bound_at),
        key: match key {
            Some(token) => Key::Shown(token),
            None if role == Role::Owner => Key::Masked {
                first: String::new(),
                last: String::new(),
            },
            None => Key::Hidden,
        },
        old_key: None,
        pairing: None,
        requests: None,
        may_change: role >= Role::Manager,
        may_see_keys: role == Role::Owner,
        may_pair: false,
    };
    page(StatusCode::OK, html(&person.chrome(headers), &details))
}

/// Shows a till with its token. Asks to sign in again if the password was entered long ago.
pub(super) async fn show_key(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    if let Some(again) = person.password_again(&app, &Url::Till(id)) {
        return Ok(again);
    }
    let command = ShowToken {
        actor: &person.actor(),
        secrets: &app.backend.secrets,
        till_id: id,
    };
    let token = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    Ok(shown(&app, &headers, &person, &till, Some(token)))
}

/// Asks before a till is switched off.
pub(super) async fn ask_off(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    let question = Question::SwitchOff {
        till: name(&till),
        last_used: till.seen_at,
    };
    ask(&app, &headers, &person, question)
}

/// Asks before a till is unbound from its device.
pub(super) async fn ask_unbind(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    let question = Question::Unbind {
        till: name(&till),
        last_used: till.seen_at,
    };
    ask(&app, &headers, &person, question)
}

fn ask(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    question: Question,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let asked = Confirm {
        now: app.backend.clock.now(),
        question,
        password: None,
    };
    let html = confirm::html(&person.chrome(headers), &asked);
    Ok(page(StatusCode::OK, html))
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
