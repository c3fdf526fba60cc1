//! «Люди и доступ»: the people of a store.

use app::forms::{FormState, Problem};
use app::panel::confirm::Question;
use app::panel::notices::Done;
use app::panel::people::{Invitation, InviteField, NewLink, ONCE, People, Person, html};
use app::panel::urls::Url;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts::{self, CancelInvitation, Invite, MakePasswordLink, Remove};
use backend::secrets;
use domain::Role;

use super::answer::{Failed, done, page, see_other};
use super::form::{MAX_NAME, SentBy, status_of};
use super::session::SignedIn;
use super::till::ask;
use crate::app_state::App;
use crate::console::pairs::Pairs;
use crate::hosts::Surface;

/// Shows the people, the invitations, and the form of a new invitation.
pub(super) async fn show_people(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    list(&app, &headers, &person, FormState::new(), None).await
}

async fn list(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    form: FormState<InviteField>,
    link: Option<NewLink>,
) -> Result<Response, Failed> {
    let (tenant_id, status) = (person.session.tenant_id, status_of(&form));
    let people = accounts::people(&app.backend, tenant_id).await?;
    let invitations = accounts::invitations(&app.backend, tenant_id).await?;
    let row = |known: accounts::Person| Person {
        is_self: known.id == person.session.user_id,
        id: known.id,
        name: known.name,
        login: known.login,
        role: known.role,
        last_seen: known.seen_at,
    };
    let invitation = |known: accounts::Invitation| Invitation {
        id: known.id,
        name: known.name,
        role: known.role,
        until: known.expires_at,
    };
    let people = People {
        now: app.backend.clock.now(),
        people: people.into_iter().map(row).collect(),
        invitations: invitations.into_iter().map(invitation).collect(),
        link,
        form,
        may_change: true,
        once: secrets::random_token()?,
    };
    Ok(page(status, html(&person.chrome(headers), &people)))
}

/// Makes an invitation and shows its link once.
pub(super) async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::People)
        .await?
    {
        return Ok(asked);
    }
    let mut form: FormState<InviteField> = pairs.form();
    let name = form.read_required(InviteField::Name, MAX_NAME);
    let role = Role::parse(form.value(InviteField::Role));
    if role.is_none() {
        form.wrong(InviteField::Role, Problem::Unknown);
    }
    let (Some(name), Some(role), false) = (name, role, form.is_wrong()) else {
        return list(&app, &headers, &person, form, None).await;
    };
    let command = Invite {
        actor: &person.actor(),
        name: &name,
        role,
        token: &token(&app, &person, &pairs, &format!("{} {name}", role.as_str()))?,
    };
    let secret = app.backend.run(&command).await?;
    show_link(&app, &headers, &person, name, secret).await
}

/// Makes a link with which a person sets a new password, and shows it once.
pub(super) async fn new_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::People)
        .await?
    {
        return Ok(asked);
    }
    let known = find(&app, &person, id).await?;
    let command = MakePasswordLink {
        actor: &person.actor(),
        user_id: id,
        token: &token(&app, &person, &pairs, &id.to_string())?,
    };
    let secret = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    show_link(&app, &headers, &person, known.name, secret).await
}

/// Makes the token of a link. It is the same for the same form, so that a button that is pressed
/// twice makes one link.
fn token(app: &App, person: &SignedIn, pairs: &Pairs, what: &str) -> Result<String, Failed> {
    let (tenant_id, user_id) = (person.session.tenant_id, person.session.user_id);
    match pairs.value(ONCE).filter(|once| !once.is_empty()) {
        Some(once) => {
            let purpose = format!("link {tenant_id} {user_id} {once} {what}");
            Ok(app.backend.secrets.derived_token(&purpose))
        }
        None => Ok(secrets::random_token()?),
    }
}

async fn show_link(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    name: String,
    secret: String,
) -> Result<Response, Failed> {
    let origin = app.hosts.origin(Surface::Panel, headers);
    let link = NewLink {
        name,
        url: format!("{origin}{}", Url::Invitation(secret)),
        until: app.backend.clock.now().plus_days(accounts::LINK_DAYS),
    };
    list(app, headers, person, FormState::new(), Some(link)).await
}

async fn find(app: &App, person: &SignedIn, id: i64) -> Result<accounts::Person, Failed> {
    let people = accounts::people(&app.backend, person.session.tenant_id).await?;
    let found = people.into_iter().find(|known| known.id == id);
    found.ok_or(Failed::NotFound)
}

/// Cancels an invitation.
pub(super) async fn cancel_invitation(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let command = CancelInvitation {
        actor: &person.actor(),
        link_id: id,
    };
    if app.backend.run(&command).await? {
        Ok(done(&headers, Url::People, Done::InvitationCancelled))
    } else {
        Err(Failed::NotFound)
    }
}

/// Asks before a person loses access.
pub(super) async fn ask_remove(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let known = find(&app, &person, id).await?;
    let question = Question::RemovePerson {
        id,
        name: known.name,
        last_seen: known.seen_at,
    };
    ask(&app, &headers, &person, question)
}

/// Takes access from a person. A store keeps at least one owner.
pub(super) async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::People)
        .await?
    {
        return Ok(asked);
    }
    let command = Remove {
        actor: &person.actor(),
        user_id: id,
    };
    if app.backend.run(&command).await? {
        return Ok(done(&headers, Url::People, Done::PersonRemoved));
    }
    // It may be the second press of the button. Whoever still is there is the last owner.
    match find(&app, &person, id).await {
        Ok(_) => Err(Failed::NotFound),
        Err(_) => Ok(see_other(Url::People)),
    }
}
