//! The statements that follow clients from purchase to purchase.
//!
//! They look at each client of the store once, and find the client's sales by an index. It is in
//! the order in which sales were recorded, at most 72 hours after they happened (contract,
//! "Dates"). The plus before `happened_at` keeps SQLite from reading the sales of all clients by
//! their moment.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Dialect, Numbers};

const REPEAT: &str = r"
    SELECT
        CAST(COALESCE(SUM(CASE WHEN purchases > 1 THEN 1 ELSE 0 END), 0) AS BIGINT),
        COUNT(*)
    FROM (
        SELECT (
            SELECT COUNT(*)
            FROM (
                SELECT 1
                FROM sales
                WHERE tenant_id = $1
                    AND client_id = clients.id
                    AND kind = 'sale'
                    AND voided_by IS NULL
                    AND created_at >= $2
                    AND created_at < $3 + 259200000000
                    AND +happened_at >= $2
                    AND +happened_at < $3
                LIMIT 2
            ) AS first_two
        ) AS purchases
        FROM clients
        WHERE tenant_id = $1
    ) AS counted
    WHERE purchases > 0
";

/// Returns how many clients bought more than once in a span, and how many bought at all.
pub(in crate::reports) async fn repeat(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<(i64, i64), Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_one(REPEAT, params).await
}

/// The clients who first bought in one month: how many bought in each of the five months after
/// the first of all.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct CohortRow {
    pub(in crate::reports) cohort: i64,
    pub(in crate::reports) clients: i64,
    pub(in crate::reports) bought_1: i64,
    pub(in crate::reports) bought_2: i64,
    pub(in crate::reports) bought_3: i64,
    pub(in crate::reports) bought_4: i64,
    pub(in crate::reports) bought_5: i64,
}

/// Counts the clients who first bought before a month and bought in it.
macro_rules! bought {
    ($begins:literal, $ends:literal) => {
        concat!(
            "CAST(SUM(CASE WHEN first_at < ",
            $begins,
            " AND EXISTS (
            SELECT 1
            FROM sales
            WHERE tenant_id = $1
                AND client_id = firsts.client_id
                AND kind = 'sale'
                AND voided_by IS NULL
                AND created_at >= ",
            $begins,
            "
                AND created_at < ",
            $ends,
            " + 259200000000
                AND +happened_at >= ",
            $begins,
            "
                AND +happened_at < ",
            $ends,
            "
        ) THEN 1 ELSE 0 END) AS BIGINT)"
        )
    };
}

const COHORTS: &str = concat!(
    "
    WITH firsts AS MATERIALIZED (
        SELECT
            id AS client_id,
            (
                SELECT MIN(happened_at)
                FROM sales
                WHERE tenant_id = $1
                    AND client_id = clients.id
                    AND kind = 'sale'
                    AND voided_by IS NULL
                    AND created_at <= 259200000000 + (
                        SELECT created_at
                        FROM sales
                        WHERE tenant_id = $1
                            AND client_id = clients.id
                            AND kind = 'sale'
                            AND voided_by IS NULL
                        ORDER BY created_at
                        LIMIT 1
                    )
            ) AS first_at
        FROM clients
        WHERE tenant_id = $1
    )
    SELECT
        CAST(
            CASE
                WHEN first_at < $3 THEN 0
                WHEN first_at < $4 THEN 1
                WHEN first_at < $5 THEN 2
                WHEN first_at < $6 THEN 3
                ELSE 4
            END AS BIGINT
        ) AS cohort,
        COUNT(*) AS clients,
        ",
    bought!("$3", "$4"),
    " AS bought_1,
        ",
    bought!("$4", "$5"),
    " AS bought_2,
        ",
    bought!("$5", "$6"),
    " AS bought_3,
        ",
    bought!("$6", "$7"),
    " AS bought_4,
        ",
    bought!("$7", "$8"),
    " AS bought_5
    FROM firsts
    WHERE first_at >= $2
        AND first_at < $7
    GROUP BY 1
    ORDER BY 1
"
);

/// Returns the clients who first bought in the first five of six months, by that month, which the
/// seven edges begin and end.
pub(in crate::reports) async fn cohorts(
    db: &Db,
    tenant_id: i64,
    edges: [Timestamp; 7],
) -> Result<Vec<CohortRow>, Error> {
    let [first, second, third, fourth, fifth, sixth, end] = edges.map(Timestamp::micros);
    let params = (tenant_id, first, second, third, fourth, fifth, sixth, end);
    db.reads().fetch_all(COHORTS, params).await
}

/// How many clients were in one tier and are in another.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct MoveRow {
    /// The number of thresholds reached at the beginning; -1 for a client who was not registered.
    pub(in crate::reports) was: i64,
    /// The number of thresholds reached at the end.
    pub(in crate::reports) is_now: i64,
    pub(in crate::reports) clients: i64,
}

/// Makes the statement; `$source` reads the thresholds. A client's spending at a moment is what is
/// stored less what happened since.
macro_rules! moves {
    ($source:literal) => {
        concat!(
            "
    WITH spending AS MATERIALIZED (
        SELECT
            clients.created_at AS joined_at,
            total_spent_dirams - (
                SELECT COALESCE(SUM(paid_dirams), 0)
                FROM sales
                WHERE tenant_id = $1
                    AND client_id = clients.id
                    AND kind = 'sale'
                    AND voided_by IS NULL
                    AND created_at >= $2
                    AND +happened_at >= $2
            ) + COALESCE(back.since_begin, 0) AS at_begin,
            total_spent_dirams - (
                SELECT COALESCE(SUM(paid_dirams), 0)
                FROM sales
                WHERE tenant_id = $1
                    AND client_id = clients.id
                    AND kind = 'sale'
                    AND voided_by IS NULL
                    AND created_at >= $3
                    AND +happened_at >= $3
            ) + COALESCE(back.since_end, 0) AS at_end
        FROM clients
        LEFT JOIN (
            SELECT
                client_id,
                SUM(spent_back_dirams) AS since_begin,
                SUM(CASE WHEN happened_at >= $3 THEN spent_back_dirams ELSE 0 END) AS since_end
            FROM returns
            WHERE tenant_id = $1
                AND happened_at >= $2
                AND is_void = 0
            GROUP BY client_id
        ) AS back
            ON back.client_id = clients.id
        WHERE clients.tenant_id = $1
            AND clients.created_at < $3
    )
    SELECT
        CASE
            WHEN joined_at >= $2 THEN -1
            ELSE (
                SELECT COUNT(*)
                FROM ",
            $source,
            "
                WHERE value <= CASE WHEN at_begin < 0 THEN 0 ELSE at_begin END
            )
        END AS was,
        (
            SELECT COUNT(*)
            FROM ",
            $source,
            "
            WHERE value <= CASE WHEN at_end < 0 THEN 0 ELSE at_end END
        ) AS is_now,
        COUNT(*) AS clients
    FROM spending
    GROUP BY 1, 2
    ORDER BY 1, 2
"
        )
    };
}

const MOVES_SQLITE: &str = moves!("json_each($4)");
const MOVES_POSTGRES: &str = moves!("unnest($4) AS thresholds (value)");

/// Returns how many clients reached how many of the thresholds, at both ends of a span.
pub(in crate::reports) async fn tier_moves(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    thresholds: &[i64],
) -> Result<Vec<MoveRow>, Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => MOVES_SQLITE,
        Dialect::Postgres => MOVES_POSTGRES,
    };
    let params = (
        tenant_id,
        from.micros(),
        until.micros(),
        Numbers(thresholds),
    );
    db.reads().fetch_all(statement, params).await
}
