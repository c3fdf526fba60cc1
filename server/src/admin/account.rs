//! «Мои настройки»: the name, language and password of the admin.

use app::Language;
use app::admin::account::{self, AccountField};
use app::admin::platform_notices::PlatformDone;
use app::admin::urls::Url;
use app::console::own_password::OwnPasswordField;
use app::forms::{FormState, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, ChangePassword, SaveAdminSettings};

use super::acting::done;
use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::entry::keep_language;
use crate::console::form::{MAX_NAME, SentBy, check_new_password, status_of};
use crate::console::password::refused;
use crate::console::person::Person as _;

/// Shows the settings. One statement.
pub(super) async fn show_account(headers: HeaderMap, admin: Admin) -> Response {
    let language = admin.language(&headers);
    let form = FormState::new()
        .with(AccountField::Name, admin.account().name.clone())
        .with(AccountField::Language, language.tag());
    shown(&headers, &admin, &form)
}

fn shown(headers: &HeaderMap, admin: &Admin, form: &FormState<AccountField>) -> Response {
    let (chrome, login) = (admin.chrome(headers), &admin.account().login);
    page(status_of(form), account::html(&chrome, login, form))
}

/// Saves the settings. Three statements at most.
pub(super) async fn save_account(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let mut form: FormState<AccountField> = pairs.form();
    form.read_required(AccountField::Name, MAX_NAME);
    let tag = form.value(AccountField::Language);
    let language = Language::ALL.into_iter().find(|known| known.tag() == tag);
    if language.is_none() {
        form.wrong(AccountField::Language, Problem::Unknown);
    }
    let Some(language) = language.filter(|_| !form.is_wrong()) else {
        return Ok(shown(&headers, &admin, &form));
    };
    let command = SaveAdminSettings {
        admin_id: admin.id()?,
        account: admin.account(),
        address: admin.address(),
        name: form.value(AccountField::Name),
        language: language.tag(),
    };
    app.backend.run(&command).await?;
    let mut answer = done(&headers, Url::Account, PlatformDone::AccountSaved);
    keep_language(&mut answer, language);
    Ok(answer)
}

/// Shows the form of the admin's own password. One statement.
pub(super) async fn show_own_password(headers: HeaderMap, admin: Admin) -> Response {
    let html = account::password_html(&admin.chrome(&headers), &FormState::new());
    page(StatusCode::OK, html)
}

/// Sets a new password, if the old one is right, and ends the admin's other sessions. Ten
/// statements.
pub(super) async fn change_own_password(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    use OwnPasswordField::{Old, Password, Repeat};
    let mut form: FormState<OwnPasswordField> = pairs.form();
    let (backend, own) = (&app.backend, admin.account());
    check_new_password(&mut form, Password, Repeat, &own.login);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if !form.is_wrong() {
        let old = form.value(Old).to_owned();
        let checked = accounts::check_password(backend, own, &old, admin.address()).await;
        let Some(refused) = refused(&mut form, Old, checked)? else {
            let password_hash = accounts::hash(form.value(Password)).await?;
            let command = ChangePassword {
                account: own,
                address: admin.address(),
                password_hash: &password_hash,
            };
            backend.run(&command).await?;
            return Ok(done(&headers, Url::Account, PlatformDone::PasswordSet));
        };
        status = refused;
    }
    let html = account::password_html(&admin.chrome(&headers), &form);
    Ok(page(status, html))
}
