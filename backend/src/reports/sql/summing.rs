//! The statements that make the sums of whole days, and compare them with the documents.

use domain::Timestamp;

use super::sums::{in_span, sums_of_documents};
use crate::Error;
use crate::db::Tx;

/// The microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

type Span = (Timestamp, Timestamp);

const BEGIN: &str = r"
    INSERT INTO days_summed (
        tenant_id,
        until_midnight
    )
    VALUES ($1, $2)
    ON CONFLICT (tenant_id) DO NOTHING
";

const LOCK: &str = r"
    UPDATE days_summed
    SET until_midnight = until_midnight
    WHERE tenant_id = $1
    RETURNING until_midnight
";

/// Locks how far the store is summed up, which is `first` if it never was. Returns it.
pub(in crate::reports) async fn lock_summed_until(
    tx: &mut Tx,
    tenant_id: i64,
    first: Timestamp,
) -> Result<Timestamp, Error> {
    let params = (tenant_id, first.micros());
    tx.execute(BEGIN, params).await?.one_or_none()?;
    let (micros,) = tx.fetch_one(LOCK, (tenant_id,)).await?;
    Ok(Timestamp::from_micros(micros))
}

const FIRST_DOCUMENT: &str = r"
    SELECT MIN(first_at)
    FROM (
        SELECT MIN(happened_at) AS first_at
        FROM sales
        WHERE tenant_id = $1
        UNION ALL
        SELECT MIN(happened_at)
        FROM receipts
        WHERE tenant_id = $1
        UNION ALL
        SELECT MIN(happened_at)
        FROM returns
        WHERE tenant_id = $1
    ) AS firsts
";

/// Returns the moment of the store's first document.
pub(in crate::reports) async fn first_document(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<Timestamp>, Error> {
    let (micros,): (Option<i64>,) = tx.fetch_one(FIRST_DOCUMENT, (tenant_id,)).await?;
    Ok(micros.map(Timestamp::from_micros))
}

const FORGET: &str = r"
    DELETE FROM day_sums
    WHERE tenant_id = $1
        AND midnight >= $2
";

/// The sums of whole days from `$2` on, from the sums of their hours: `$4` is an hour.
macro_rules! by_till_and_day {
    () => {
        concat!(
            "
    SELECT
        $1 AS tenant_id,
        $2 + slot / 24 * 86400000000 AS midnight,
        till_id,
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(sold_to_clients) AS BIGINT) AS sold_to_clients_dirams,
        CAST(SUM(accrued) AS BIGINT) AS accrued_dirams,
        CAST(SUM(redeemed) AS BIGINT) AS redeemed_dirams,
        CAST(SUM(receipts) AS BIGINT) AS receipts,
        CAST(SUM(sold_to_others) AS BIGINT) AS sold_to_others_dirams,
        CAST(SUM(returns) AS BIGINT) AS returns,
        CAST(SUM(returned) AS BIGINT) AS returned_dirams,
        CAST(SUM(redemptions) AS BIGINT) AS redemptions,
        CAST(SUM(redeemed_alone) AS BIGINT) AS redeemed_alone_dirams,
        CAST(SUM(CASE WHEN slot % 24 = 0 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_00,
        CAST(SUM(CASE WHEN slot % 24 = 1 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_01,
        CAST(SUM(CASE WHEN slot % 24 = 2 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_02,
        CAST(SUM(CASE WHEN slot % 24 = 3 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_03,
        CAST(SUM(CASE WHEN slot % 24 = 4 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_04,
        CAST(SUM(CASE WHEN slot % 24 = 5 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_05,
        CAST(SUM(CASE WHEN slot % 24 = 6 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_06,
        CAST(SUM(CASE WHEN slot % 24 = 7 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_07,
        CAST(SUM(CASE WHEN slot % 24 = 8 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_08,
        CAST(SUM(CASE WHEN slot % 24 = 9 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_09,
        CAST(SUM(CASE WHEN slot % 24 = 10 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_10,
        CAST(SUM(CASE WHEN slot % 24 = 11 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_11,
        CAST(SUM(CASE WHEN slot % 24 = 12 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_12,
        CAST(SUM(CASE WHEN slot % 24 = 13 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_13,
        CAST(SUM(CASE WHEN slot % 24 = 14 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_14,
        CAST(SUM(CASE WHEN slot % 24 = 15 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_15,
        CAST(SUM(CASE WHEN slot % 24 = 16 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_16,
        CAST(SUM(CASE WHEN slot % 24 = 17 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_17,
        CAST(SUM(CASE WHEN slot % 24 = 18 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_18,
        CAST(SUM(CASE WHEN slot % 24 = 19 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_19,
        CAST(SUM(CASE WHEN slot % 24 = 20 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_20,
        CAST(SUM(CASE WHEN slot % 24 = 21 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_21,
        CAST(SUM(CASE WHEN slot % 24 = 22 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_22,
        CAST(SUM(CASE WHEN slot % 24 = 23 THEN sales + receipts ELSE 0 END) AS BIGINT) AS checks_23
    FROM (",
            sums_of_documents!(),
            "
    ) AS hourly
    GROUP BY 2, 3"
        )
    };
}

/// The columns of the sums, in the order of `by_till_and_day`.
macro_rules! day_sum_columns {
    () => {
        "
        tenant_id,
        midnight,
        cashier_node_id,
        sales,
        sold_to_clients_dirams,
        accrued_dirams,
        redeemed_dirams,
        receipts,
        sold_to_others_dirams,
        returns,
        returned_dirams,
        redemptions,
        redeemed_alone_dirams,
        checks_00,
        checks_01,
        checks_02,
        checks_03,
        checks_04,
        checks_05,
        checks_06,
        checks_07,
        checks_08,
        checks_09,
        checks_10,
        checks_11,
        checks_12,
        checks_13,
        checks_14,
        checks_15,
        checks_16,
        checks_17,
        checks_18,
        checks_19,
        checks_20,
        checks_21,
        checks_22,
        checks_23"
    };
}

const ADD: &str = concat!(
    "
    INSERT INTO day_sums (",
    day_sum_columns!(),
    "
    )",
    by_till_and_day!(),
    "
"
);

const SET_UNTIL: &str = r"
    UPDATE days_summed
    SET until_midnight = $2
    WHERE tenant_id = $1
";

/// Sums up the days of a span, and forgets the sums of all later days.
pub(in crate::reports) async fn sum_up(
    tx: &mut Tx,
    tenant_id: i64,
    (from, until): Span,
) -> Result<(), Error> {
    tx.execute(FORGET, (tenant_id, from.micros())).await?.any();
    if from < until {
        let params = (tenant_id, from.micros(), until.micros(), HOUR, 0);
        tx.execute(ADD, params).await?.any();
    }
    let set = tx.execute(SET_UNTIL, (tenant_id, until.micros())).await?;
    set.exactly(1)
}

macro_rules! stored_days {
    () => {
        concat!(
            "
    SELECT",
            day_sum_columns!(),
            "
    FROM day_sums
    WHERE tenant_id = $1
        AND midnight >= $2
        AND midnight < $3"
        )
    };
}

const DIFFERENT: &str = concat!(
    "
    SELECT COUNT(*)
    FROM (
        SELECT *
        FROM (",
    stored_days!(),
    "
    EXCEPT",
    by_till_and_day!(),
    "
        ) AS stored
        UNION ALL
        SELECT *
        FROM (",
    by_till_and_day!(),
    "
    EXCEPT",
    stored_days!(),
    "
        ) AS missing
    ) AS different
"
);

/// Counts the sums of days of a span that are not what the documents say.
pub(in crate::reports) async fn different(
    tx: &mut Tx,
    tenant_id: i64,
    (from, until): Span,
) -> Result<i64, Error> {
    let params = (tenant_id, from.micros(), until.micros(), HOUR, 0);
    let (different,) = tx.fetch_one(DIFFERENT, params).await?;
    Ok(different)
}
