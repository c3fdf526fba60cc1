//! The authenticator app of an admin who signs in for the first time.

use app::admin::connect_app::{codes_html, html};
use app::admin::urls::Url;
use app::console::Console;
use app::console::connect_app::ConnectApp;
use app::console::sign_in_code::CodeField;
use app::forms::{FormState, Problem};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, CodeError, FirstCode, Realm};

use crate::app_state::App;
use crate::console::answer::{Failed, page, see_other};
use crate::console::entry::signed_in;
use crate::console::form::{Sent, status_of};
use crate::console::person::user_agent;
use crate::console::{cookie, language};

/// Shows the secret, if a password was right shortly before.
pub(super) async fn show_secret(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    shown(&app, &headers, FormState::new()).await
}

async fn shown(
    app: &App,
    headers: &HeaderMap,
    form: FormState<CodeField>,
) -> Result<Response, Failed> {
    let cookie = cookie_of(headers);
    let Some(new) = accounts::enrolment(&app.backend, Realm::Platform, cookie).await? else {
        return Ok(see_other(Url::SignIn));
    };
    let status = status_of(&form);
    let asked = ConnectApp {
        login: new.login,
        secret: new.secret,
        form,
    };
    let html = html(language::of_headers(headers), &asked);
    Ok(page(status, html))
}

fn cookie_of(headers: &HeaderMap) -> &str {
    cookie::code(Console::Admin)
        .read(headers)
        .unwrap_or_default()
}

/// Signs the admin in with the first code of the app, and shows the recovery codes once.
pub(super) async fn send_first_code(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let mut form: FormState<CodeField> = pairs.form();
    let sent = FirstCode {
        realm: Realm::Platform,
        cookie: cookie_of(&headers),
        code: form.value(CodeField::Code),
        address: &address,
        user_agent: &user_agent(&headers),
    };
    match accounts::enrol(&app.backend, sent).await {
        Ok(enrolled) => {
            let html = codes_html(language::of_headers(&headers), &enrolled.recovery_codes);
            let answer = page(StatusCode::OK, html);
            Ok(signed_in(
                &headers,
                Console::Admin,
                &enrolled.session,
                answer,
            ))
        }
        Err(CodeError::Wrong | CodeError::TooMany { .. }) => {
            form.wrong(CodeField::Code, Problem::Code);
            shown(&app, &headers, form).await
        }
        Err(CodeError::Ended) => Ok(see_other(Url::SignIn)),
        Err(CodeError::Backend(error)) => Err(error.into()),
    }
}
