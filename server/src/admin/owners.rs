//! The links that an admin gives to the owners of a store.

use app::admin::notices::StoreDone;
use app::admin::store::{NewLink, OwnerField};
use app::admin::store_forms::ONCE;
use app::admin::urls::Url;
use app::console::Console;
use app::forms::FormState;
use app::panel;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts::{self, CancelInvitation, InviteOwner, NewOwnerLink};
use backend::audit::{Action, Details};
use backend::secrets;
use backend::stores::ByAdmin;
use domain::Role;

use super::session::Admin;
use super::store::{Shown, find, shown};
use crate::app_state::App;
use crate::console::answer::{Failed, done, see_other};
use crate::console::form::{MAX_NAME, SentBy};
use crate::console::pairs::Pairs;
use crate::hosts::Surface;

/// Invites an owner and shows the link once.
pub(super) async fn invite_owner(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let back = Url::Store(id);
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let mut form: FormState<OwnerField> = pairs.form();
    let name = form.read_required(OwnerField::Name, MAX_NAME);
    let Some(name) = name.filter(|_| !form.is_wrong()) else {
        let wrong = Shown {
            form,
            ..Shown::default()
        };
        return shown(&app, &headers, &person, id, wrong).await;
    };
    let command = InviteOwner {
        admin: &person.actor(),
        tenant_id: id,
        store: &store.name,
        name: &name,
        token: &token(&app, &person, &pairs, &format!("owner of {id} {name}"))?,
    };
    let secret = app.backend.run(&command).await?;
    let made = Shown {
        link: Some(link(&app, &headers, name, secret)),
        ..Shown::default()
    };
    shown(&app, &headers, &person, id, made).await
}

/// Makes a link with which an owner sets a new password, and shows it once.
pub(super) async fn new_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path((id, user_id)): Path<(i64, i64)>,
    SentBy { person, pairs }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let people = accounts::people(&app.backend, id).await?;
    let known = people.into_iter().find(|known| known.id == user_id);
    let known = known.ok_or(Failed::NotFound)?;
    let back = Url::Store(id);
    if let Some(asked) = person.password_again(&app, &headers, &pairs, &back).await? {
        return Ok(asked);
    }
    let command = NewOwnerLink {
        admin: &person.actor(),
        tenant_id: id,
        store: &store.name,
        user_id,
        token: &token(
            &app,
            &person,
            &pairs,
            &format!("password of {id} {user_id}"),
        )?,
    };
    let secret = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    let made = Shown {
        link: Some(link(&app, &headers, known.name, secret)),
        ..Shown::default()
    };
    shown(&app, &headers, &person, id, made).await
}

/// Cancels the invitation of an owner, for example because it was sent to somebody else.
pub(super) async fn cancel_invitation(
    State(app): State<App>,
    headers: HeaderMap,
    Path((id, link_id)): Path<(i64, i64)>,
    SentBy { person, .. }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let store = find(&app, id).await?;
    let invited = accounts::invitations(&app.backend, id).await?;
    let known = invited.into_iter().find(|known| known.id == link_id);
    let known = known.filter(|known| known.role == Role::Owner);
    let Some(known) = known else {
        // It was accepted, cancelled, or its time is over: the page shows which.
        return Ok(see_other(Url::Store(id)));
    };
    let actor = person.actor();
    let command = ByAdmin {
        admin: &actor,
        tenant_id: id,
        command: CancelInvitation {
            actor: &actor.in_store(id),
            link_id,
        },
        action: Action::InvitationCancelled,
        details: Details {
            name: store.name,
            after: Some(known.name),
            ..Details::default()
        },
    };
    app.backend.run(&command).await?;
    let code = StoreDone::Cancelled.code();
    Ok(done(&headers, Console::Admin, Url::Store(id), code))
}

/// Makes a text that is the same for the same form of the same admin, so that a button that is
/// pressed twice does one thing. `what` is the content of the form.
pub(super) fn token(app: &App, admin: &Admin, pairs: &Pairs, what: &str) -> Result<String, Failed> {
    match pairs.value(ONCE).filter(|once| !once.is_empty()) {
        Some(once) => {
            let admin_id = admin.actor().admin_id.unwrap_or_default();
            let purpose = format!("admin {admin_id} {once} {what}");
            Ok(app.backend.secrets.derived_token(&purpose))
        }
        None => Ok(secrets::random_token()?),
    }
}

/// Returns a link to a store's panel, as the page shows it.
pub(super) fn link(app: &App, headers: &HeaderMap, name: String, secret: String) -> NewLink {
    let origin = app.hosts.origin(Surface::Panel, headers);
    let url = panel::urls::Url::Invitation(secret);
    NewLink {
        name,
        url: format!("{origin}{url}"),
        until: app.backend.clock.now().plus_days(accounts::LINK_DAYS),
    }
}
