//! The statements of the second step of the sign-in.

use domain::Timestamp;

use crate::Error;
use crate::accounts::principal::Principal;
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

const ADMIN_SECOND_STEP: &str = r"
    SELECT
        secret_sealed,
        created_at,
        confirmed_at
    FROM admin_second_steps
    WHERE admin_id = $1
";

pub(in crate::accounts) async fn second_step(
    db: &Db,
    principal: Principal,
) -> Result<Option<SecondStepRow>, Error> {
    match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            db.reads().fetch_optional(SECOND_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            db.reads().fetch_optional(ADMIN_SECOND_STEP, params).await
        }
    }
}

const HAS_SECOND_STEP: &str = r"
    SELECT COUNT(*)
    FROM second_steps
    WHERE tenant_id = $1
        AND user_id = $2
        AND confirmed_at IS NOT NULL
";

const ADMIN_HAS_SECOND_STEP: &str = r"
    SELECT COUNT(*)
    FROM admin_second_steps
    WHERE admin_id = $1
        AND confirmed_at IS NOT NULL
";

/// Returns whether the sign-in of a person asks for a code.
pub(in crate::accounts) async fn has_second_step(
    tx: &mut Tx,
    principal: Principal,
) -> Result<bool, Error> {
    let (count,): (i64,) = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.fetch_one(HAS_SECOND_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.fetch_one(ADMIN_HAS_SECOND_STEP, params).await
        }
    }?;
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

const ADMIN_BEGIN_SECOND_STEP: &str = r"
    INSERT INTO admin_second_steps (
        admin_id,
        secret_sealed,
        created_at
    )
    VALUES ($1, $2, $3)
    ON CONFLICT (admin_id) DO UPDATE SET
        secret_sealed = $2,
        created_at = $3
    WHERE admin_second_steps.confirmed_at IS NULL
";

/// Stores a new secret. Returns `false` if one is in force.
pub(in crate::accounts) async fn begin_second_step(
    tx: &mut Tx,
    principal: Principal,
    secret_sealed: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, secret_sealed, now.micros());
            tx.execute(BEGIN_SECOND_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, secret_sealed, now.micros());
            tx.execute(ADMIN_BEGIN_SECOND_STEP, params).await
        }
    }?;
    changed.one_or_none()
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

const ADMIN_CONFIRM_SECOND_STEP: &str = r"
    UPDATE admin_second_steps
    SET confirmed_at = $4,
        last_step = $3
    WHERE admin_id = $1
        AND secret_sealed = $2
        AND confirmed_at IS NULL
";

/// Puts a secret in force with its first code. Returns `false` if it does not wait for one.
pub(in crate::accounts) async fn confirm_second_step(
    tx: &mut Tx,
    principal: Principal,
    secret_sealed: &str,
    step: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, secret_sealed, step, now.micros());
            tx.execute(CONFIRM_SECOND_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, secret_sealed, step, now.micros());
            tx.execute(ADMIN_CONFIRM_SECOND_STEP, params).await
        }
    }?;
    changed.one_or_none()
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

const ADMIN_USE_STEP: &str = r"
    UPDATE admin_second_steps
    SET last_step = $3
    WHERE admin_id = $1
        AND secret_sealed = $2
        AND confirmed_at IS NOT NULL
        AND last_step < $3
";

/// Uses the code of a time step up. Returns `false` if it or a later one was used before.
pub(in crate::accounts) async fn use_step(
    tx: &mut Tx,
    principal: Principal,
    secret_sealed: &str,
    step: i64,
) -> Result<bool, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, secret_sealed, step);
            tx.execute(USE_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, secret_sealed, step);
            tx.execute(ADMIN_USE_STEP, params).await
        }
    }?;
    changed.one_or_none()
}

const DELETE_SECOND_STEP: &str = r"
    DELETE FROM second_steps
    WHERE tenant_id = $1
        AND user_id = $2
";

const ADMIN_DELETE_SECOND_STEP: &str = r"
    DELETE FROM admin_second_steps
    WHERE admin_id = $1
";

/// Deletes the secret of a person. Returns `false` if there is none.
pub(in crate::accounts) async fn delete_second_step(
    tx: &mut Tx,
    principal: Principal,
) -> Result<bool, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.execute(DELETE_SECOND_STEP, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.execute(ADMIN_DELETE_SECOND_STEP, params).await
        }
    }?;
    changed.one_or_none()
}
