//! The sign that a token is shared, as it is written for the lists. The page of a till judges it
//! anew.

use domain::Timestamp;
use domain::sharing::{FADE_DAYS, Level, Reason, Verdict, judge};

use super::{of_till, sql};
use crate::till_number::TillNumber;
use crate::{Backend, Error};

/// The seconds after which a till is judged again.
const JUDGED_SECONDS: i64 = 3_600;

/// The tills that are judged at once, so that no other work waits long.
const JUDGED_AT_ONCE: i64 = 20;

/// A till that is worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The till.
    pub till: TillNumber,
    /// The name of its store.
    pub store: String,
    /// The name of its branch.
    pub branch: String,
    /// Its name.
    pub name: String,
    /// What it was judged.
    pub judged: Judged,
    /// When it was judged.
    pub at: Timestamp,
}

/// What a till was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What is said about it.
    pub level: Level,
    /// The points.
    pub points: i64,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Judges a till and writes the result. Five statements.
///
/// # Errors
/// The errors of [`of_till`].
pub async fn judge_till(backend: &Backend, till: TillNumber) -> Result<(), Error> {
    let known = of_till(backend, till).await?;
    let now = backend.clock.now();
    let verdict = tokio::task::spawn_blocking(move || judge(&known.activity, now));
    let verdict = verdict
        .await
        .map_err(|error| Error::corrupt("activity", error))?;
    let (level, reasons) = (level_code(verdict.level), reason_codes(&verdict));
    let row = (verdict.points, level, &*reasons);
    sql::signs::write(&backend.db, till, row, now).await
}

/// Judges some of the tills that have waited for an hour. Returns how many.
///
/// # Errors
/// The errors of [`judge_till`].
pub async fn judge_some(backend: &Backend) -> Result<usize, Error> {
    let now = backend.clock.now();
    let since = (now.plus_days(-FADE_DAYS), now.plus_seconds(-JUDGED_SECONDS));
    let tills = sql::signs::unjudged(&backend.db, since, JUDGED_AT_ONCE).await?;
    for &(tenant_id, till_id) in &tills {
        judge_till(backend, TillNumber { tenant_id, till_id }).await?;
    }
    Ok(tills.len())
}

/// Returns the tills of all stores that are worth a look, the worst first, behind `after`: the
/// points and the number of the last one before. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn signs(
    backend: &Backend,
    after: Option<(i64, TillNumber)>,
    limit: i64,
) -> Result<Vec<Sign>, Error> {
    let first = TillNumber {
        tenant_id: 0,
        till_id: 0,
    };
    let after = after.unwrap_or((i64::MAX, first));
    let rows = sql::signs::to_look_at(&backend.db, after, limit).await?;
    let sign = |row: sql::signs::SignRow| Sign {
        till: TillNumber {
            tenant_id: row.tenant_id,
            till_id: row.cashier_node_id,
        },
        store: row.store,
        branch: row.branch,
        name: row.till,
        judged: judged(row.points, &row.level, &row.reasons),
        at: Timestamp::from_micros(row.judged_at),
    };
    Ok(rows.into_iter().map(sign).collect())
}

/// Returns the tills of a store that are worth a look. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn signs_of_store(
    backend: &Backend,
    tenant_id: i64,
) -> Result<Vec<(i64, Judged)>, Error> {
    let rows = sql::signs::of_store(&backend.db, tenant_id).await?;
    let sign = |(till_id, points, level, reasons): (i64, i64, String, String)| {
        (till_id, judged(points, &level, &reasons))
    };
    Ok(rows.into_iter().map(sign).collect())
}

fn judged(points: i64, level: &str, reasons: &str) -> Judged {
    Judged {
        level: match level {
            "shared" => Level::LooksShared,
            "look" => Level::WorthALook,
            _ => Level::Nothing,
        },
        points,
        reasons: reasons.split(' ').filter_map(Reason::parse).collect(),
    }
}

const fn level_code(level: Level) -> &'static str {
    match level {
        Level::Nothing => "nothing",
        Level::WorthALook => "look",
        Level::LooksShared => "shared",
    }
}

fn reason_codes(verdict: &Verdict) -> String {
    let reasons = verdict.findings.iter();
    let codes: Vec<&str> = reasons
        .map(|weighed| weighed.finding.reason.code())
        .collect();
    codes.join(" ")
}
