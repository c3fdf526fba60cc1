//! Codes by SMS, signing in by them, and signing out.

use ::channels::osonsms::Sms;
use app::Language;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::channels;
use backend::membership::{
    self, Asked, CODE_SECONDS, EndSession, RESEND_SECONDS, SignInByCode, SignedIn, Terms,
};
use backend::stores;
use cashier_api::client::{AskCodeRequest, CodeAsked, SignedInData, TermsData, VerifyCodeRequest};
use domain::messages::Channel;
use domain::{FieldError, FieldErrors, Phone};

use super::caller::Client;
use super::failures;
use crate::api::extract::FromStranger;
use crate::app_state::App;
use crate::dispatch::SavedGateway;
use crate::error::{ApiError, success};

/// The phones that codes go to.
const HOME: &str = "+992";

/// Why no code was sent.
pub(super) enum NoCode {
    /// There is no such store, or it is suspended.
    NoStore,
    /// The phone is abroad.
    Abroad,
    /// These seconds must pass.
    Wait(i64),
    /// SMS cannot be sent now.
    Unavailable,
    /// The server fails.
    Failed(backend::Error),
}

impl From<backend::Error> for NoCode {
    fn from(error: backend::Error) -> Self {
        Self::Failed(error)
    }
}

/// Sends a code to a phone. It does not tell whether the store knows the phone. Returns the name of
/// the store. At most nine statements.
pub(super) async fn send_code(
    app: &App,
    tenant_id: i64,
    phone: &Phone,
    address: &str,
) -> Result<String, NoCode> {
    let backend = &app.backend;
    let store = stores::open_name(backend, tenant_id).await?;
    let store = store.ok_or(NoCode::NoStore)?;
    // A code abroad would cost more than it brings, and is what pumping of SMS lives on.
    if !phone.as_str().starts_with(HOME) {
        return Err(NoCode::Abroad);
    }
    let gateway = gateway(app, tenant_id).await?;
    let gateway = gateway.ok_or(NoCode::Unavailable)?;
    let code = match membership::ask_code(backend, tenant_id, phone, address).await? {
        Asked::Wait(seconds) => return Err(NoCode::Wait(seconds)),
        Asked::Quiet => return Ok(store),
        Asked::Send(code) => code,
    };
    let text = code_text(&code, &store);
    let txn_id = uuid::Uuid::new_v4().simple().to_string();
    let sms = Sms {
        phone: phone.as_str(),
        text: &text,
        txn_id: &txn_id,
        is_confidential: true,
    };
    if let Err(refused) = gateway.send(&sms).await {
        let fault = refused.fault().as_str();
        tracing::warn!(tenant_id, fault, "a code cannot be sent");
        membership::withdraw_code(backend, tenant_id, phone).await?;
        return Err(NoCode::Unavailable);
    }
    Ok(store)
}

/// Returns the text of a code. It is one paid part: the name of the store is cut to fit.
fn code_text(code: &str, store: &str) -> String {
    const PART: usize = 70;
    let around = format!("{code} — код входа, . Никому его не говорите.");
    let room = PART.saturating_sub(around.chars().count());
    let store: String = store.chars().take(room).collect();
    format!(
        "{code} — код входа, {}. Никому его не говорите.",
        store.trim()
    )
}

/// Sends a code to a phone.
pub(super) async fn ask_code(
    State(app): State<App>,
    FromStranger { body, address }: FromStranger,
) -> Result<Response, ApiError> {
    let request = AskCodeRequest::read(&body)?;
    match send_code(&app, request.store, &request.phone.0, &address).await {
        Ok(_) => {}
        Err(NoCode::NoStore) => return Err(failures::store_not_found()),
        Err(NoCode::Abroad) => {
            return Err(FieldErrors::one("phone", FieldError::NotAPhone).into());
        }
        Err(NoCode::Wait(seconds)) => return Ok(failures::too_many_codes(seconds)),
        Err(NoCode::Unavailable) => return Err(failures::sms_unavailable()),
        Err(NoCode::Failed(error)) => return Err(error.into()),
    }
    let terms = membership::terms(&app.backend, request.store).await?;
    let asked = CodeAsked {
        resend_after_seconds: RESEND_SECONDS,
        valid_seconds: CODE_SECONDS,
        terms: terms.map(terms_data),
    };
    Ok(success(StatusCode::OK, asked))
}

fn terms_data(terms: Terms) -> TermsData {
    TermsData {
        version: terms.version,
        text: terms.text,
    }
}

/// Returns the gateway of a store, or else the platform's.
async fn gateway(
    app: &App,
    tenant_id: i64,
) -> Result<Option<::channels::osonsms::Gateway>, backend::Error> {
    let known = channels::channels(&app.backend, tenant_id).await?;
    let own = known.iter().find(|own| own.channel == Channel::Sms);
    let own: Option<SavedGateway> = own.and_then(|own| serde_json::from_str(&own.settings).ok());
    Ok(match own {
        Some(saved) => Some(app.services.gateway(saved)),
        None => app.services.platform_gateway(),
    })
}

/// Signs a client in by a code, and lets an unknown phone join. One transaction.
pub(super) async fn verify_code(
    State(app): State<App>,
    FromStranger { body, .. }: FromStranger,
) -> Result<Response, ApiError> {
    let request = VerifyCodeRequest::read(&body)?;
    let store = stores::open_name(&app.backend, request.store).await?;
    store.ok_or_else(failures::store_not_found)?;
    let language = request.language.as_deref().and_then(Language::from_tag);
    let command = SignInByCode {
        tenant_id: request.store,
        phone: &request.phone.0,
        code: &request.code,
        full_name: request.full_name.as_deref(),
        referral: request.referral_code.as_deref(),
        language: language.map(Language::tag),
        terms: request.accepted_terms,
        secrets: &app.backend.secrets,
    };
    match app.backend.run(&command).await? {
        SignedIn::In { token, is_new } => {
            if is_new {
                app.metrics.recorded("registration");
            }
            Ok(success(StatusCode::OK, SignedInData { token, is_new }))
        }
        SignedIn::TermsNeeded(terms) => Err(failures::terms_not_accepted(&terms_data(terms))),
        SignedIn::Wrong(left) => Err(failures::wrong_code(left)),
        SignedIn::Over => Err(failures::code_is_over()),
    }
}

/// Ends the session of the token.
pub(super) async fn sign_out(
    State(app): State<App>,
    Client { client, token }: Client,
) -> Result<Response, ApiError> {
    let command = EndSession {
        client,
        token: &token,
    };
    app.backend.run(&command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_paid_part() {
        let short = code_text("123456", "Фаровон");
        assert_eq!(
            short,
            "123456 — код входа, Фаровон. Никому его не говорите."
        );
        let long = code_text("123456", &"Сеть магазинов ".repeat(9));
        assert_eq!(::channels::osonsms::parts(&long), 1, "{long}");
    }
}
