//! The second step of the sign-in of an admin: another app, and new recovery codes.

use app::admin::second_step::{SecondStep, another_html, codes_html, html};
use app::admin::urls::Url;
use app::console::connect_app::ConnectApp;
use app::console::sign_in_code::CodeField;
use app::forms::{FormState, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, BeginAnotherApp, NewRecoveryCodes, NewSecret};

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page, see_other};
use crate::console::form::{SentBy, status_of};
use crate::console::person::Person as _;

/// Shows since when the app is connected, and how many recovery codes are left. Three statements.
pub(super) async fn show_second_step(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
) -> Result<Response, Failed> {
    let state = accounts::second_step(&app.backend, admin.account()).await?;
    let shown = SecondStep {
        now: app.backend.clock.now(),
        login: admin.account().login.clone(),
        on_since: state.on_since,
        recovery_codes: state.recovery_codes,
    };
    let html = html(&admin.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Makes the secret of another app. Two statements.
pub(super) async fn begin_another_app(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::SecondStep;
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let begin = BeginAnotherApp {
        admin_id: admin.id()?,
        account: admin.account(),
        secrets: &app.backend.secrets,
    };
    let next = if app.backend.run(&begin).await? {
        Url::AnotherApp
    } else {
        Url::SecondStep
    };
    Ok(see_other(next))
}

/// Shows the secret, to an admin who has entered the password recently. Two statements.
pub(super) async fn show_another_app(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
) -> Result<Response, Failed> {
    if !admin.account().is_confirmed(app.backend.clock.now()) {
        return Ok(see_other(Url::SecondStep));
    }
    match accounts::another_app(&app.backend, admin.id()?, admin.account()).await? {
        Some(new) => Ok(shown(&app, &headers, &admin, new, FormState::new())),
        None => Ok(see_other(Url::SecondStep)),
    }
}

fn shown(
    app: &App,
    headers: &HeaderMap,
    admin: &Admin,
    new: NewSecret,
    form: FormState<CodeField>,
) -> Response {
    let status = status_of(&form);
    let new = ConnectApp {
        // The old entry of the app has the plain login, and must not be deleted by mistake.
        login: format!(
            "{} {}",
            admin.account().login,
            app.backend.clock.now().local_date()
        ),
        secret: new.secret,
        form,
    };
    page(status, another_html(&admin.chrome(headers), &new))
}

/// Puts the other app in the place of the present one with its first code, and shows the new
/// recovery codes once. Sixteen statements.
pub(super) async fn connect_another_app(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::SecondStep;
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let (backend, account, id) = (&app.backend, admin.account(), admin.id()?);
    let Some(new) = accounts::another_app(backend, id, account).await? else {
        return Ok(see_other(Url::SecondStep));
    };
    let mut form: FormState<CodeField> = pairs.form();
    let (address, code) = (admin.address(), form.value(CodeField::Code));
    let codes = accounts::connect_another_app(backend, id, account, address, &new, code).await?;
    let Some(codes) = codes else {
        form.wrong(CodeField::Code, Problem::Code);
        return Ok(shown(&app, &headers, &admin, new, form));
    };
    Ok(shown_codes(&headers, &admin, &codes))
}

fn shown_codes(headers: &HeaderMap, admin: &Admin, codes: &[String]) -> Response {
    page(StatusCode::OK, codes_html(&admin.chrome(headers), codes))
}

/// Makes new recovery codes in place of the old ones, and shows them once. Thirteen statements.
pub(super) async fn make_recovery_codes(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy {
        person: admin,
        pairs,
    }: SentBy<Admin>,
) -> Result<Response, Failed> {
    let back = &Url::SecondStep;
    if let Some(asked) = admin.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let command = NewRecoveryCodes {
        account: admin.account(),
        address: admin.address(),
    };
    match app.backend.run(&command).await? {
        Some(codes) => Ok(shown_codes(&headers, &admin, &codes)),
        None => Ok(see_other(Url::SecondStep)),
    }
}
