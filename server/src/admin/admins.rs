//! «Администраторы»: who is an admin of the platform.

use app::admin::admin_remove::{self, RemoveAdmin, RemoveField};
use app::admin::admins::{AdminRow, Admins, InviteField, NewLink, ONCE, Waiting, html};
use app::admin::platform_notices::PlatformDone;
use app::admin::urls::Url;
use app::forms::{FormState, Problem};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts::{
    self, CancelAdminInvitation, InviteAdmin, MakeAdminPasswordLink, RemovedAdmin,
};
use backend::secrets;

use super::acting::done;
use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page, see_other};
use crate::console::form::{MAX_NAME, SentBy, status_of};
use crate::console::pairs::Pairs;
use crate::hosts::Surface;

/// The most characters of a reason.
const MAX_REASON: usize = 200;

/// Shows the admins, the invitations, and the form of a new invitation. Three statements, with that
/// of the session.
pub(super) async fn show_admins(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
) -> Result<Response, Failed> {
    list(&app, &headers, &admin, FormState::new(), None).await
}

async fn list(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    form: FormState<InviteField>,
    link: Option<NewLink>,
) -> Result<Response, Failed> {
    let (status, own) = (status_of(&form), admin.id()?);
    let known = accounts::admins(&app.backend).await?;
    let waiting = accounts::waiting_admins(&app.backend).await?;
    let row = |known: accounts::Admin| AdminRow {
        is_self: known.id == own,
        id: known.id,
        name: known.name,
        login: known.login,
        last_seen: known.seen_at,
        has_app: known.second_step_since.is_some(),
        recovery_codes: known.recovery_codes,
    };
    let waits = |known: accounts::WaitingAdmin| Waiting {
        id: known.id,
        name: known.name,
        invited_by: known.invited_by,
        until: known.expires_at,
    };
    let shown = Admins {
        now: app.backend.clock.now(),
        admins: known.into_iter().map(row).collect(),
        waiting: waiting.into_iter().map(waits).collect(),
        link,
        form,
        once: secrets::random_token()?,
    };
    Ok(page(status, html(&admin.chrome(headers), &shown)))
}

/// Makes an invitation and shows its link once. Eight statements.
pub(super) async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::Admins;
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let mut form: FormState<InviteField> = pairs.form();
    let name = form.read_required(InviteField::Name, MAX_NAME);
    let Some(name) = name.filter(|_| !form.is_wrong()) else {
        return list(&app, &headers, &admin, form, None).await;
    };
    let command = InviteAdmin {
        actor: &admin.actor(),
        name: &name,
        token: &token(&app, &admin, &pairs, &format!("invite {name}"))?,
    };
    let secret = app.backend.run(&command).await?;
    let secret = secret.ok_or(Failed::Forbidden)?;
    show_link(&app, &headers, &admin, (name, secret, false)).await
}

/// Makes a link with which another admin sets a new password, and shows it once. Nine statements.
pub(super) async fn new_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::Admins;
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let known = find(&app, &admin, id).await?;
    let command = MakeAdminPasswordLink {
        actor: &admin.actor(),
        admin_id: id,
        token: &token(&app, &admin, &pairs, &format!("password {id}"))?,
    };
    let secret = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    show_link(&app, &headers, &admin, (known.name, secret, true)).await
}

/// Makes the token of a link. It is the same for the same form, so that a button that is pressed
/// twice makes one link.
fn token(app: &App, admin: &Admin, pairs: &Pairs, what: &str) -> Result<String, Failed> {
    match pairs.value(ONCE).filter(|once| !once.is_empty()) {
        Some(once) => {
            let purpose = format!("admin link {} {once} {what}", admin.id()?);
            Ok(app.backend.secrets.derived_token(&purpose))
        }
        None => Ok(secrets::random_token()?),
    }
}

async fn show_link(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    (name, secret, is_password): (String, String, bool),
) -> Result<Response, Failed> {
    let origin = app.hosts.origin(Surface::Admin, headers);
    let link = NewLink {
        name,
        url: format!("{origin}{}", Url::Invitation(secret)),
        until: app.backend.clock.now().plus_days(accounts::LINK_DAYS),
        is_password,
    };
    list(app, headers, admin, FormState::new(), Some(link)).await
}

/// Finds another admin; nobody does these things to themselves.
async fn find(app: &App, admin: &Admin, id: i64) -> Result<accounts::Admin, Failed> {
    let own = admin.id()?;
    let known = accounts::admins(&app.backend).await?;
    let found = known.into_iter().find(|known| known.id == id && id != own);
    found.ok_or(Failed::NotFound)
}

/// Cancels an invitation. Three statements.
pub(super) async fn cancel_invitation(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person: admin, .. }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let command = CancelAdminInvitation {
        actor: &admin.actor(),
        link_id: id,
    };
    if app.backend.run(&command).await? {
        let cancelled = PlatformDone::InvitationCancelled;
        Ok(done(&headers, Url::Admins, cancelled))
    } else {
        Err(Failed::NotFound)
    }
}

/// Asks before an admin loses access. Two statements, with that of the session.
pub(super) async fn ask_remove(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let known = find(&app, &admin, id).await?;
    Ok(question(&app, &headers, &admin, known, FormState::new()))
}

fn question(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    known: accounts::Admin,
    form: FormState<RemoveField>,
) -> Response {
    let (now, status) = (app.backend.clock.now(), status_of(&form));
    let asked = RemoveAdmin {
        now,
        id: known.id,
        name: known.name,
        last_seen: known.seen_at,
        form,
        asks_password: admin.must_confirm(app),
    };
    page(status, admin_remove::html(&admin.chrome(headers), &asked))
}

/// Takes access from an admin. The last one stays. Eleven statements.
pub(super) async fn remove(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::RemoveAdmin(id);
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let known = match find(&app, &admin, id).await {
        Ok(known) => known,
        // It may be the second press of the button.
        Err(Failed::NotFound) if id != admin.id()? && is_former(&app, id).await? => {
            return Ok(see_other(Url::Admins));
        }
        Err(failed) => return Err(failed),
    };
    let mut form: FormState<RemoveField> = pairs.form();
    let reason = form.read_required(RemoveField::Reason, MAX_REASON);
    let Some(reason) = reason.filter(|_| !form.is_wrong()) else {
        return Ok(question(&app, &headers, &admin, known, form));
    };
    let command = accounts::RemoveAdmin {
        actor: &admin.actor(),
        admin_id: id,
        reason: &reason,
    };
    match app.backend.run(&command).await? {
        RemovedAdmin::Done => Ok(done(&headers, Url::Admins, PlatformDone::AdminRemoved)),
        RemovedAdmin::Unknown => Ok(see_other(Url::Admins)),
        RemovedAdmin::ActorGone => Err(Failed::Forbidden),
        RemovedAdmin::Last => {
            let language = admin.language(&headers);
            let sentence = admin_remove::last_admin(language).to_owned();
            form.refused(Problem::Other(sentence));
            Ok(question(&app, &headers, &admin, known, form))
        }
    }
}

async fn is_former(app: &App, id: i64) -> Result<bool, Failed> {
    let known = accounts::known_admins(&app.backend).await?;
    Ok(known.iter().any(|known| known.id == id && known.is_removed))
}
