//! «Интеграции»: the credentials of the API, the steps of a till's connection, and the key of the
//! store.

use app::panel::confirm::Question;
use app::panel::integrations::{Integrations, OldStoreKey, PICKED, Picked, html};
use app::panel::notices::Done;
use app::panel::till::Key;
use app::panel::till_parts::TillName;
use app::panel::urls::Url;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::reports;
use backend::stores::{self, OLD_KEY_DAYS, RotateStoreKey, ShowStoreKey, StopOldStoreKey};
use backend::tills::{self, ShowToken, TillNumber, TillView};
use domain::Role;

use super::addresses;
use super::answer::{Failed, done, page, see_other};
use super::form::SentBy;
use super::modules;
use super::session::SignedIn;
use super::till::{ask, find, masked, name};
use crate::app_state::App;

/// The keys that are shown whole.
#[derive(Default)]
struct Shown {
    store: Option<String>,
    till: Option<String>,
}

/// Shows the integrations, with the till that the query names, or the first one. Seven statements.
pub(super) async fn show_integrations(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let named = query.iter().find(|(name, _)| name == PICKED);
    let picked = named.and_then(|(_, id)| id.parse().ok());
    shown(
        &app,
        &headers,
        &person,
        picked,
        Shown::default(),
        StatusCode::OK,
    )
    .await
}

async fn shown(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    picked: Option<i64>,
    keys: Shown,
    status: StatusCode,
) -> Result<Response, Failed> {
    let (now, tenant_id) = (app.backend.clock.now(), person.session.tenant_id);
    let branches = reports::tills(&app.backend, tenant_id, now).await?;
    let tills: Vec<TillName> = branches
        .into_iter()
        .flat_map(|branch| {
            branch.tills.into_iter().map(move |till| TillName {
                id: till.id,
                name: till.name,
                branch_id: branch.id,
                branch: branch.name.clone(),
            })
        })
        .collect();
    let till = match picked.or_else(|| tills.first().map(|till| till.id)) {
        Some(id) => Some(find(app, person, id).await?),
        None => None,
    };
    let store = stores::key(&app.backend, tenant_id).await?;
    let modules = modules::of(app, person, till.as_ref(), store.ends.is_some());
    let picked = match till {
        Some(till) => Some(pick(app, person, &till, keys.till).await?),
        None => None,
    };
    let cash = addresses::cash(app, headers);
    let details = Integrations {
        now,
        tills,
        picked,
        api_url: app.api_url.clone(),
        cash_url: cash.url,
        cash_typed: cash.typed,
        store_key: key(person, keys.store, store.ends),
        old_store_key: store.old.map(|old| OldStoreKey {
            until: old.until,
            users: old.users,
        }),
        synced_at: store.synced_at,
        modules,
        newest_module: integrations::VERSION,
    };
    Ok(page(status, html(&person.chrome(headers), &details)))
}

async fn pick(
    app: &App,
    person: &SignedIn,
    till: &TillView,
    token: Option<String>,
) -> Result<Picked, Failed> {
    let tenant_id = person.session.tenant_id;
    let sold = tills::first_sale(&app.backend, tenant_id, till.id).await?;
    let (_, live) = app.live.of(TillNumber {
        tenant_id,
        till_id: till.id,
    });
    let facts = live.united(till.facts.clone());
    Ok(Picked {
        till: name(till),
        key: key(person, token, till.key_ends(&app.backend)),
        created_at: till.created_at,
        seen_at: till.seen_at,
        program: facts.program,
        looked_up_at: facts.looked_up_at,
        sold: sold.map(|sale| (sale.at, sale.total)),
        returned_at: facts.returned_at,
    })
}

fn key(person: &SignedIn, whole: Option<String>, ends: Option<(String, String)>) -> Key {
    match whole {
        Some(token) => Key::Shown(token),
        None if person.session.role == Role::Owner => masked(ends),
        None => Key::Hidden,
    }
}

/// Shows the keys of the store and of the picked till. Asks to sign in again if the password was
/// entered long ago.
pub(super) async fn show_keys(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::Integrations)
        .await?
    {
        return Ok(asked);
    }
    let actor = person.actor();
    let picked = pairs.value(PICKED).and_then(|id| id.parse().ok());
    let mut keys = Shown::default();
    if let Some(till_id) = picked {
        let command = ShowToken {
            actor: &actor,
            secrets: &app.backend.secrets,
            till_id,
        };
        keys.till = Some(app.backend.run(&command).await?.ok_or(Failed::NotFound)?);
    }
    let command = ShowStoreKey {
        actor: &actor,
        secrets: &app.backend.secrets,
    };
    keys.store = Some(app.backend.run(&command).await?);
    shown(&app, &headers, &person, picked, keys, StatusCode::OK).await
}

/// Asks before the key of the store is replaced.
pub(super) async fn ask_rotate(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let (now, tenant_id) = (app.backend.clock.now(), person.session.tenant_id);
    let branches = reports::tills(&app.backend, tenant_id, now).await?;
    let tills = branches.iter().flat_map(|branch| &branch.tills);
    let question = Question::RotateStoreKey {
        until: now.plus_days(OLD_KEY_DAYS),
        last_used: tills.filter_map(|till| till.seen_at).max(),
    };
    ask(&app, &headers, &person, question)
}

/// Replaces the key of the store, unless an earlier one still works: the page says so.
pub(super) async fn rotate_key(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::RotateStoreKey)
        .await?
    {
        return Ok(asked);
    }
    let command = RotateStoreKey {
        actor: &person.actor(),
        secrets: &app.backend.secrets,
    };
    if app.backend.run(&command).await? {
        return Ok(done(&headers, Url::Integrations, Done::StoreKeyRotated));
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    shown(&app, &headers, &person, None, Shown::default(), status).await
}

/// Asks before the old key of the store is stopped. Without one there is nothing to ask.
pub(super) async fn ask_stop(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let key = stores::key(&app.backend, person.session.tenant_id).await?;
    let Some(old) = key.old else {
        return Ok(see_other(Url::Integrations));
    };
    let question = Question::StopOldStoreKey {
        last_used: old.users.first().map(|(_, _, at)| *at),
        until: old.until,
    };
    ask(&app, &headers, &person, question)
}

/// Stops the old key of the store.
pub(super) async fn stop_old_key(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    if let Some(asked) = person
        .password_again(&app, &headers, &pairs, &Url::StopOldStoreKey)
        .await?
    {
        return Ok(asked);
    }
    let command = StopOldStoreKey {
        actor: &person.actor(),
    };
    // If it has just ended by itself, that is what the person wanted.
    app.backend.run(&command).await?;
    Ok(done(&headers, Url::Integrations, Done::OldStoreKeyStopped))
}
