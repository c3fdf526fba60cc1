//! «Входы»: the sessions of the person who is signed in.

use app::panel::notices::Done;
use app::panel::sessions::{self, Sessions, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, EndSessions, OwnSession, WhichSessions};

use super::answer::{Failed, done, page};
use super::device_name::device_name;
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;

/// Lists the sessions. Two statements.
pub(super) async fn show_sessions(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    let own = accounts::own_sessions(&app.backend, &person.session).await?;
    let row = |own: OwnSession| sessions::Session {
        id: own.id,
        is_current: own.is_current,
        browser: device_name(&own.user_agent),
        address: Some(own.address).filter(|address| !address.is_empty()),
        created: own.created_at,
        last_seen: own.seen_at,
    };
    let shown = Sessions {
        now: app.backend.clock.now(),
        sessions: own.into_iter().map(row).collect(),
    };
    let html = html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Ends a session of the person.
pub(super) async fn end_session(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    if end(&app, &person, WhichSessions::One(id)).await? == 0 {
        return Err(Failed::NotFound);
    }
    Ok(done(&headers, Url::Sessions, Done::SessionEnded))
}

/// Ends all sessions of the person but this one.
pub(super) async fn end_other_sessions(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    end(&app, &person, WhichSessions::Others).await?;
    Ok(done(&headers, Url::Sessions, Done::SessionsEnded))
}

async fn end(app: &App, person: &SignedIn, which: WhichSessions) -> Result<u64, Failed> {
    let command = EndSessions {
        actor: &person.actor(),
        session: &person.session,
        which,
    };
    Ok(app.backend.run(&command).await?)
}
