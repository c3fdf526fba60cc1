//! The statements of the platform's health.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Dialect};

#[derive(sqlx::FromRow)]
pub(super) struct RunRow {
    pub(super) id: i64,
    pub(super) began_at: i64,
    pub(super) ended_at: Option<i64>,
    pub(super) outcome: Option<String>,
    pub(super) figures: String,
}

const RUNS: &str = r"
    SELECT
        id,
        began_at,
        ended_at,
        outcome,
        figures
    FROM job_runs
    WHERE job = $1
    ORDER BY id DESC
    LIMIT $2
";

/// Returns the last runs of a job, the newest first, at most `limit`.
pub(super) async fn runs(db: &Db, job: &str, limit: i64) -> Result<Vec<RunRow>, Error> {
    db.reads().fetch_all(RUNS, (job, limit)).await
}

const INSERT_RUN: &str = r"
    INSERT INTO job_runs (
        job,
        began_at,
        figures
    )
    VALUES ($1, $2, '{}')
    RETURNING id
";

/// Adds a run. Returns its number.
pub(super) async fn insert_run(db: &Db, job: &str, now: Timestamp) -> Result<i64, Error> {
    let params = (job, now.micros());
    let (id,) = db.writes().fetch_one(INSERT_RUN, params).await?;
    Ok(id)
}

const END_RUN: &str = r"
    UPDATE job_runs
    SET ended_at = $2,
        outcome = $3,
        figures = $4
    WHERE id = $1
";

pub(super) async fn end_run(
    db: &Db,
    run: i64,
    outcome: &str,
    figures: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (run, now.micros(), outcome, figures);
    db.writes().execute(END_RUN, params).await?.exactly(1)
}

const FORGET_RUNS: &str = r"
    DELETE FROM job_runs
    WHERE job = $1
        AND began_at < $2
";

/// Deletes the runs of a job that began before `oldest`.
pub(super) async fn forget_runs(db: &Db, job: &str, oldest: Timestamp) -> Result<(), Error> {
    let params = (job, oldest.micros());
    db.writes().execute(FORGET_RUNS, params).await?.any();
    Ok(())
}

// Counts entries of the index of messages that are due, and no more of them than asked.
const WAITING: &str = r"
    SELECT
        COUNT(*),
        MIN(due_at)
    FROM (
        SELECT due_at
        FROM outbox
        WHERE due_at IS NOT NULL
            AND due_at <= $2
        LIMIT $1
    ) AS waiting
";

/// Returns the number of messages that are due, at most `limit`, and the moment since when one of
/// them has been.
pub(super) async fn waiting(
    db: &Db,
    limit: i64,
    now: Timestamp,
) -> Result<(i64, Option<i64>), Error> {
    db.reads().fetch_one(WAITING, (limit, now.micros())).await
}

const SQLITE: &str = r"
    SELECT
        sqlite_version(),
        page_count * page_size
    FROM pragma_page_count()
    CROSS JOIN pragma_page_size()
";

const POSTGRES: &str = r"
    SELECT
        current_setting('server_version'),
        pg_database_size(current_database())
";

/// Returns the version of the engine and the size of the database in bytes.
pub(super) async fn engine(db: &Db) -> Result<(String, i64), Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    db.reads().fetch_one(statement, ()).await
}

const PUT_SIZE: &str = r"
    INSERT INTO database_sizes (
        day,
        bytes
    )
    VALUES ($1, $2)
    ON CONFLICT (day) DO UPDATE SET
        bytes = excluded.bytes
";

pub(super) async fn put_size(db: &Db, day: Timestamp, bytes: i64) -> Result<(), Error> {
    let params = (day.micros(), bytes);
    db.writes().execute(PUT_SIZE, params).await?.exactly(1)
}

const FORGET_SIZES: &str = r"
    DELETE FROM database_sizes
    WHERE day < $1
";

pub(super) async fn forget_sizes(db: &Db, oldest: Timestamp) -> Result<(), Error> {
    let params = (oldest.micros(),);
    db.writes().execute(FORGET_SIZES, params).await?.any();
    Ok(())
}

const SIZES: &str = r"
    SELECT
        day,
        bytes
    FROM database_sizes
    ORDER BY day DESC
    LIMIT 400
";

/// Returns the sizes by day, the newest first.
pub(super) async fn sizes(db: &Db) -> Result<Vec<(i64, i64)>, Error> {
    db.reads().fetch_all(SIZES, ()).await
}

const SCHEMA: &str = r"
    SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT)
    FROM _sqlx_migrations
";

/// Returns the version of the schema.
pub(super) async fn schema(db: &Db) -> Result<i64, Error> {
    let (version,) = db.reads().fetch_one(SCHEMA, ()).await?;
    Ok(version)
}
