//! The pages of a client: sign-in by a code, balance, history and preferences.

use app::Language;
use app::client::{
    self, AFTER, Change, CodeField, CodePage, Event, EventKind, Expiring, Home, PhoneField,
    PreferenceField, STORE, Trouble, trouble_words,
};
use app::forms::{FormState, Problem};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::clients::{self, Cause, FeedEvent, FeedPlace};
use backend::membership::{
    self, EndSession, SavePreferences, SignInByCode, SignedIn, UnbindTelegram,
};
use backend::stores;
use cashier_api::ErrorCode;
use domain::Phone;

use super::account::{EVENTS, place, place_text};
use super::session::{self, Visitor, find, keep};
use super::sign_in::{NoCode, send_code};
use crate::app_state::App;
use crate::console::answer;
use crate::console::form::Sent;
use crate::console::language;
use crate::error::ApiError;

/// The longest name and code that are read.
const MAX_NAME: usize = 255;

/// The policy of these pages, which Telegram's web version shows in a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; \
                      frame-ancestors https://web.telegram.org";

fn page(status: StatusCode, html: String) -> Response {
    let mut response = answer::page(status, html);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}

fn status_of(is_wrong: bool) -> StatusCode {
    if is_wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// Returns the value of a query.
fn value<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    let mut pairs = query.iter();
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// Returns the language that a client has chosen, or else that of the browser.
async fn language_of(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<Language, ApiError> {
    let chosen = membership::preferences(&app.backend, visitor.client).await?;
    let chosen = chosen.language.as_deref().and_then(Language::from_tag);
    Ok(chosen.unwrap_or_else(|| language::of_headers(headers)))
}

/// Shows the balance, or asks who is there. Ten statements.
pub(super) async fn show_home(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, ApiError> {
    let Some(visitor) = find(&app, &headers).await? else {
        return ask_phone(&app, &headers, &uri, &query).await;
    };
    let language = language_of(&app, &visitor, &headers).await?;
    let (backend, client) = (&app.backend, visitor.client);
    let tenant_id = client.tenant_id;
    let account = clients::client_page(backend, tenant_id, client.client_id).await?;
    let account = account.ok_or(ErrorCode::NotFound)?;
    let expiring = membership::expiring(backend, client).await?;
    let home = Home {
        now: backend.clock.now(),
        store: stores::name(backend, tenant_id).await?.unwrap_or_default(),
        phone: account.phone.unwrap_or_default(),
        name: account.full_name,
        card: (
            account.card_number.to_string(),
            account.card_number.ean13().to_string(),
        ),
        balance: account.figures.bonus_balance,
        available: account.figures.redeemable,
        held: account.figures.held,
        expiring: expiring
            .into_iter()
            .map(|expiring| Expiring {
                at: expiring.at,
                amount: expiring.amount,
            })
            .collect(),
        referral: membership::referral_code(&backend.secrets, tenant_id, client.client_id),
    };
    Ok(page(StatusCode::OK, client::home(language, &home)))
}

async fn ask_phone(
    app: &App,
    headers: &HeaderMap,
    uri: &Uri,
    query: &[(String, String)],
) -> Result<Response, ApiError> {
    let language = language::of_request(headers, uri);
    let store = value(query, STORE).and_then(|store| store.parse().ok());
    let name = match store {
        Some(store) => stores::open_name(&app.backend, store).await?,
        None => None,
    };
    let (Some(store), Some(name)) = (store, name) else {
        return Ok(page(StatusCode::NOT_FOUND, client::no_store(language)));
    };
    let referral = value(query, "referral_code").unwrap_or_default();
    let html = client::phone(language, (store, &name), referral, &FormState::new());
    Ok(language::keep(page(StatusCode::OK, html), uri))
}

/// The store that a form names.
async fn store_of(app: &App, sent: &Sent) -> Result<Option<(i64, String)>, ApiError> {
    let Some(store) = sent.pairs.value(STORE).and_then(|store| store.parse().ok()) else {
        return Ok(None);
    };
    let name = stores::open_name(&app.backend, store).await?;
    Ok(name.map(|name| (store, name)))
}

/// Sends a code, and asks for it.
pub(super) async fn ask_code(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, ApiError> {
    let language = language::of_headers(&headers);
    let Some((store, name)) = store_of(&app, &sent).await? else {
        return Ok(page(StatusCode::NOT_FOUND, client::no_store(language)));
    };
    let referral = sent.pairs.value("referral_code").unwrap_or_default();
    let mut form: FormState<PhoneField> = sent.pairs.form();
    let typed = form.value(PhoneField::Phone).to_owned();
    let phone = Phone::parse(&typed);
    let problem = match &phone {
        Err(_) => Some(Problem::NotAPhone),
        Ok(phone) => match send_code(&app, store, phone, &sent.address).await {
            Ok(_) => None,
            Err(NoCode::Abroad | NoCode::NoStore) => Some(Problem::NotAPhone),
            Err(NoCode::Wait(seconds)) => Some(said(language, Trouble::Wait(seconds))),
            Err(NoCode::Unavailable) => Some(said(language, Trouble::SmsUnavailable)),
            Err(NoCode::Failed(error)) => return Err(error.into()),
        },
    };
    let (None, Ok(phone)) = (&problem, &phone) else {
        form.wrong(PhoneField::Phone, problem.unwrap_or(Problem::NotAPhone));
        let html = client::phone(language, (store, &name), referral, &form);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html));
    };
    let form = FormState::new().with(CodeField::Referral, referral);
    code_page(&app, language, (store, &name), phone, form).await
}

fn said(language: Language, trouble: Trouble) -> Problem {
    Problem::Other(trouble_words(language, trouble))
}

async fn code_page(
    app: &App,
    language: Language,
    store: (i64, &str),
    phone: &Phone,
    form: FormState<CodeField>,
) -> Result<Response, ApiError> {
    let terms = membership::terms(&app.backend, store.0).await?;
    let status = status_of(form.is_wrong());
    let asked = CodePage {
        store,
        phone: phone.as_str(),
        terms: terms
            .as_ref()
            .map(|terms| (terms.version, terms.text.as_str())),
        form,
    };
    Ok(page(status, client::code(language, &asked)))
}

/// Signs a client in by the code.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Sent,
) -> Result<Response, ApiError> {
    let language = language::of_headers(&headers);
    let store = store_of(&app, &sent).await?;
    let phone = sent.pairs.value("phone").map(Phone::parse);
    let (Some((store, name)), Some(Ok(phone))) = (store, phone) else {
        return Ok(page(StatusCode::NOT_FOUND, client::no_store(language)));
    };
    let mut form: FormState<CodeField> = sent.pairs.form();
    let full_name = form.read_text(CodeField::Name, MAX_NAME);
    let accepted = sent.pairs.value("accepted_terms");
    let accepted = accepted.and_then(|version| version.parse().ok());
    let command = SignInByCode {
        tenant_id: store,
        phone: &phone,
        code: form.value(CodeField::Code),
        full_name: full_name.as_deref().filter(|name| !name.is_empty()),
        referral: Some(form.value(CodeField::Referral)).filter(|code| !code.is_empty()),
        language: Some(language.tag()),
        terms: accepted.filter(|_| form.is_checked(CodeField::Accept)),
        secrets: &app.backend.secrets,
    };
    let (field, trouble) = match app.backend.run(&command).await? {
        SignedIn::In { token, .. } => {
            let answer = answer::see_other(client::HOME);
            return Ok(keep(answer, &headers, &token));
        }
        SignedIn::TermsNeeded(_) => (CodeField::Accept, Trouble::AcceptFirst),
        SignedIn::Wrong(_) => (CodeField::Code, Trouble::WrongCode),
        SignedIn::Over => (CodeField::Code, Trouble::CodeIsOver),
    };
    form.wrong(field, said(language, trouble));
    code_page(&app, language, (store, &name), &phone, form).await
}

/// Shows the history, the newest first. Twelve statements.
pub(super) async fn show_history(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, ApiError> {
    let language = language_of(&app, &visitor, &headers).await?;
    let (backend, client) = (&app.backend, visitor.client);
    let (tenant_id, id) = (client.tenant_id, client.client_id);
    let account = clients::client_page(backend, tenant_id, id).await?;
    let account = account.ok_or(ErrorCode::NotFound)?;
    let after = value(&query, AFTER)
        .and_then(place)
        .unwrap_or(FeedPlace::START);
    let balance = account.stored_balance;
    let feed = clients::feed(backend, tenant_id, id, balance, after, EVENTS).await?;
    let events: Vec<Event> = feed.events.into_iter().map(event).collect();
    let next = feed.next.map(place_text);
    let now = backend.clock.now();
    let html = app::client::history(language, now, &events, next.as_deref());
    Ok(page(StatusCode::OK, html))
}

fn event(event: FeedEvent) -> Event {
    let (kind, total) = match &event.cause {
        Cause::Sale(sale) if sale.is_redemption => (EventKind::Redemption, Some(sale.total)),
        Cause::Sale(sale) => (EventKind::Purchase, Some(sale.total)),
        Cause::Return { amount, .. } => (EventKind::Return, Some(*amount)),
        Cause::Void(_, total) => (EventKind::Void, Some(*total)),
        Cause::Friend => (EventKind::Friend, None),
        Cause::ByHand { .. } => (EventKind::ByHand, None),
        Cause::Merge { .. } => (EventKind::Merge, None),
        Cause::Credit(_) => (EventKind::Credit, None),
        Cause::Expiry => (EventKind::Expiry, None),
    };
    let change = |step: clients::FeedStep| Change {
        kind: step.kind.as_str(),
        amount: step.amount,
    };
    Event {
        at: event.at,
        kind,
        total,
        place: event.place.map(|(branch, _)| branch),
        changes: event.steps.into_iter().map(change).collect(),
        after: event.after,
    }
}

/// Shows what the client wants to hear of.
pub(super) async fn show_preferences(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    preferences_page(&app, &headers, &visitor, false).await
}

async fn preferences_page(
    app: &App,
    headers: &HeaderMap,
    visitor: &Visitor,
    is_saved: bool,
) -> Result<Response, ApiError> {
    let language = language_of(app, visitor, headers).await?;
    let known = membership::preferences(&app.backend, visitor.client).await?;
    let mut form = FormState::new().with(PreferenceField::Language, language.tag());
    for (field, is_on) in [
        (PreferenceField::Receipts, known.receipts),
        (PreferenceField::Reminders, known.reminders),
        (PreferenceField::Offers, known.offers),
    ] {
        if is_on {
            form.set(field, "on");
        }
    }
    let html = client::preferences(language, &form, is_saved);
    Ok(page(StatusCode::OK, html))
}

/// Saves what the client wants to hear of.
pub(super) async fn save_preferences(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    sent: Sent,
) -> Result<Response, ApiError> {
    let form: FormState<PreferenceField> = sent.pairs.form();
    let language = Language::from_tag(form.value(PreferenceField::Language));
    let command = SavePreferences {
        client: visitor.client,
        receipts: Some(form.is_checked(PreferenceField::Receipts)),
        reminders: Some(form.is_checked(PreferenceField::Reminders)),
        offers: Some(form.is_checked(PreferenceField::Offers)),
        language: language.map(Language::tag),
    };
    app.backend.run(&command).await?;
    preferences_page(&app, &headers, &visitor, true).await
}

/// Disconnects Telegram from the account, and signs out here. Bonuses are not touched.
pub(super) async fn disconnect_telegram(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    let command = UnbindTelegram {
        tenant_id: visitor.client.tenant_id,
        client_id: visitor.client.client_id,
    };
    app.backend.run(&command).await?;
    ended(&app, &headers, &visitor).await
}

/// Ends the session.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    ended(&app, &headers, &visitor).await
}

async fn ended(app: &App, headers: &HeaderMap, visitor: &Visitor) -> Result<Response, ApiError> {
    let command = EndSession {
        client: visitor.client,
        token: &visitor.token,
    };
    app.backend.run(&command).await?;
    let home = format!("{}?{STORE}={}", client::HOME, visitor.client.tenant_id);
    let answer = answer::see_other(home);
    Ok(session::keep(answer.into_response(), headers, ""))
}
