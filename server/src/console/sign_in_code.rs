//! The second step of the sign-in: a code of the authenticator app, or a recovery code.

use app::console::AccountUrl;
use app::console::notices::AccountDone;
use app::console::sign_in_code::{BY_RECOVERY, CodeField};
use app::forms::{Field as _, FormState, Problem};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use backend::accounts::{self, CodeError, TypedCode};

use super::answer::{Failed, done, see_other};
use super::code_form::shown;
use super::entry::{entered, signed_in};
use super::form::Sent;
use super::onward::Onward;
use super::person::{Person, realm, user_agent};
use super::{cookie, minutes, next};
use crate::app_state::App;

/// Shows the form, if a password was right shortly before.
pub(crate) async fn show_code<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Failed> {
    let console = P::CONSOLE;
    let is_awaited = match cookie::code(console).read(&headers) {
        Some(value) => accounts::is_code_awaited(&app.backend, realm(console), value).await?,
        None => false,
    };
    if !is_awaited {
        return Ok(see_other(console.url(AccountUrl::SignIn)));
    }
    let next = next::of_query(console, &uri);
    let onward = Onward {
        next: next.as_deref(),
        kept: None,
    };
    let (form, field) = (FormState::new(), field(&uri));
    Ok(shown(
        console,
        &headers,
        StatusCode::OK,
        form,
        field,
        onward,
    ))
}

/// Returns the field that the query asks for.
fn field(uri: &Uri) -> CodeField {
    let query = Query::<Vec<(String, String)>>::try_from_uri(uri);
    let by_recovery = query.is_ok_and(|Query(query)| {
        query
            .iter()
            .any(|(name, value)| name == "by" && value == BY_RECOVERY)
    });
    if by_recovery {
        CodeField::Recovery
    } else {
        CodeField::Code
    }
}

/// Signs a person in who has proved to know the password and to have the phone, or a recovery code.
pub(crate) async fn send_code<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let console = P::CONSOLE;
    let (field, onward) = (field(&uri), Onward::of_form(console, &pairs));
    let mut form: FormState<CodeField> = pairs.form();
    if pairs.value(&field.name()).is_none() {
        // The other field was asked for, by the button below the first one.
        return Ok(shown(
            console,
            &headers,
            StatusCode::OK,
            form,
            field,
            onward,
        ));
    }
    let typed = form.value(field).to_owned();
    let sent = accounts::SignInCode {
        realm: realm(console),
        cookie: cookie::code(console).read(&headers).unwrap_or_default(),
        code: match field {
            CodeField::Code => TypedCode::App(&typed),
            CodeField::Recovery => TypedCode::Recovery(&typed),
        },
        address: &address,
        user_agent: &user_agent(&headers),
    };
    let status = match accounts::finish_sign_in(&app.backend, sent).await {
        Ok(session) => {
            if field == CodeField::Recovery && onward.kept.is_none() {
                // There the person sees how many codes are left.
                let url = console.url(AccountUrl::AfterRecovery);
                let answer = done(&headers, console, url, AccountDone::RecoveryUsed.code());
                return Ok(signed_in(&headers, console, &session, answer));
            }
            return entered::<P>(&app, &headers, &session, onward, &address).await;
        }
        Err(CodeError::Ended) => return Ok(see_other(console.url(AccountUrl::SignIn))),
        Err(CodeError::Wrong) => {
            let problem = match field {
                CodeField::Code => Problem::Code,
                CodeField::Recovery => Problem::RecoveryCode,
            };
            form.wrong(field, problem);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(CodeError::TooMany { wait_seconds }) => {
            form.wrong(field, Problem::TooManyTries(minutes(wait_seconds)));
            StatusCode::TOO_MANY_REQUESTS
        }
        Err(CodeError::Backend(error)) => return Err(error.into()),
    };
    Ok(shown(console, &headers, status, form, field, onward))
}
