//! The statements of the daily jobs.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

const CLAIM: &str = r"
    INSERT INTO due_jobs (
        job,
        due_at,
        leased_until
    )
    VALUES ($1, $2, $3)
    ON CONFLICT (job, due_at) DO UPDATE SET
        leased_until = excluded.leased_until
    WHERE due_jobs.finished_at IS NULL
        AND due_jobs.leased_until <= $4
    RETURNING job
";

/// Takes a job until `until`. Returns `false` if another server has it.
pub(in crate::jobs) async fn take(
    db: &Db,
    job: &str,
    due_at: Timestamp,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Error> {
    let params = (job, due_at.micros(), until.micros(), now.micros());
    let taken: Option<(String,)> = db.writes().fetch_optional(CLAIM, params).await?;
    Ok(taken.is_some())
}

const RENEW: &str = r"
    UPDATE due_jobs
    SET leased_until = $3
    WHERE job = $1
        AND due_at = $2
        AND finished_at IS NULL
";

/// Keeps a job until `until`.
pub(in crate::jobs) async fn renew(
    db: &Db,
    job: &str,
    due_at: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    let params = (job, due_at.micros(), until.micros());
    db.writes().execute(RENEW, params).await?.any();
    Ok(())
}

const FINISH: &str = r"
    UPDATE due_jobs
    SET finished_at = $3
    WHERE job = $1
        AND due_at = $2
";

/// Notes that a job has run.
pub(in crate::jobs) async fn finish(
    db: &Db,
    job: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (job, due_at.micros(), now.micros());
    db.writes().execute(FINISH, params).await?.exactly(1)
}

const FORGET: &str = r"
    DELETE FROM due_jobs
    WHERE job = $1
        AND due_at < $2
";

/// Deletes what is known of a job before `oldest`.
pub(in crate::jobs) async fn forget(db: &Db, job: &str, oldest: Timestamp) -> Result<(), Error> {
    db.writes()
        .execute(FORGET, (job, oldest.micros()))
        .await?
        .any();
    Ok(())
}
