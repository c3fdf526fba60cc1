//! A till's page: its connection, its key, and the questions before dangerous acts.

use app::Language;
use app::forms::{FormState, Problem};
use app::panel::chrome::Chrome;
use app::panel::confirm::{self, Confirm, Question};
use app::panel::notices::Done;
use app::panel::till::{Key, LastRefusal, LastSale, Till, html};
use app::panel::till_parts::{OldKey, TillName};
use app::panel::till_requests::Request;
use app::panel::urls::Url;
use app::ui::states::{Notice, Tone};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::tills::{self, ActOnTill, ActedOnTill, ShowToken, TillAct, TillNumber, TillView};
use domain::Role;

use super::answer::{Failed, done, page};
use super::form::SentBy;
use super::session::SignedIn;
use super::till_state::state;
use crate::app_state::App;
use crate::live::LiveRequest;

/// Returns a till of the person's store. One statement.
pub(super) async fn find(app: &App, person: &SignedIn, id: i64) -> Result<TillView, Failed> {
    let till = tills::view(&app.backend, person.session.tenant_id, id).await?;
    till.ok_or(Failed::NotFound)
}

/// Returns a till as pages name it.
pub(super) fn name(till: &TillView) -> TillName {
    TillName {
        id: till.id,
        name: till.name.clone(),
        branch_id: till.branch_id,
        branch: till.branch.clone(),
    }
}

/// Shows a till. Two statements.
pub(super) async fn show_till(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    shown(&app, &headers, &person, &till, None, StatusCode::OK).await
}

/// Answers with the page of a till, with its key if that is given. One statement.
pub(super) async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    till: &TillView,
    key: Option<String>,
    status: StatusCode,
) -> Result<Response, Failed> {
    let html = rendered(app, &person.chrome(headers), person, till, key).await?;
    Ok(page(status, html))
}

async fn rendered(
    app: &App,
    chrome: &Chrome,
    person: &SignedIn,
    till: &TillView,
    key: Option<String>,
) -> Result<String, Failed> {
    let now = app.backend.clock.now();
    let role = person.session.role;
    let tenant_id = person.session.tenant_id;
    let last_sale = tills::last_sale(&app.backend, tenant_id, till.id).await?;
    let (requests, live) = app.live.of(TillNumber {
        tenant_id,
        till_id: till.id,
    });
    let facts = live.united(till.facts.clone());
    let key = match key {
        Some(token) => Key::Shown(token),
        None if role == Role::Owner => masked(till.key_ends(&app.backend)),
        None => Key::Hidden,
    };
    let details = Till {
        now,
        name: name(till),
        address: Some(till.address.clone()).filter(|address| !address.is_empty()),
        state: state(
            till.disabled_at.is_some(),
            till.seen_at,
            till.mismatches,
            now,
        ),
        last_seen: till.seen_at,
        last_sale: last_sale.map(|sale| LastSale {
            id: sale.id,
            total: sale.total,
            at: sale.at,
        }),
        last_refusal: facts.refusal.map(|(code, at)| LastRefusal { code, at }),
        clock_fast_seconds: facts.clock_fast_seconds,
        program: facts.program,
        newest_module: integrations::VERSION,
        bound_at: till.device.as_ref().map(|(_, bound_at)| *bound_at),
        old_bound_at: till.old_key.and_then(|old| old.bound_at),
        key,
        old_key: till.old_key.map(|old| OldKey {
            until: old.until,
            last_used: old.seen_at,
        }),
        requests: Some(requests.iter().map(request).collect()),
        may_change: role >= Role::Manager,
        may_see_keys: role == Role::Owner,
        may_pair: role == Role::Owner,
    };
    Ok(html(chrome, &details))
}

/// Returns a key of which the owner sees both ends, if it can be read.
pub(super) fn masked(ends: Option<(String, String)>) -> Key {
    ends.map_or(Key::Unreadable, |(first, last)| Key::Masked { first, last })
}

fn request(live: &LiveRequest) -> Request {
    let path = live.route.strip_prefix("/api/v1").unwrap_or(&live.route);
    Request {
        at: live.at,
        method: live.method.to_owned(),
        path: path.to_owned(),
        status: live.status,
        code: live.code.map(str::to_owned),
        millis: live.millis,
        program: live.program.as_deref().map(str::to_owned),
    }
}

/// Shows a till with its token. Asks to sign in again if the password was entered long ago.
pub(super) async fn show_key(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Till(id))
        .await?
    {
        return Ok(asked);
    }
    let command = ShowToken {
        actor: &person.actor(),
        secrets: &app.backend.secrets,
        till_id: id,
    };
    let token = app.backend.run(&command).await?.ok_or(Failed::NotFound)?;
    shown(&app, &headers, &person, &till, Some(token), StatusCode::OK).await
}

/// Asks before a till is switched off.
pub(super) async fn ask_off(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    let question = Question::SwitchOff {
        till: name(&till),
        last_used: till.seen_at,
    };
    ask(&app, &headers, &person, question)
}

/// Asks before a till is unbound from its device.
pub(super) async fn ask_unbind(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failed> {
    let till = find(&app, &person, id).await?;
    let question = Question::Unbind {
        till: name(&till),
        last_used: till.seen_at,
    };
    ask(&app, &headers, &person, question)
}

/// Answers with a question before a dangerous act. The password is a part of the question about an
/// act of power.
pub(super) fn ask(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    question: Question,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let now = app.backend.clock.now();
    let asks_password = question.is_power() && !person.session.account.is_confirmed(now);
    let asked = Confirm {
        now,
        question,
        password: asks_password.then(FormState::new),
    };
    let html = confirm::html(&person.chrome(headers), &asked);
    Ok(page(StatusCode::OK, html))
}

/// Switches a till on, unless as many are on as the store has paid for: the page says so.
pub(super) async fn switch_till_on(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    if act(&app, &person, id, TillAct::Enable).await? {
        return Ok(done(&headers, Url::Till(id), Done::TillOn));
    }
    let till = find(&app, &person, id).await?;
    let mut chrome = person.chrome(&headers);
    chrome.notices.push(no_paid_till(chrome.language));
    let html = rendered(&app, &chrome, &person, &till, None).await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
}

/// Returns the message that no paid till is free.
pub(super) fn no_paid_till(language: Language) -> Notice {
    Notice::new(Tone::Attention, Problem::NoPaidTill.text(language))
}

/// Switches a till off.
pub(super) async fn switch_till_off(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    act(&app, &person, id, TillAct::Disable).await?;
    Ok(done(&headers, Url::Till(id), Done::TillOff))
}

/// Removes the binding of a till to its device.
pub(super) async fn unbind_till(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, .. }: SentBy,
) -> Result<Response, Failed> {
    act(&app, &person, id, TillAct::ResetBinding).await?;
    Ok(done(&headers, Url::Till(id), Done::TillUnbound))
}

/// Does an act to a till. Returns `false` if no paid till is free.
async fn act(app: &App, person: &SignedIn, id: i64, act: TillAct) -> Result<bool, Failed> {
    person.needs(Role::Manager)?;
    let command = ActOnTill {
        actor: &person.actor(),
        till_id: id,
        act,
        reason: None,
    };
    match app.backend.run(&command).await? {
        ActedOnTill::Done | ActedOnTill::Before => Ok(true),
        ActedOnTill::TillLimit => Ok(false),
        ActedOnTill::NoTill => Err(Failed::NotFound),
    }
}
