//! The files that make another program a till, and the cashier's steps to print.

use std::sync::OnceLock;

use app::Language;
use app::forms::FormState;
use app::panel::cashier_steps::{self, CashierSteps, FRONTOL, LANGUAGE, PROGRAM};
use app::panel::integrations::PICKED;
use app::panel::modules::{Bar, Given, MODULE, ModulePage, Modules, html, program};
use app::panel::urls::Url;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::stores;
use backend::tills::{ModuleKeys, NoModule, TakeModule, TillView};
use domain::{Role, TillModule};
use integrations::Configuration;

use super::answer::{Failed, page, see_other};
use super::form::SentBy;
use super::password::Back;
use super::session::SignedIn;
use super::till::{find, name};
use crate::app_state::App;
use crate::console::answer::guarded;
use crate::console::export::{attachment, plain};

/// Returns what the integrations show of the files for a till.
pub(super) fn of(
    app: &App,
    person: &SignedIn,
    till: Option<&TillView>,
    store_key_is_readable: bool,
) -> Modules {
    let given = till.and_then(|till| till.module).map(|given| Given {
        module: given.module,
        at: given.at,
        till_key_is_old: given.till_key_is_old,
        store_key_is_old: given.store_key_is_old,
    });
    Modules {
        sizes: sizes(),
        given,
        bar: till.and_then(|till| bar(app, person, till, store_key_is_readable)),
    }
}

/// Returns why a person gets no file for a till.
fn bar(app: &App, person: &SignedIn, till: &TillView, store_key_is_readable: bool) -> Option<Bar> {
    if person.session.role < Role::Owner {
        Some(Bar::NotOwner)
    } else if person.session.suspended.is_some() {
        Some(Bar::Suspended)
    } else if till.disabled_at.is_some() {
        Some(Bar::TillOff)
    } else if !store_key_is_readable {
        Some(Bar::StoreKey)
    } else if till.key_ends(&app.backend).is_none() {
        Some(Bar::TillKey)
    } else {
        None
    }
}

/// Returns the length of each module, which hardly depends on the till.
fn sizes() -> [usize; 4] {
    static SIZES: OnceLock<[usize; 4]> = OnceLock::new();
    *SIZES.get_or_init(|| {
        let token = "0".repeat(64);
        let till = integrations::Till {
            api_url: "https://api.bonex.one/api/v1",
            tenant_token: &token,
            cashier_token: &token,
            id: 1,
            name: "",
            branch: "",
            store: "",
            made_on: "01.01.2026",
        };
        TillModule::ALL.map(|module| bytes(module, &till).len())
    })
}

fn bytes(module: TillModule, till: &integrations::Till<'_>) -> Vec<u8> {
    let one_c = |configuration| integrations::one_c(configuration, till);
    match module {
        TillModule::Unf => one_c(Configuration::Unf),
        TillModule::Retail => one_c(Configuration::Retail),
        TillModule::Trade => one_c(Configuration::Trade),
        TillModule::Frontol => integrations::frontol(till),
    }
}

/// Says what the file of a module contains, and asks for the password if it is needed. Without a
/// module it leads to their list. Two statements.
pub(super) async fn ask_module(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let named = query.iter().find(|(name, _)| name == MODULE);
    let module = named.and_then(|(_, value)| TillModule::parse(value));
    let till = find(&app, &person, id).await?;
    let Some(module) = module else {
        let list = Url::Integrations.with_query(&[(PICKED, &id.to_string())]);
        return Ok(see_other(list));
    };
    let store = stores::key(&app.backend, person.session.tenant_id).await?;
    let bar = bar(&app, &person, &till, store.ends.is_some());
    let status = StatusCode::OK;
    Ok(asked(&app, &headers, &person, &till, module, bar, status))
}

fn asked(
    app: &App,
    headers: &HeaderMap,
    person: &SignedIn,
    till: &TillView,
    module: TillModule,
    bar: Option<Bar>,
    status: StatusCode,
) -> Response {
    let is_confirmed = person.session.account.is_confirmed(app.backend.clock.now());
    let details = ModulePage {
        till: name(till),
        module,
        bar,
        password: (!is_confirmed).then(FormState::new),
    };
    page(status, html(&person.chrome(headers), &details))
}

/// Writes the download into the journal, and sends the file. Asks to sign in again if the password
/// was entered long ago.
pub(super) async fn take_module(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<i64>,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let till = find(&app, &person, id).await?;
    let module = pairs.value(MODULE).unwrap_or_default();
    // The page before the download says what comes after it.
    let back = Back::from_file(Url::TillModule(id).with_query(&[(MODULE, module)]));
    if let Some(asked) = person.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let module = TillModule::parse(module).ok_or(Failed::NotFound)?;
    let command = TakeModule {
        actor: &person.actor(),
        secrets: &app.backend.secrets,
        till_id: id,
        module,
        program: program(module),
    };
    let bar = match app.backend.run(&command).await? {
        Ok(keys) => return file(&app, &person, id, module, keys).await,
        Err(NoModule::NoTill) => return Err(Failed::NotFound),
        Err(NoModule::TillOff) => Bar::TillOff,
        Err(NoModule::TillKey) => Bar::TillKey,
        Err(NoModule::StoreKey) => Bar::StoreKey,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(asked(
        &app,
        &headers,
        &person,
        &till,
        module,
        Some(bar),
        status,
    ))
}

/// Answers with the file. It is made outside the threads that serve requests.
async fn file(
    app: &App,
    person: &SignedIn,
    id: i64,
    module: TillModule,
    keys: ModuleKeys,
) -> Result<Response, Failed> {
    let (ascii, name) = names(module, id, &keys.name);
    let (api_url, store) = (app.api_url.clone(), person.session.store_name.clone());
    let made_on = app.backend.clock.now().local_date();
    let made = tokio::task::spawn_blocking(move || {
        let till = integrations::Till {
            api_url: &api_url,
            tenant_token: &keys.tenant_token,
            cashier_token: &keys.cashier_token,
            id,
            name: &keys.name,
            branch: &keys.branch,
            store: &store,
            made_on: &day(&made_on),
        };
        bytes(module, &till)
    });
    let made = made
        .await
        .map_err(|error| Failed::File(error.to_string()))?;
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    let mut response = (kind, made).into_response();
    if let Ok(disposition) = HeaderValue::try_from(attachment(&ascii, &name)) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(guarded(response))
}

/// Returns the name of a till's file in ASCII for old programs, and its full name.
fn names(module: TillModule, id: i64, till: &str) -> (String, String) {
    let till = plain(till).replace(' ', "-");
    let one_c = |ascii: &str, name: &str| {
        (
            format!("BonexIntegration_{ascii}_{id}.bsl"),
            format!("BonexИнтеграция_{name}_{till}_{id}.bsl"),
        )
    };
    match module {
        TillModule::Unf => one_c("UNF", "УНФ"),
        TillModule::Retail => one_c("Retail", "Розница"),
        TillModule::Trade => one_c("UT", "УТ"),
        TillModule::Frontol => (
            format!("frontol_bonex_{id}.js"),
            format!("frontol_bonex_{till}_{id}.js"),
        ),
    }
}

/// Turns `2026-11-27` into `27.11.2026`.
fn day(date: &str) -> String {
    let parts: Vec<&str> = date.rsplit('-').collect();
    parts.join(".")
}

/// Shows the cashier's steps to print.
pub(super) async fn show_steps(
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Manager)?;
    let value = |name: &str| {
        let found = query.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let language = value(LANGUAGE).and_then(Language::from_tag);
    let sheet = CashierSteps {
        is_frontol: value(PROGRAM) == Some(FRONTOL),
        language: language.unwrap_or_else(|| person.language(&headers)),
    };
    let html = cashier_steps::html(&person.chrome(&headers), &sheet);
    Ok(page(StatusCode::OK, html))
}
