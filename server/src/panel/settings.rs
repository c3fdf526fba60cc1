//! «Настройки»: the name of the store, the person's name and language, and their own password.

use app::Language;
use app::forms::{FormState, Problem};
use app::panel::notices::Done;
use app::panel::own_password::{self, OwnPasswordField};
use app::panel::settings::{Settings, SettingsField, html};
use app::panel::urls::Url;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, ChangePassword, SaveSettings};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::{MAX_NAME, SentBy, check_new_password, status_of};
use super::password::refused;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::entry::keep_language;

/// Shows the settings. One statement.
pub(super) async fn show_settings(headers: HeaderMap, person: SignedIn) -> Response {
    let form = FormState::new()
        .with(SettingsField::Name, person.session.store_name.clone())
        .with(SettingsField::Person, person.session.account.name.clone())
        .with(SettingsField::Language, person.language(&headers).tag());
    shown(&headers, &person, form)
}

fn shown(headers: &HeaderMap, person: &SignedIn, form: FormState<SettingsField>) -> Response {
    let status = status_of(&form);
    let settings = Settings {
        form,
        may_rename: may_rename(person),
    };
    page(status, html(&person.chrome(headers), &settings))
}

fn may_rename(person: &SignedIn) -> bool {
    person.session.role >= Role::Manager
}

/// Saves the settings.
pub(super) async fn save_settings(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    let mut form: FormState<SettingsField> = pairs.form();
    if may_rename(&person) {
        form.read_required(SettingsField::Name, MAX_NAME);
    }
    form.read_required(SettingsField::Person, MAX_NAME);
    let tag = form.value(SettingsField::Language);
    let language = Language::ALL.into_iter().find(|known| known.tag() == tag);
    if language.is_none() {
        form.wrong(SettingsField::Language, Problem::Unknown);
    }
    let Some(language) = language.filter(|_| !form.is_wrong()) else {
        return Ok(shown(&headers, &person, form));
    };
    let command = SaveSettings {
        actor: &person.actor(),
        session: &person.session,
        store_name: may_rename(&person).then(|| form.value(SettingsField::Name)),
        name: form.value(SettingsField::Person),
        language: language.tag(),
    };
    app.backend.run(&command).await?;
    let mut answer = done(&headers, Url::Settings, Done::SettingsSaved);
    keep_language(&mut answer, language);
    Ok(answer)
}

/// Shows the form of the person's own password.
pub(super) async fn show_own_password(headers: HeaderMap, person: SignedIn) -> Response {
    let html = own_password::html(&person.chrome(&headers), &FormState::new());
    page(StatusCode::OK, html)
}

/// Sets a new password, if the old one is right, and ends the person's other sessions.
pub(super) async fn change_own_password(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    use OwnPasswordField::{Old, Password, Repeat};
    let mut form: FormState<OwnPasswordField> = pairs.form();
    check_new_password(&mut form, Password, Repeat, &person.session.account.login);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !form.is_wrong() {
        let (backend, session) = (&app.backend, &person.session);
        let old = form.value(Old).to_owned();
        let account = &session.account;
        let checked = accounts::check_password(backend, account, &old, &person.address).await;
        let Some(refused) = refused(&mut form, Old, checked)? else {
            let password_hash = accounts::hash(form.value(Password)).await?;
            let command = ChangePassword {
                account,
                address: &person.address,
                password_hash: &password_hash,
            };
            backend.run(&command).await?;
            return Ok(done(&headers, Url::Settings, Done::PasswordSet));
        };
        status = refused;
    }
    Ok(page(
        status,
        own_password::html(&person.chrome(&headers), &form),
    ))
}
