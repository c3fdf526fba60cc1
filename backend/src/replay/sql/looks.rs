//! The statements of looks.

use domain::{Programme, Timestamp};

use crate::Error;
use crate::db::{Db, Tx};
use crate::programme::{ProgrammeRow, programme_columns};

#[derive(sqlx::FromRow)]
pub(in crate::replay) struct LookRow {
    pub(in crate::replay) id: i64,
    pub(in crate::replay) based_on: i64,
    pub(in crate::replay) clients_done: i64,
    pub(in crate::replay) clients_all: i64,
    pub(in crate::replay) ended_at: Option<i64>,
    pub(in crate::replay) result: Option<String>,
    #[sqlx(flatten)]
    pub(in crate::replay) programme: ProgrammeRow,
}

macro_rules! select_look {
    ($where:literal) => {
        concat!(
            "
    SELECT
        id,
        based_on,
        clients_done,
        clients_all,
        ended_at,
        result,",
            programme_columns!(),
            "
    FROM programme_looks
    WHERE tenant_id = $1
        AND ",
            $where
        )
    };
}

/// Returns a look.
pub(in crate::replay) async fn look(
    db: &Db,
    tenant_id: i64,
    id: i64,
) -> Result<Option<LookRow>, Error> {
    let statement = select_look!("id = $2");
    db.reads().fetch_optional(statement, (tenant_id, id)).await
}

/// Returns the look that is being computed for a store.
pub(in crate::replay) async fn running(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<LookRow>, Error> {
    let statement = select_look!("ended_at IS NULL");
    tx.fetch_optional(statement, (tenant_id,)).await
}

const INSERT: &str = concat!(
    "
    INSERT INTO programme_looks (
        tenant_id,
        user_id,
        created_at,
        alive_at,
        based_on,",
    programme_columns!(),
    "
    )
    VALUES (
        $1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
    )
    ON CONFLICT DO NOTHING
    RETURNING id
"
);

/// Adds a look. Returns `None` if the store has one that is being computed.
pub(in crate::replay) async fn insert(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    based_on: i64,
    programme: &Programme,
    tiers: &str,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        tenant_id,
        user_id,
        now.micros(),
        based_on,
        &programme.currency,
        programme.bonus_percent.get(),
        programme.max_redeem_percent.get(),
        programme.accrual_base.as_str(),
        programme.redeem_hold_seconds,
        programme.bonus_expiry_days,
        programme.bonus_expiry_reminder_days,
        programme.min_purchase.dirams(),
        programme.welcome_bonus.dirams(),
        programme.welcome_min_redeem.dirams(),
        programme.referral_bonus.dirams(),
        programme.reactivation_days,
        programme.reactivation_bonus.dirams(),
        programme.second_purchase_days,
        programme.second_purchase_bonus.dirams(),
        tiers,
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const FORGET: &str = r"
    DELETE FROM programme_looks
    WHERE tenant_id = $1
        AND ended_at < $2
";

/// Deletes the looks that have ended before a moment.
pub(in crate::replay) async fn forget(
    tx: &mut Tx,
    tenant_id: i64,
    before: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, before.micros());
    tx.execute(FORGET, params).await?.any();
    Ok(())
}

const STOP: &str = r"
    UPDATE programme_looks
    SET ended_at = $3
    WHERE tenant_id = $1
        AND id = $2
        AND ended_at IS NULL
";

/// Ends a look without a result. Returns whether it was being computed.
pub(in crate::replay) async fn stop(
    tx: &mut Tx,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, id, now.micros());
    tx.execute(STOP, params).await?.one_or_none()
}

/// The run of a look: its store, its number, and how many servers have tried.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(in crate::replay) struct Run {
    pub(in crate::replay) tenant_id: i64,
    pub(in crate::replay) id: i64,
    pub(in crate::replay) attempts: i64,
}

const PROGRESS: &str = r"
    UPDATE programme_looks
    SET clients_done = $4,
        clients_all = $5,
        alive_at = $6
    WHERE tenant_id = $1
        AND id = $2
        AND attempts = $3
        AND ended_at IS NULL
";

/// Notes the progress of a run. Returns `false` if it was stopped, or another server has taken it.
pub(in crate::replay) async fn progress(
    db: &Db,
    run: Run,
    (done, all): (i64, i64),
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (run.tenant_id, run.id, run.attempts, done, all, now.micros());
    db.writes().execute(PROGRESS, params).await?.one_or_none()
}

const FINISH: &str = r"
    UPDATE programme_looks
    SET clients_done = clients_all,
        ended_at = $4,
        result = $5
    WHERE tenant_id = $1
        AND id = $2
        AND attempts = $3
        AND ended_at IS NULL
";

/// Ends a run, with its result if there is one.
pub(in crate::replay) async fn finish(
    db: &Db,
    run: Run,
    result: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (run.tenant_id, run.id, run.attempts, now.micros(), result);
    db.writes().execute(FINISH, params).await?.any();
    Ok(())
}

// For all stores: the index has only the few looks that are being computed.
const SILENT: &str = r"
    SELECT
        tenant_id,
        id,
        attempts
    FROM programme_looks
    WHERE ended_at IS NULL
        AND alive_at < $1
";

/// Returns the runs without a sign of life since a moment, of all stores.
pub(in crate::replay) async fn silent(db: &Db, since: Timestamp) -> Result<Vec<Run>, Error> {
    db.reads().fetch_all(SILENT, (since.micros(),)).await
}

const TAKE_OVER: &str = r"
    UPDATE programme_looks
    SET attempts = attempts + 1,
        clients_done = 0,
        alive_at = $4
    WHERE tenant_id = $1
        AND id = $2
        AND attempts = $3
        AND ended_at IS NULL
";

/// Takes a run over from a server that has stopped. Returns whether this server is the first.
pub(in crate::replay) async fn take_over(db: &Db, run: Run, now: Timestamp) -> Result<bool, Error> {
    let params = (run.tenant_id, run.id, run.attempts, now.micros());
    db.writes().execute(TAKE_OVER, params).await?.one_or_none()
}
