//! What the programme gave and took in a period.

use app::panel::reports::result::{Movement, ProgrammeResult, ResultTable, Sums, html, sheet};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports;

use super::Asked;
use crate::app_state::App;
use crate::panel::answer::Failed;
use crate::panel::session::SignedIn;

/// Shows it. Seven statements.
pub(in crate::panel) async fn show_result(
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
    let choice = asked.choice();
    let (backend, tenant_id, period) = (&app.backend, person.session.tenant_id, choice.period);
    let before = period.before();
    let (sums_before, moved, by_branch, days, branches) = tokio::try_join!(
        reports::in_all(backend, tenant_id, before.from(), before.until()),
        reports::moved(backend, tenant_id, period),
        reports::by_branch(backend, tenant_id, period.from(), period.until()),
        reports::by_day(backend, tenant_id, period),
        reports::branch_names(backend, tenant_id),
    )?;
    let name = |id: i64| {
        let found = branches.iter().find(|(known, _)| *known == id);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let result = ProgrammeResult {
        choice: choice.clone(),
        before: sums_of(&sums_before),
        moved: moved
            .into_iter()
            .map(|movement| Movement {
                kind: movement.kind,
                entries: movement.entries,
                amount: movement.amount,
            })
            .collect(),
        branches: by_branch
            .iter()
            .map(|(id, sums)| (*id, name(*id), sums_of(sums)))
            .collect(),
        days: days.iter().map(|(at, sums)| (*at, sums_of(sums))).collect(),
    };
    let language = asked.language();
    asked
        .answer(
            &choice,
            ResultTable::parse,
            |table| sheet(language, &result, table),
            || html(&person.chrome(&headers), &result),
        )
        .await
}

fn sums_of(sums: &reports::Sums) -> Sums {
    Sums {
        checks: sums.purchases(),
        with_client: sums.sales,
        sold: sums.sold(),
        accrued: sums.accrued,
        redeemed: sums.redeemed,
        returned: sums.returned,
    }
}
