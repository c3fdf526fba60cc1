//! The tiers and the moves between them.

use app::panel::reports::tiers::{TierMove, TierReport, TierTable, html, sheet};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports;

use super::Asked;
use crate::app_state::App;
use crate::panel::answer::Failed;
use crate::panel::session::SignedIn;

/// Shows them. Three statements.
pub(in crate::panel) async fn show_tiers(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let asked = Asked {
        app: &app,
        person: &person,
        headers: &headers,
        query: &query,
    };
    let choice = asked.choice().await?;
    let tenant_id = person.session.tenant_id;
    let tiers = reports::tiers(&app.backend, tenant_id, choice.period).await?;
    let report = TierReport {
        choice: choice.clone(),
        tiers: tiers.tiers,
        moves: tiers
            .moves
            .into_iter()
            .map(|step| TierMove {
                was: step.was,
                is_now: step.is_now,
                clients: step.clients,
            })
            .collect(),
    };
    let language = asked.language();
    asked
        .answer(
            &choice,
            TierTable::parse,
            |table| sheet(language, &report, table),
            || html(&person.chrome(&headers), &report),
        )
        .await
}
