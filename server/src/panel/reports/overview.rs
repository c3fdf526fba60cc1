//! The first page of the reports.

use app::panel::reports::bonuses::OnHand;
use app::panel::reports::cohorts::Cohort;
use app::panel::reports::members::{Members, Sold};
use app::panel::reports::overview::{Overview, OverviewTable, html, sheet};
use app::panel::reports::week::WeekGrid;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, Bonuses, Sums};
use domain::Money;

use super::Asked;
use crate::app_state::App;
use crate::panel::answer::Failed;
use crate::panel::session::SignedIn;

/// The kind of the entries of bonuses that expired.
const EXPIRED: &str = "expire";

/// Shows it. Six reads of one to five statements.
pub(in crate::panel) async fn show_overview(
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
    let (backend, scope, period) = (&app.backend, asked.scope(&choice), choice.period);
    let tenant_id = scope.tenant_id;
    let before = period.before();
    let (sums, sums_before, moved, bonuses, cohorts, week) = tokio::try_join!(
        reports::in_all(backend, scope, period.from(), period.until()),
        reports::in_all(backend, scope, before.from(), before.until()),
        reports::moved(backend, tenant_id, period),
        reports::bonuses(backend, tenant_id),
        reports::cohorts(backend, tenant_id),
        reports::week(backend, scope, period),
    )?;
    let expired = moved.iter().filter(|movement| movement.kind == EXPIRED);
    let (clients, others) = sold(&sums);
    let overview = Overview {
        choice: choice.clone(),
        members: Members {
            clients,
            others,
            accrued: sums.accrued,
            redeemed: sums.redeemed,
            expired: scope
                .branch_id
                .is_none()
                .then(|| -expired.map(|movement| movement.amount).sum::<Money>()),
            before: sold(&sums_before),
        },
        on_hand: on_hand(bonuses),
        cohorts: cohorts
            .into_iter()
            .map(|cohort| Cohort {
                month: cohort.month,
                clients: cohort.clients,
                again: cohort.again,
            })
            .collect(),
        week: WeekGrid {
            checks: week.checks,
            days: week.days,
        },
    };
    let language = asked.language();
    asked
        .answer(
            &choice,
            OverviewTable::parse,
            |table| sheet(language, &overview, table),
            || html(&person.chrome(&headers), &overview),
        )
        .await
}

fn sold(sums: &Sums) -> (Sold, Sold) {
    let clients = Sold {
        checks: sums.sales,
        sum: sums.sold_to_clients,
    };
    let others = Sold {
        checks: sums.receipts,
        sum: sums.sold_to_others,
    };
    (clients, others)
}

fn on_hand(bonuses: Bonuses) -> OnHand {
    OnHand {
        available: bonuses.available,
        held: bonuses.held,
        endless: bonuses.endless,
        debt: bonuses.debt,
        months: bonuses.months,
        later: bonuses.later,
    }
}
