//! What is unusual by the owner's limits.

use app::panel::reports::unusual::{
    Busy, GivenBy, Giver, RoundSums, Unusual, UnusualTable, Who, html, sheet,
};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, MAX_UNUSUAL_ROWS, UNUSUAL_DAYS};

use super::Asked;
use crate::app_state::App;
use crate::panel::answer::Failed;
use crate::panel::session::SignedIn;

/// Shows it. Five statements.
pub(in crate::panel) async fn show_unusual(
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
    let (backend, scope) = (&app.backend, asked.scope(&choice));
    let limits = reports::limits(backend, scope.tenant_id).await?;
    let found = reports::unusual(backend, scope, choice.period, &limits).await?;
    let busy = found.busy.into_iter().map(|row| Busy {
        client: who(row.client),
        day: row.day,
        till: place(&row.branch, &row.till),
        checks: row.checks,
        sold: row.sold,
    });
    let givers = found.givers.into_iter().map(|row| {
        let till = row.till.map(|(till, branch)| place(&branch, &till));
        let by = match row.cashier {
            Some(cashier) => GivenBy::Cashier(cashier),
            None => GivenBy::Till(till.unwrap_or_default()),
        };
        Giver {
            client: who(row.client),
            by,
            checks: row.checks,
            of_client: row.of_client,
            usual: row.usual,
        }
    });
    let round = found.round.into_iter().map(|row| RoundSums {
        till_id: row.till_id,
        till: place(&row.branch, &row.till),
        round: row.round,
        checks: row.checks,
    });
    let unusual = Unusual {
        choice: choice.clone(),
        is_cut: choice.period.days() > UNUSUAL_DAYS,
        limits,
        most: MAX_UNUSUAL_ROWS,
        busy: busy.collect(),
        givers: givers.collect(),
        round: round.collect(),
    };
    let language = asked.language();
    asked
        .answer(
            &choice,
            UnusualTable::parse,
            |table| sheet(language, &unusual, table),
            || html(&person.chrome(&headers), &unusual),
        )
        .await
}

fn who(client: reports::Who) -> Who {
    Who {
        id: client.id,
        name: client.name.unwrap_or_else(|| client.phone.clone()),
        phone: client.phone,
    }
}

fn place(branch: &str, till: &str) -> String {
    format!("{branch}, {till}")
}
