//! The one-time link of an admin: an invitation, or a new password.

use app::Language;
use app::admin::invitation::{Invitation, html};
use app::console::new_password::NewPasswordField;
use app::forms::{FormState, Problem};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use backend::accounts::{self, AcceptAdminInvitation, AdminInvitation, LinkError};

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::entry::enter;
use crate::console::form::{MAX_NAME, Sent, check_new_password, status_of};
use crate::console::language;
use crate::console::onward::Onward;
use crate::console::person::user_agent;

/// Shows the form of a link.
pub(super) async fn show_invitation(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Path(secret): Path<String>,
) -> Result<Response, Failed> {
    let invitation = find(&app, &secret).await?;
    let mut form = FormState::new();
    if invitation.login.is_none() {
        form.set(NewPasswordField::Name, invitation.name.clone());
    }
    let language = language::of_request(&headers, &uri);
    let answer = shown(&app, language, secret, &invitation, form);
    Ok(language::keep(answer, &uri))
}

async fn find(app: &App, secret: &str) -> Result<AdminInvitation, Failed> {
    let invitation = accounts::admin_invitation(&app.backend, secret).await?;
    invitation.ok_or(Failed::LinkEnded)
}

fn shown(
    app: &App,
    language: Language,
    secret: String,
    invitation: &AdminInvitation,
    form: FormState<NewPasswordField>,
) -> Response {
    let status = status_of(&form);
    let asked = Invitation {
        language,
        login: invitation.login.clone(),
        secret,
        until: invitation.expires_at,
        now: app.backend.clock.now(),
        form,
    };
    page(status, html(&asked))
}

/// Makes the account of an invited admin, or sets an admin's new password, and leads on to the
/// second step.
pub(super) async fn accept_invitation(
    State(app): State<App>,
    headers: HeaderMap,
    Path(secret): Path<String>,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    use NewPasswordField::{Login, Name, Password, Repeat};
    let invitation = find(&app, &secret).await?;
    let mut form: FormState<NewPasswordField> = pairs.form();
    let is_new = invitation.login.is_none();
    for field in [Name, Login].into_iter().filter(|_| is_new) {
        form.read_required(field, MAX_NAME);
    }
    let login = invitation.login.clone();
    let login = login.unwrap_or_else(|| form.value(Login).to_owned());
    check_new_password(&mut form, Password, Repeat, &login);
    if !form.is_wrong() {
        let password_hash = accounts::hash(form.value(Password)).await?;
        let command = AcceptAdminInvitation {
            secret: &secret,
            login: &login,
            name: form.value(Name),
            password_hash: &password_hash,
            address: &address,
            user_agent: &user_agent(&headers),
            secrets: &app.backend.secrets,
        };
        match app.backend.run(&command).await? {
            Ok(entry) => {
                let onward = Onward::default();
                return enter::<Admin>(&app, &headers, &entry, onward, &address).await;
            }
            Err(LinkError::Unusable) => return Err(Failed::LinkEnded),
            Err(LinkError::LoginTaken) => form.wrong(Login, Problem::Taken),
        }
    }
    let language = language::of_headers(&headers);
    Ok(shown(&app, language, secret, &invitation, form))
}
