//! «Сегодня»: the figures of the local day, beside the same weekday a week before.

use app::panel::till_parts::TillName;
use app::panel::today::{BranchDay, Compared, Hour, Look, Today, html};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::reports::{self, BranchTills, TillRow};
use domain::{Money, Timestamp};

use super::answer::{Failed, page};
use super::session::SignedIn;
use crate::app_state::App;

/// The microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// Shows a day, the current one until now. Nine statements.
pub(super) async fn show_today(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let now = backend.clock.now();
    let midnight = asked_day(&query, now).unwrap_or_else(|| now.local_midnight());
    let until = now.min(midnight.plus_days(1));
    let week_before = midnight.plus_days(-7);
    let day = reports::day(backend, tenant_id, midnight, until).await?;
    let before = reports::day(backend, tenant_id, week_before, until.plus_days(-7)).await?;
    let hours = reports::hours(backend, tenant_id, midnight).await?;
    let hours_before = reports::hours(backend, tenant_id, week_before).await?;
    let branches = reports::tills(backend, tenant_id, midnight).await?;
    let (all, all_before) = (day.all(), before.all());
    let branch = |branch: &BranchTills| {
        let figures = day.branch(branch.id);
        BranchDay {
            id: branch.id,
            name: branch.name.clone(),
            sales: Compared {
                now: figures.sold,
                before: before.branch(branch.id).sold,
            },
            checks: figures.purchases(),
            with_client: figures.sales,
            accrued: figures.accrued,
            redeemed: figures.redeemed,
        }
    };
    let today = Today {
        now,
        day: midnight,
        sales: Compared {
            now: all.sold,
            before: all_before.sold,
        },
        checks: Compared {
            now: all.purchases(),
            before: all_before.purchases(),
        },
        with_client: Compared {
            now: all.sales,
            before: all_before.sales,
        },
        returned: day.returned,
        returns: day.returns,
        accrued: all.accrued,
        redeemed: all.redeemed,
        repeat: None,
        hours: open_hours(
            (now.micros() - midnight.micros()) / HOUR,
            &hours,
            &hours_before,
        ),
        looks: looks(&branches),
        branches: branches.iter().map(branch).collect(),
    };
    let chrome = person.chrome(&headers);
    Ok(page(StatusCode::OK, html(&chrome, &today)))
}

/// Returns the midnight of the day in the query, such as `2026-06-04`, unless it has not begun.
fn asked_day(query: &[(String, String)], now: Timestamp) -> Option<Timestamp> {
    let (_, day) = query.iter().find(|(name, _)| name == "day")?;
    let midnight = Timestamp::parse_rfc3339(&format!("{day}T00:00:00+05:00")).ok()?;
    (midnight <= now).then_some(midnight)
}

/// Returns the hours from the first to the last one in which the store sold on either day.
/// `current` is the hour of the day that has not ended; no such hour if it is 24 or more.
fn open_hours(current: i64, day: &[Money; 24], before: &[Money; 24]) -> Vec<Hour> {
    let hours = (0..24_u8).zip(day.iter().zip(before));
    let all: Vec<Hour> = hours
        .map(|(hour, (sold, sold_before))| Hour {
            hour,
            now: (i64::from(hour) <= current).then_some(*sold),
            before: *sold_before,
            is_going: i64::from(hour) == current,
        })
        .collect();
    let is_open = |hour: &Hour| {
        hour.before.is_positive() || hour.is_going || hour.now.is_some_and(Money::is_positive)
    };
    let first = all.iter().position(is_open).unwrap_or_default();
    let last = all.iter().rposition(is_open).unwrap_or_default();
    all.into_iter().take(last + 1).skip(first).collect()
}

/// Returns what a person should look at.
fn looks(branches: &[BranchTills]) -> Vec<Look> {
    let tills = || {
        branches
            .iter()
            .flat_map(|branch| branch.tills.iter().map(move |till| (branch, till)))
    };
    if tills().next().is_none() {
        return vec![Look::NoTill];
    }
    let look = |(branch, till): (&BranchTills, &TillRow)| {
        let name = TillName {
            id: till.id,
            name: till.name.clone(),
            branch_id: branch.id,
            branch: branch.name.clone(),
        };
        (!till.is_bound && !till.is_disabled).then_some(Look::NeverUsed(name))
    };
    tills().filter_map(look).collect()
}
