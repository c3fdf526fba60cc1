//! One-time links: an invitation, or a new password.

use app::Language;
use app::console::new_password::NewPasswordField;
use app::forms::{FormState, Problem};
use app::panel::new_password::{NewPassword, Purpose, html};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use backend::accounts::{self, AcceptLink, Link, LinkError};

use super::answer::{Failed, page};
use super::form::{MAX_NAME, Sent, check_new_password, status_of};
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::entry::enter;
use crate::console::language;
use crate::console::onward::Onward;
use crate::console::person::user_agent;

/// Shows the form of a link.
pub(super) async fn show_link(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Path(secret): Path<String>,
) -> Result<Response, Failed> {
    let link = find(&app, &secret).await?;
    let mut form = FormState::new();
    if link.login.is_none() {
        form.set(NewPasswordField::Name, link.name.clone());
    }
    let language = language::of_request(&headers, &uri);
    let answer = shown(&app, language, secret, link, form);
    Ok(language::keep(answer, &uri))
}

async fn find(app: &App, secret: &str) -> Result<Link, Failed> {
    let link = accounts::link(&app.backend, secret).await?;
    link.ok_or(Failed::LinkEnded)
}

fn shown(
    app: &App,
    language: Language,
    secret: String,
    link: Link,
    form: FormState<NewPasswordField>,
) -> Response {
    let status = status_of(&form);
    let asked = NewPassword {
        language,
        secret,
        store: link.store_name,
        purpose: match link.login {
            Some(login) => Purpose::Reset(login),
            None => Purpose::Join(link.role),
        },
        until: link.expires_at,
        now: app.backend.clock.now(),
        form,
    };
    page(status, html(&asked))
}

/// Uses a link, and signs the person in. A person with a second step is asked for the code.
pub(super) async fn accept_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(secret): Path<String>,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let link = find(&app, &secret).await?;
    let mut form: FormState<NewPasswordField> = pairs.form();
    check(&mut form, link.login.as_deref());
    if !form.is_wrong() {
        let password_hash = accounts::hash(form.value(NewPasswordField::Password)).await?;
        let command = AcceptLink {
            secret: &secret,
            login: form.value(NewPasswordField::Login),
            name: form.value(NewPasswordField::Name),
            password_hash: &password_hash,
            address: &address,
            user_agent: &user_agent(&headers),
            secrets: &app.backend.secrets,
        };
        match app.backend.run(&command).await? {
            Ok(entry) => {
                let onward = Onward::default();
                return enter::<SignedIn>(&app, &headers, &entry, onward, &address).await;
            }
            Err(LinkError::Unusable) => return Err(Failed::LinkEnded),
            Err(LinkError::LoginTaken) => form.wrong(NewPasswordField::Login, Problem::Taken),
        }
    }
    let language = language::of_headers(&headers);
    Ok(shown(&app, language, secret, link, form))
}

/// Checks the form of a person, who has a login already or chooses one.
fn check(form: &mut FormState<NewPasswordField>, login: Option<&str>) {
    use NewPasswordField::{Login, Name, Password, Repeat};
    for field in [Name, Login].into_iter().filter(|_| login.is_none()) {
        form.read_required(field, MAX_NAME);
    }
    let login = login.map_or_else(|| form.value(Login).to_owned(), str::to_owned);
    check_new_password(form, Password, Repeat, &login);
}
