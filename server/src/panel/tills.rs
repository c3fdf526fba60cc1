//! «Филиалы и кассы»: the branches and tills of a store.

use app::panel::tills::{Branch, TillRow, Tills, html};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::reports::{self, BranchTills};
use backend::tills;
use domain::{Role, Timestamp};

use super::answer::{Failed, page};
use super::session::SignedIn;
use super::till_state::state;
use crate::app_state::App;

/// Lists the branches with their tills. Five statements.
pub(super) async fn show_tills(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    let now = app.backend.clock.now();
    let midnight = now.local_midnight();
    let branches = reports::tills(&app.backend, person.session.tenant_id, midnight).await?;
    let (paid, _) = tills::paid(&app.backend, person.session.tenant_id).await?;
    let list = Tills {
        now,
        branches: branches
            .into_iter()
            .map(|branch| listed(branch, now))
            .collect(),
        paid,
        may_change: person.session.role >= Role::Manager,
    };
    Ok(page(StatusCode::OK, html(&person.chrome(&headers), &list)))
}

fn listed(branch: BranchTills, now: Timestamp) -> Branch {
    let row = |till: reports::TillRow| TillRow {
        state: state(till.is_disabled, till.seen_at, till.mismatches, now),
        id: till.id,
        name: till.name,
        program: till.program,
        last_seen: till.seen_at,
        foreign_refusals: till.mismatches,
        checks: till.purchases,
        sales: till.sold,
    };
    Branch {
        id: branch.id,
        name: branch.name,
        address: Some(branch.address).filter(|address| !address.is_empty()),
        tills: branch.tills.into_iter().map(row).collect(),
    }
}
