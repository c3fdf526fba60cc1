//! «Сегодня»: the figures of the local day, beside the same weekday a week before.

use app::panel::till_parts::TillName;
use app::panel::today::{BranchDay, Compared, Hour, Look, Today, html};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::inventory;
use backend::reports::{self, BranchTills, Sums, TillRow};
use domain::{Money, Timestamp};

use super::answer::{Failed, page};
use super::session::SignedIn;
use crate::app_state::App;

/// The microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// The days in which a client who bought twice has come again.
const REPEAT_DAYS: i64 = 90;

/// Shows a day, the current one until now. Nine statements, and two for the current day.
pub(super) async fn show_today(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let now = backend.clock.now();
    let midnight = asked_day(&query, now).unwrap_or_else(|| now.local_midnight());
    let until = midnight.plus_days(1);
    // A week ago the day was as far as it is now.
    let (week_before, until_before) = (midnight.plus_days(-7), now.min(until).plus_days(-7));
    let (by_branch, before_by_branch, hours, hours_before, branches, repeat) = tokio::try_join!(
        reports::by_branch(backend, tenant_id, midnight, until),
        reports::by_branch(backend, tenant_id, week_before, until_before),
        reports::by_hour(backend, tenant_id, midnight),
        reports::by_hour(backend, tenant_id, week_before),
        reports::tills(backend, tenant_id, midnight),
        reports::repeat(backend, tenant_id, until.plus_days(-REPEAT_DAYS), until),
    )?;
    let looks = if now < until {
        let silent = reports::silent(backend, tenant_id, &branches).await?;
        let goods_off = inventory::switch_off(backend, tenant_id).await?;
        let goods_off = goods_off.map(|list| Look::GoodsOff {
            off: list.off,
            before: list.before,
        });
        goods_off
            .into_iter()
            .chain(looks(&branches, &silent))
            .collect()
    } else {
        Vec::new()
    };
    let (all, before) = (sum(&by_branch), sum(&before_by_branch));
    let compared = |part: fn(&Sums) -> Money| Compared {
        now: part(&all),
        before: part(&before),
    };
    let counted = |part: fn(&Sums) -> i64| Compared {
        now: part(&all),
        before: part(&before),
    };
    let branch = |branch: &BranchTills| {
        let figures = of_branch(&by_branch, branch.id);
        BranchDay {
            id: branch.id,
            name: branch.name.clone(),
            sales: Compared {
                now: figures.sold(),
                before: of_branch(&before_by_branch, branch.id).sold(),
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
        sales: compared(Sums::sold),
        checks: counted(Sums::purchases),
        with_client: counted(|sums| sums.sales),
        returned: compared(|sums| sums.returned),
        returns: all.returns,
        accrued: compared(|sums| sums.accrued),
        redeemed: compared(|sums| sums.redeemed),
        repeat,
        hours: open_hours(
            (now.micros() - midnight.micros()) / HOUR,
            &hours,
            &hours_before,
        ),
        looks,
        branches: branches.iter().map(branch).collect(),
    };
    let chrome = person.chrome(&headers);
    Ok(page(StatusCode::OK, html(&chrome, &today)))
}

fn sum(branches: &[(i64, Sums)]) -> Sums {
    let add = |sum: Sums, (_, branch): &(i64, Sums)| sum.and(branch);
    branches.iter().fold(Sums::default(), add)
}

fn of_branch(branches: &[(i64, Sums)], id: i64) -> Sums {
    let found = branches.iter().find(|(known, _)| *known == id);
    found.map_or(Sums::default(), |(_, sums)| *sums)
}

/// Returns the midnight of the day in the query, such as `2026-06-04`, unless it has not begun.
fn asked_day(query: &[(String, String)], now: Timestamp) -> Option<Timestamp> {
    let (_, day) = query.iter().find(|(name, _)| name == "day")?;
    let midnight = Timestamp::of_local_date(day)?;
    (midnight <= now).then_some(midnight)
}

/// Returns the hours from the first to the last one in which the store sold on either day.
/// `current` is the hour of the day that has not ended; no such hour if it is 24 or more.
fn open_hours(current: i64, day: &[Sums], before: &[Sums]) -> Vec<Hour> {
    let hours = (0..24_u8).zip(day.iter().zip(before));
    let all: Vec<Hour> = hours
        .map(|(hour, (sold, sold_before))| Hour {
            hour,
            now: (i64::from(hour) <= current).then_some(sold.sold()),
            before: sold_before.sold(),
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

/// Returns what a person should look at, the most urgent first.
fn looks(branches: &[BranchTills], silent: &[(i64, Timestamp)]) -> Vec<Look> {
    let tills = || {
        branches
            .iter()
            .flat_map(|branch| branch.tills.iter().map(move |till| (branch, till)))
    };
    if tills().next().is_none() {
        return vec![Look::NoTill];
    }
    let name = |(branch, till): (&BranchTills, &TillRow)| TillName {
        id: till.id,
        name: till.name.clone(),
        branch_id: branch.id,
        branch: branch.name.clone(),
    };
    let foreign = tills().filter(|(_, till)| till.mismatches > 0 && !till.is_disabled);
    let foreign = foreign.map(|till| Look::ForeignDevice {
        refusals: till.1.mismatches,
        till: name(till),
    });
    let silent = tills().filter_map(|till| {
        let (_, since) = silent.iter().find(|(id, _)| *id == till.1.id)?;
        Some(Look::Silent {
            till: name(till),
            since: *since,
        })
    });
    let unused = tills().filter(|(_, till)| !till.is_bound && !till.is_disabled);
    let unused = unused.map(|till| Look::NeverUsed(name(till)));
    foreign.chain(silent).chain(unused).collect()
}
