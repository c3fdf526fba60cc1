//! The statements of the second step of the sign-in. A person is a store's and a person's number.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct SecondStepRow {
    pub(in crate::accounts) secret_sealed: String,
    pub(in crate::accounts) created_at: i64,
    pub(in crate::accounts) confirmed_at: Option<i64>,
}

const SECOND_STEP: &str = r"
    SELECT
        secret_sealed,
        created_at,
        confirmed_at
    FROM second_steps
    WHERE tenant_id = $1
        AND user_id = $2
";

pub(in crate::accounts) async fn second_step(
    db: &Db,
    person: (i64, i64),
) -> Result<Option<SecondStepRow>, Error> {
    db.reads().fetch_optional(SECOND_STEP, person).await
}

const HAS_SECOND_STEP: &str = r"
    SELECT COUNT(*)
    FROM second_steps
    WHERE tenant_id = $1
        AND user_id = $2
        AND confirmed_at IS NOT NULL
";

/// Returns whether the sign-in of a person asks for a code.
pub(in crate::accounts) async fn has_second_step(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
) -> Result<bool, Error> {
    let (count,): (i64,) = tx.fetch_one(HAS_SECOND_STEP, (tenant_id, user_id)).await?;
    Ok(count > 0)
}

// A secret that waits for its first code is replaced; one in force is not.
const BEGIN_SECOND_STEP: &str = r"
    INSERT INTO second_steps (
        tenant_id,
        user_id,
        secret_sealed,
        created_at
    )
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET
        secret_sealed = $3,
        created_at = $4
    WHERE second_steps.confirmed_at IS NULL
";

/// Stores a new secret. Returns `false` if one is in force.
pub(in crate::accounts) async fn begin_second_step(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    secret_sealed: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, user_id, secret_sealed, now.micros());
    tx.execute(BEGIN_SECOND_STEP, params).await?.one_or_none()
}

const CONFIRM_SECOND_STEP: &str = r"
    UPDATE second_steps
    SET confirmed_at = $5,
        last_step = $4
    WHERE tenant_id = $1
        AND user_id = $2
        AND secret_sealed = $3
        AND confirmed_at IS NULL
";

/// Puts a secret in force with its first code. Returns `false` if it does not wait for one.
pub(in crate::accounts) async fn confirm_second_step(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    secret_sealed: &str,
    step: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, user_id, secret_sealed, step, now.micros());
    tx.execute(CONFIRM_SECOND_STEP, params).await?.one_or_none()
}

const USE_STEP: &str = r"
    UPDATE second_steps
    SET last_step = $4
    WHERE tenant_id = $1
        AND user_id = $2
        AND secret_sealed = $3
        AND confirmed_at IS NOT NULL
        AND last_step < $4
";

/// Uses the code of a time step up. Returns `false` if it or a later one was used before.
pub(in crate::accounts) async fn use_step(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    secret_sealed: &str,
    step: i64,
) -> Result<bool, Error> {
    let params = (tenant_id, user_id, secret_sealed, step);
    tx.execute(USE_STEP, params).await?.one_or_none()
}

const DELETE_SECOND_STEP: &str = r"
    DELETE FROM second_steps
    WHERE tenant_id = $1
        AND user_id = $2
";

/// Deletes the secret of a person. Returns `false` if there is none.
pub(in crate::accounts) async fn delete_second_step(
    tx: &mut Tx,
    person: (i64, i64),
) -> Result<bool, Error> {
    tx.execute(DELETE_SECOND_STEP, person).await?.one_or_none()
}

const INSERT_RECOVERY_CODE: &str = r"
    INSERT INTO recovery_codes (
        tenant_id,
        user_id,
        code_hash
    )
    VALUES ($1, $2, $3)
";

pub(in crate::accounts) async fn insert_recovery_code(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    code_hash: &str,
) -> Result<(), Error> {
    let params = (tenant_id, user_id, code_hash);
    tx.execute(INSERT_RECOVERY_CODE, params).await?.exactly(1)
}

const USE_RECOVERY_CODE: &str = r"
    UPDATE recovery_codes
    SET used_at = $4
    WHERE tenant_id = $1
        AND user_id = $2
        AND code_hash = $3
        AND used_at IS NULL
";

/// Uses a recovery code up. Returns `false` if there is no such code, or it was used before.
pub(in crate::accounts) async fn use_recovery_code(
    tx: &mut Tx,
    (tenant_id, user_id): (i64, i64),
    code_hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, user_id, code_hash, now.micros());
    tx.execute(USE_RECOVERY_CODE, params).await?.one_or_none()
}

const RECOVERY_CODES_LEFT: &str = r"
    SELECT COUNT(*)
    FROM recovery_codes
    WHERE tenant_id = $1
        AND user_id = $2
        AND used_at IS NULL
";

pub(in crate::accounts) async fn recovery_codes_left(
    db: &Db,
    person: (i64, i64),
) -> Result<i64, Error> {
    let (left,) = db.reads().fetch_one(RECOVERY_CODES_LEFT, person).await?;
    Ok(left)
}

pub(in crate::accounts) async fn recovery_codes_left_in(
    tx: &mut Tx,
    person: (i64, i64),
) -> Result<i64, Error> {
    let (left,) = tx.fetch_one(RECOVERY_CODES_LEFT, person).await?;
    Ok(left)
}

const DELETE_RECOVERY_CODES: &str = r"
    DELETE FROM recovery_codes
    WHERE tenant_id = $1
        AND user_id = $2
";

pub(in crate::accounts) async fn delete_recovery_codes(
    tx: &mut Tx,
    person: (i64, i64),
) -> Result<(), Error> {
    tx.execute(DELETE_RECOVERY_CODES, person).await?.any();
    Ok(())
}

const INSERT_PENDING: &str = r"
    INSERT INTO pending_sign_ins (
        tenant_id,
        token_hash,
        user_id,
        created_at
    )
    VALUES ($1, $2, $3, $4)
";

/// Stores that the password of a person was right and that a code is awaited.
pub(in crate::accounts) async fn insert_pending(
    tx: &mut Tx,
    tenant_id: i64,
    token_hash: &str,
    user_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, token_hash, user_id, now.micros());
    tx.execute(INSERT_PENDING, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct PendingRow {
    pub(in crate::accounts) user_id: i64,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) secret_sealed: String,
}

const PENDING: &str = r"
    SELECT
        pending_sign_ins.user_id,
        name,
        secret_sealed
    FROM pending_sign_ins
    JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = pending_sign_ins.user_id
        AND removed_at IS NULL
    JOIN second_steps
        ON second_steps.tenant_id = $1
        AND second_steps.user_id = pending_sign_ins.user_id
        AND confirmed_at IS NOT NULL
    WHERE pending_sign_ins.tenant_id = $1
        AND token_hash = $2
        AND pending_sign_ins.created_at > $3
";

/// Returns the sign-in that waits for a code, unless it began at `since` or before.
pub(in crate::accounts) async fn pending(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
    since: Timestamp,
) -> Result<Option<PendingRow>, Error> {
    let params = (tenant_id, token_hash, since.micros());
    db.reads().fetch_optional(PENDING, params).await
}

const END_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND token_hash = $2
";

/// Ends a sign-in that waits for a code. Returns `false` if another request was faster.
pub(in crate::accounts) async fn end_pending(
    tx: &mut Tx,
    tenant_id: i64,
    token_hash: &str,
) -> Result<bool, Error> {
    let params = (tenant_id, token_hash);
    tx.execute(END_PENDING, params).await?.one_or_none()
}

const END_ALL_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND user_id = $2
";

/// Ends all sign-ins of a person that wait for a code.
pub(in crate::accounts) async fn end_all_pending(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
) -> Result<(), Error> {
    tx.execute(END_ALL_PENDING, (tenant_id, user_id))
        .await?
        .any();
    Ok(())
}

const FORGET_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND created_at <= $2
";

/// Deletes the sign-ins of a store that waited too long.
pub(in crate::accounts) async fn forget_pending(
    tx: &mut Tx,
    tenant_id: i64,
    since: Timestamp,
) -> Result<(), Error> {
    tx.execute(FORGET_PENDING, (tenant_id, since.micros()))
        .await?
        .any();
    Ok(())
}
