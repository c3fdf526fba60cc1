//! The questions and acts about the key of a till: replacing it, and stopping the old one.

use app::panel::confirm::{GRACE, Question};
use app::panel::notices::Done;
use app::panel::till_parts::Grace;
use app::panel::urls::Url;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::tills::{RotateKey, Rotated, StopOldKey};
use domain::Role;

use super::answer::{Failed, done, see_other};
use super::form::SentBy;
use super::session::SignedIn;
use super::till::{ask, find, name, shown};
use crate::app_state::App;

/// Asks before the key of a till is replaced. The query names the time for which the old one works.
pub(super) async fn ask_rotate(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    let chosen = query.iter().find(|(name, _)| name == GRACE);
    let grace = chosen.and_then(|(_, value)| Grace::parse(value));
    let question = Question::RotateKey {
        till: name(&till),
        grace: grace.unwrap_or(Grace::Day),
        last_used: till.seen_at,
    };
    ask(&app, &headers, &person, question)
}

/// Replaces the key of a till, unless an earlier one still works: the till's page says so. Asks to
/// sign in again if the password was entered long ago.
pub(super) async fn rotate_key(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let grace = pairs.value(GRACE).and_then(Grace::parse);
    let grace = grace.unwrap_or(Grace::Day);
    let till = find(&app, &person, id).await?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Till(id))
        .await?
    {
        return Ok(asked);
    }
    let command = RotateKey {
        actor: &person.actor(),
        secrets: &app.backend.secrets,
        till_id: id,
        grace_seconds: grace.seconds(),
        reason: None,
    };
    match app.backend.run(&command).await? {
        Rotated::Done => Ok(done(&headers, Url::Till(id), Done::KeyRotated)),
        Rotated::OldKeyWorks => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            shown(&app, &headers, &person, &till, None, status).await
        }
        Rotated::NoTill => Err(Failed::NotFound),
    }
}

/// Asks before the old key of a till is stopped. Without one there is nothing to ask.
pub(super) async fn ask_stop(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    let Some(old) = till.old_key else {
        return Ok(see_other(Url::Till(id)));
    };
    let question = Question::StopOldKey {
        till: name(&till),
        last_used: old.seen_at,
        until: old.until,
    };
    ask(&app, &headers, &person, question)
}

/// Stops the old key of a till.
pub(super) async fn stop_old_key(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    find(&app, &person, id).await?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Till(id))
        .await?
    {
        return Ok(asked);
    }
    let command = StopOldKey {
        actor: &person.actor(),
        till_id: id,
    };
    // If it has just ended by itself, that is what the person wanted.
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Till(id), Done::OldKeyStopped))
}
