//! The statements of recovery codes.

use domain::Timestamp;

use crate::Error;
use crate::accounts::principal::Principal;
use crate::db::{Db, Tx};

const INSERT_RECOVERY_CODE: &str = r"
    INSERT INTO recovery_codes (
        tenant_id,
        user_id,
        code_hash
    )
    VALUES ($1, $2, $3)
";

const ADMIN_INSERT_RECOVERY_CODE: &str = r"
    INSERT INTO admin_recovery_codes (
        admin_id,
        code_hash
    )
    VALUES ($1, $2)
";

pub(in crate::accounts) async fn insert_recovery_code(
    tx: &mut Tx,
    principal: Principal,
    code_hash: &str,
) -> Result<(), Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, code_hash);
            tx.execute(INSERT_RECOVERY_CODE, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, code_hash);
            tx.execute(ADMIN_INSERT_RECOVERY_CODE, params).await
        }
    }?;
    changed.exactly(1)
}

const USE_RECOVERY_CODE: &str = r"
    UPDATE recovery_codes
    SET used_at = $4
    WHERE tenant_id = $1
        AND user_id = $2
        AND code_hash = $3
        AND used_at IS NULL
";

const ADMIN_USE_RECOVERY_CODE: &str = r"
    UPDATE admin_recovery_codes
    SET used_at = $3
    WHERE admin_id = $1
        AND code_hash = $2
        AND used_at IS NULL
";

/// Uses a recovery code up. Returns `false` if there is no such code, or it was used before.
pub(in crate::accounts) async fn use_recovery_code(
    tx: &mut Tx,
    principal: Principal,
    code_hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, code_hash, now.micros());
            tx.execute(USE_RECOVERY_CODE, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, code_hash, now.micros());
            tx.execute(ADMIN_USE_RECOVERY_CODE, params).await
        }
    }?;
    changed.one_or_none()
}

const RECOVERY_CODES_LEFT: &str = r"
    SELECT COUNT(*)
    FROM recovery_codes
    WHERE tenant_id = $1
        AND user_id = $2
        AND used_at IS NULL
";

const ADMIN_RECOVERY_CODES_LEFT: &str = r"
    SELECT COUNT(*)
    FROM admin_recovery_codes
    WHERE admin_id = $1
        AND used_at IS NULL
";

pub(in crate::accounts) async fn recovery_codes_left(
    db: &Db,
    principal: Principal,
) -> Result<i64, Error> {
    let (left,) = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            db.reads().fetch_one(RECOVERY_CODES_LEFT, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            db.reads()
                .fetch_one(ADMIN_RECOVERY_CODES_LEFT, params)
                .await
        }
    }?;
    Ok(left)
}

pub(in crate::accounts) async fn recovery_codes_left_in(
    tx: &mut Tx,
    principal: Principal,
) -> Result<i64, Error> {
    let (left,) = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.fetch_one(RECOVERY_CODES_LEFT, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.fetch_one(ADMIN_RECOVERY_CODES_LEFT, params).await
        }
    }?;
    Ok(left)
}

const DELETE_RECOVERY_CODES: &str = r"
    DELETE FROM recovery_codes
    WHERE tenant_id = $1
        AND user_id = $2
";

const ADMIN_DELETE_RECOVERY_CODES: &str = r"
    DELETE FROM admin_recovery_codes
    WHERE admin_id = $1
";

pub(in crate::accounts) async fn delete_recovery_codes(
    tx: &mut Tx,
    principal: Principal,
) -> Result<(), Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.execute(DELETE_RECOVERY_CODES, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.execute(ADMIN_DELETE_RECOVERY_CODES, params).await
        }
    }?;
    changed.any();
    Ok(())
}
