//! What the programme gave and took in a period.

use std::collections::BTreeMap;

use app::panel::reports::result::{Movement, ProgrammeResult, ResultTable, Sums, html, sheet};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, Scope};
use backend::{Backend, Error};
use domain::Period;

use super::Asked;
use crate::app_state::App;
use crate::panel::answer::Failed;
use crate::panel::session::SignedIn;

/// Shows it. Six reads of one to five statements.
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
    let choice = asked.choice().await?;
    let (backend, scope, period) = (&app.backend, asked.scope(&choice), choice.period);
    let before = period.before();
    let (sums_before, moved, places, days) = tokio::try_join!(
        reports::in_all(backend, scope, before.from(), before.until()),
        moved(backend, scope, period),
        places(backend, scope, period),
        reports::by_day(backend, scope, period),
    )?;
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
        places,
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

/// Returns what moved bonuses besides purchases, in a whole store.
async fn moved(
    backend: &Backend,
    scope: Scope,
    period: Period,
) -> Result<Vec<reports::Movement>, Error> {
    match scope.branch_id {
        Some(_) => Ok(Vec::new()),
        None => reports::moved(backend, scope.tenant_id, period).await,
    }
}

/// Returns the sums of each branch, or of each till of one branch, with names.
async fn places(
    backend: &Backend,
    scope: Scope,
    period: Period,
) -> Result<Vec<(i64, String, Sums)>, Error> {
    let (from, until) = (period.from(), period.until());
    let (places, names) = if scope.branch_id.is_some() {
        let names = reports::till_names(backend, scope.tenant_id).await?;
        (reports::by_till(backend, scope, from, until).await?, names)
    } else {
        let names = reports::branch_names(backend, scope.tenant_id).await?;
        let branches = reports::by_branch(backend, scope.tenant_id, from, until);
        (branches.await?, names)
    };
    let names: BTreeMap<i64, String> = names.into_iter().collect();
    let place = |(id, sums): (i64, reports::Sums)| {
        let name = names.get(&id).cloned().unwrap_or_default();
        (id, name, sums_of(&sums))
    };
    Ok(places.into_iter().map(place).collect())
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
