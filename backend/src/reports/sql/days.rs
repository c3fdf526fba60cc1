//! The statements that read the sums of whole days.

use domain::Timestamp;

use super::{Scope, SumsRow};
use crate::Error;
use crate::db::Tx;

const UNTIL: &str = r"
    SELECT until_midnight
    FROM days_summed
    WHERE tenant_id = $1
";

/// Returns the midnight until which the store is summed up; `None` if it never was.
pub(in crate::reports) async fn summed_until(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<Timestamp>, Error> {
    let found = tx.fetch_optional(UNTIL, (tenant_id,)).await?;
    Ok(found.map(|(micros,)| Timestamp::from_micros(micros)))
}

/// The sums of the days of a span by a key, of one branch if `$4` is not 0.
macro_rules! of_days {
    ($key:literal, $columns:expr) => {
        concat!(
            "
    SELECT
        ",
            $key,
            " AS key,",
            $columns,
            "
    FROM day_sums
    WHERE tenant_id = $1
        AND midnight >= $2
        AND midnight < $3
        AND ($4 = 0 OR cashier_node_id IN (
            SELECT id
            FROM cashier_nodes
            WHERE tenant_id = $1
                AND branch_id = $4
        ))
    GROUP BY 1
"
        )
    };
}

macro_rules! all_sums {
    () => {
        "
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(sold_to_clients_dirams) AS BIGINT) AS sold_to_clients,
        CAST(SUM(accrued_dirams) AS BIGINT) AS accrued,
        CAST(SUM(redeemed_dirams) AS BIGINT) AS redeemed,
        CAST(SUM(receipts) AS BIGINT) AS receipts,
        CAST(SUM(sold_to_others_dirams) AS BIGINT) AS sold_to_others,
        CAST(SUM(returns) AS BIGINT) AS returns,
        CAST(SUM(returned_dirams) AS BIGINT) AS returned,
        CAST(SUM(redemptions) AS BIGINT) AS redemptions,
        CAST(SUM(redeemed_alone_dirams) AS BIGINT) AS redeemed_alone"
    };
}

/// The sums with a till or a day.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct KeyRow {
    pub(in crate::reports) key: i64,
    #[sqlx(flatten)]
    pub(in crate::reports) sums: SumsRow,
}

const TILLS_OF_DAYS: &str = of_days!("cashier_node_id", all_sums!());
const DAYS: &str = of_days!("midnight", all_sums!());

type Span = (Timestamp, Timestamp);

const fn params(scope: Scope, (from, until): Span) -> (i64, i64, i64, i64) {
    let branch = match scope.branch_id {
        Some(id) => id,
        None => 0,
    };
    (scope.tenant_id, from.micros(), until.micros(), branch)
}

/// Returns the sums of each till in the days of a span.
pub(in crate::reports) async fn tills_of_days(
    tx: &mut Tx,
    scope: Scope,
    span: Span,
) -> Result<Vec<KeyRow>, Error> {
    tx.fetch_all(TILLS_OF_DAYS, params(scope, span)).await
}

/// Returns the sums of each day of a span, with its midnight.
pub(in crate::reports) async fn days(
    tx: &mut Tx,
    scope: Scope,
    span: Span,
) -> Result<Vec<KeyRow>, Error> {
    tx.fetch_all(DAYS, params(scope, span)).await
}

/// The purchases of each hour of a day.
pub(in crate::reports) struct HoursRow {
    pub(in crate::reports) midnight: i64,
    pub(in crate::reports) checks: [i64; 24],
}

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for HoursRow
where
    usize: sqlx::ColumnIndex<R>,
    i64: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let mut checks = [0; 24];
        for (column, hour) in (1..).zip(&mut checks) {
            *hour = row.try_get(column)?;
        }
        let midnight = row.try_get(0)?;
        Ok(Self { midnight, checks })
    }
}

const HOURS_OF_DAYS: &str = of_days!(
    "midnight",
    "
        CAST(SUM(checks_00) AS BIGINT),
        CAST(SUM(checks_01) AS BIGINT),
        CAST(SUM(checks_02) AS BIGINT),
        CAST(SUM(checks_03) AS BIGINT),
        CAST(SUM(checks_04) AS BIGINT),
        CAST(SUM(checks_05) AS BIGINT),
        CAST(SUM(checks_06) AS BIGINT),
        CAST(SUM(checks_07) AS BIGINT),
        CAST(SUM(checks_08) AS BIGINT),
        CAST(SUM(checks_09) AS BIGINT),
        CAST(SUM(checks_10) AS BIGINT),
        CAST(SUM(checks_11) AS BIGINT),
        CAST(SUM(checks_12) AS BIGINT),
        CAST(SUM(checks_13) AS BIGINT),
        CAST(SUM(checks_14) AS BIGINT),
        CAST(SUM(checks_15) AS BIGINT),
        CAST(SUM(checks_16) AS BIGINT),
        CAST(SUM(checks_17) AS BIGINT),
        CAST(SUM(checks_18) AS BIGINT),
        CAST(SUM(checks_19) AS BIGINT),
        CAST(SUM(checks_20) AS BIGINT),
        CAST(SUM(checks_21) AS BIGINT),
        CAST(SUM(checks_22) AS BIGINT),
        CAST(SUM(checks_23) AS BIGINT)"
);

/// Returns the purchases by hour of each day of a span.
pub(in crate::reports) async fn hours_of_days(
    tx: &mut Tx,
    scope: Scope,
    span: Span,
) -> Result<Vec<HoursRow>, Error> {
    tx.fetch_all(HOURS_OF_DAYS, params(scope, span)).await
}
