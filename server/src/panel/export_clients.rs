//! The export of clients.

use app::panel::clients::{Group, QUERY};
use app::panel::export_clients::{ExportClients, ExportedClient, html, sheet};
use app::panel::urls::Url;
use app::ui::sheet::{FORMAT, Format};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::clients::{self, Exported, RecordExport};
use backend::programme;
use domain::Role;

use super::answer::{Failed, page};
use super::clients::{MAX_SEARCH, in_store};
use super::export::{self, READ_ROWS};
use super::form::SentBy;
use super::password::Back;
use super::session::SignedIn;
use crate::app_state::App;

/// Shows what the file will have, and the buttons that make it. The query is that of the list.
pub(super) async fn ask_export(
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let [by_search, by_group, _] = QUERY;
    let is_filter = |(name, _): &(String, String)| name == by_search || name == by_group;
    let shown = ExportClients {
        filter: query.into_iter().filter(is_filter).collect(),
    };
    let html = html(&person.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Writes the export into the journal, and sends the file. Two statements, those of the list, and
/// one for each 5,000 clients.
pub(super) async fn export(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    person.needs(Role::Owner)?;
    let [by_search, by_group, _] = QUERY;
    let filter = [by_search, by_group].map(|name| (name, pairs.value(name).unwrap_or_default()));
    let back = Back::from_file(Url::Clients.with_query(&filter));
    if let Some(asked) = person.password_again(&app, &headers, &pairs, back).await? {
        return Ok(asked);
    }
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let search: String = pairs.value(by_search).unwrap_or_default().trim().into();
    let search: String = search.chars().take(MAX_SEARCH).collect();
    // A search looks among all clients, as in the list.
    let group = match pairs.value(by_group) {
        Some(code) if search.is_empty() => Group::parse(code).unwrap_or(Group::All),
        _ => Group::All,
    };
    let programme = programme::of_store(backend, tenant_id).await?;
    let asked = in_store(group, &programme)?;
    let format = pairs.value(FORMAT).and_then(Format::parse);
    let format = format.unwrap_or(Format::Xlsx);
    let filter = [format.code().to_owned(), group.code(), search.clone()];
    let filter: Vec<String> = filter.into_iter().filter(|part| !part.is_empty()).collect();
    let command = RecordExport {
        actor: &person.actor(),
        what: &filter.join(" · "),
    };
    backend.run(&command).await?;
    let clients = clients::exported(backend, tenant_id, asked, &search, READ_ROWS).await?;
    let language = person.language(&headers);
    let sheet = move || {
        let rows = clients.into_iter().map(row);
        sheet(language, &rows.collect::<Vec<_>>())
    };
    export::file(&app, &person, format, sheet).await
}

fn row(client: Exported) -> ExportedClient {
    ExportedClient {
        phone: client.phone,
        name: client.full_name,
        balance: client.balance,
        spent: client.total_spent,
        card: client.card,
        registered: client.registered_at,
        last_purchase: client.last_purchase_at,
    }
}
