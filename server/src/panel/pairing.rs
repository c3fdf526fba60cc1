//! The code by which a phone becomes a till. Only the owner may show it, because it hands out the
//! keys.

use app::panel::pairing::{Pairing, PairingPage, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::tills::MakePairingCode;
use domain::Role;

use super::addresses;
use super::answer::{Failed, page, see_other};
use super::form::SentBy;
use super::session::SignedIn;
use super::till::{find, name};
use crate::app_state::App;

/// Leads back to the till: the code is shown only in the answer to the form.
pub(super) async fn leave_pairing(
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    Ok(see_other(Url::Till(id)))
}

/// Makes a pairing code and shows it. Asks to sign in again if the password was entered long ago.
/// Four statements.
pub(super) async fn show_pairing(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Till(id))
        .await?
    {
        return Ok(asked);
    }
    let command = MakePairingCode {
        actor: &person.actor(),
        till_id: id,
    };
    let made = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    let cash = addresses::cash(&app, &headers);
    let shown = PairingPage {
        till: name(&till),
        pairing: Pairing {
            link: format!("{}#pair={}", cash.url, made.code.as_str()),
            signs: made.code.as_str().to_owned(),
            address: cash.typed,
            until: made.until,
        },
        now: app.backend.clock.now(),
        bound_at: till
            .device
            .map(|(_, bound_at)| bound_at)
            .or(till.old_key.and_then(|old| old.bound_at)),
    };
    let html = html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}
