//! The second step of the sign-in, as a person switches it on and off.

use app::console::connect_app::ConnectApp;
use app::console::password::PasswordField;
use app::console::sign_in_code::CodeField;
use app::forms::{FormState, Problem};
use app::panel::notices::Done;
use app::panel::second_step::{self, SecondStep};
use app::panel::second_step_new;
use app::panel::urls::Url;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, BeginSecondStep, NewRecoveryCodes, NewSecret, SwitchSecondStepOff};

use super::answer::{Failed, done, page, see_other};
use super::form::{SentBy, status_of};
use super::password::refused;
use super::session::SignedIn;
use crate::app_state::App;

/// Shows whether the second step is on. Three statements.
pub(super) async fn show_second_step(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    let state = accounts::second_step(&app.backend, &person.session.account).await?;
    let shown = SecondStep {
        now: app.backend.clock.now(),
        on_since: state.on_since,
        recovery_codes: state.recovery_codes,
    };
    let html = second_step::html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Makes a new secret.
pub(super) async fn begin_second_step(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::SecondStep)
        .await?
    {
        return Ok(asked);
    }
    let begin = BeginSecondStep {
        account: &person.session.account,
        secrets: &app.backend.secrets,
    };
    let next = if app.backend.run(&begin).await? {
        Url::NewSecondStep
    } else {
        Url::SecondStep
    };
    Ok(see_other(next))
}

/// Shows the new secret, to a person who has entered the password recently.
pub(super) async fn show_new_second_step(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    if let Some(first) = person.password_first(&app, &Url::NewSecondStep) {
        return Ok(first);
    }
    match accounts::new_secret(&app.backend, &person.session.account).await? {
        Some(new) => Ok(shown(&headers, &person, new, FormState::new())),
        None => Ok(see_other(Url::SecondStep)),
    }
}

fn shown(
    headers: &HeaderMap,
    person: &SignedIn,
    new: NewSecret,
    form: FormState<CodeField>,
) -> Response {
    let status = status_of(&form);
    let new = ConnectApp {
        login: person.session.account.login.clone(),
        secret: new.secret,
        form,
    };
    page(status, second_step_new::html(&person.chrome(headers), &new))
}

/// Switches the second step on with its first code, and shows the recovery codes once.
pub(super) async fn switch_second_step_on(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::NewSecondStep)
        .await?
    {
        return Ok(asked);
    }
    let (backend, account) = (&app.backend, &person.session.account);
    let Some(new) = accounts::new_secret(backend, account).await? else {
        return Ok(see_other(Url::SecondStep));
    };
    let mut form: FormState<CodeField> = pairs.form();
    let (address, code) = (&person.address, form.value(CodeField::Code));
    let codes = accounts::switch_second_step_on(backend, account, address, &new, code).await?;
    let Some(codes) = codes else {
        form.wrong(CodeField::Code, Problem::Code);
        return Ok(shown(&headers, &person, new, form));
    };
    Ok(shown_codes(&headers, &person, &codes))
}

fn shown_codes(headers: &HeaderMap, person: &SignedIn, codes: &[String]) -> Response {
    let html = second_step_new::codes_html(&person.chrome(headers), codes);
    page(StatusCode::OK, html)
}

/// Makes new recovery codes in place of the old ones, and shows them once.
pub(super) async fn make_recovery_codes(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::SecondStep)
        .await?
    {
        return Ok(asked);
    }
    let command = NewRecoveryCodes {
        account: &person.session.account,
        address: &person.address,
    };
    match app.backend.run(&command).await? {
        Some(codes) => Ok(shown_codes(&headers, &person, &codes)),
        None => Ok(see_other(Url::SecondStep)),
    }
}

/// Asks for the password before the second step is switched off.
pub(super) async fn ask_second_step_off(headers: HeaderMap, person: SignedIn) -> Response {
    let html = second_step::off_html(&person.chrome(&headers), &FormState::new());
    page(StatusCode::OK, html)
}

/// Switches the second step off, if the password is right.
pub(super) async fn switch_second_step_off(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    let mut form: FormState<PasswordField> = pairs.form();
    let password = form.value(PasswordField::Password).to_owned();
    let (backend, account) = (&app.backend, &person.session.account);
    let checked = accounts::check_password(backend, account, &password, &person.address).await;
    if let Some(status) = refused(&mut form, PasswordField::Password, checked)? {
        let html = second_step::off_html(&person.chrome(&headers), &form);
        return Ok(page(status, html));
    }
    let off = SwitchSecondStepOff {
        actor: &person.actor(),
        user_id: person.session.user_id,
    };
    if backend.run(&off).await? {
        Ok(done(&headers, Url::SecondStep, Done::SecondStepOff))
    } else {
        Ok(see_other(Url::SecondStep))
    }
}
