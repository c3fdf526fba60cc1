//! «Входы»: the sessions of the person who is signed in.

use app::console::AccountUrl;
use app::console::notices::AccountDone;
use app::console::sessions::{self, Sessions};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, EndSessions, OwnSession, WhichSessions};

use super::answer::{Failed, done, page};
use super::device_name::device_name;
use super::form::SentBy;
use super::person::Person;
use crate::app_state::App;

/// Lists the sessions. Two statements.
pub(crate) async fn show_sessions<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    person: P,
) -> Result<Response, Failed> {
    let own = accounts::own_sessions(&app.backend, person.account()).await?;
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
    let html = person.sessions_html(&headers, &shown);
    Ok(page(StatusCode::OK, html))
}

/// Ends a session of the person.
pub(crate) async fn end_session<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy<P>,
) -> Result<Response, Failed> {
    if end(&app, &person, WhichSessions::One(id)).await? == 0 {
        return Err(Failed::NotFound);
    }
    Ok(shown_ended::<P>(&headers, AccountDone::SessionEnded))
}

/// Ends all sessions of the person but this one.
pub(crate) async fn end_other_sessions<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, .. }: SentBy<P>,
) -> Result<Response, Failed> {
    end(&app, &person, WhichSessions::Others).await?;
    Ok(shown_ended::<P>(&headers, AccountDone::SessionsEnded))
}

fn shown_ended<P: Person>(headers: &HeaderMap, ended: AccountDone) -> Response {
    let url = P::CONSOLE.url(AccountUrl::Sessions);
    done(headers, P::CONSOLE, url, ended.code())
}

async fn end(app: &App, person: &impl Person, which: WhichSessions) -> Result<u64, Failed> {
    let command = EndSessions {
        account: person.account(),
        address: person.address(),
        which,
    };
    Ok(app.backend.run(&command).await?)
}
