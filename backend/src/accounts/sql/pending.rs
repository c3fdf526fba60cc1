//! The statements of sign-ins that wait for the second step.

use domain::Timestamp;

use crate::Error;
use crate::accounts::principal::{Principal, Scope};
use crate::db::{Db, Tx};

const INSERT_PENDING: &str = r"
    INSERT INTO pending_sign_ins (
        tenant_id,
        token_hash,
        user_id,
        created_at
    )
    VALUES ($1, $2, $3, $4)
";

const ADMIN_INSERT_PENDING: &str = r"
    INSERT INTO admin_pending_sign_ins (
        token_hash,
        admin_id,
        created_at
    )
    VALUES ($1, $2, $3)
";

/// Stores that the password was right and that the second step is awaited.
pub(in crate::accounts) async fn insert_pending(
    tx: &mut Tx,
    principal: Principal,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, token_hash, user_id, now.micros());
            tx.execute(INSERT_PENDING, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (token_hash, admin_id, now.micros());
            tx.execute(ADMIN_INSERT_PENDING, params).await
        }
    }?;
    changed.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct PendingRow {
    pub(in crate::accounts) id: i64,
    pub(in crate::accounts) login: String,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) secret_sealed: String,
    pub(in crate::accounts) confirmed_at: Option<i64>,
}

const PENDING: &str = r"
    SELECT
        panel_users.id,
        login,
        name,
        secret_sealed,
        confirmed_at
    FROM pending_sign_ins
    JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = pending_sign_ins.user_id
        AND removed_at IS NULL
    JOIN second_steps
        ON second_steps.tenant_id = $1
        AND second_steps.user_id = pending_sign_ins.user_id
    WHERE pending_sign_ins.tenant_id = $1
        AND token_hash = $2
        AND pending_sign_ins.created_at > $3
";

const ADMIN_PENDING: &str = r"
    SELECT
        admins.id,
        login,
        name,
        secret_sealed,
        confirmed_at
    FROM admin_pending_sign_ins
    JOIN admins
        ON admins.id = admin_pending_sign_ins.admin_id
        AND removed_at IS NULL
    JOIN admin_second_steps
        ON admin_second_steps.admin_id = admin_pending_sign_ins.admin_id
    WHERE token_hash = $1
        AND admin_pending_sign_ins.created_at > $2
";

/// Returns the sign-in that waits, unless it began at `since` or before.
pub(in crate::accounts) async fn pending(
    db: &Db,
    scope: Scope,
    token_hash: &str,
    since: Timestamp,
) -> Result<Option<PendingRow>, Error> {
    match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, token_hash, since.micros());
            db.reads().fetch_optional(PENDING, params).await
        }
        Scope::Platform => {
            let params = (token_hash, since.micros());
            db.reads().fetch_optional(ADMIN_PENDING, params).await
        }
    }
}

const END_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND token_hash = $2
";

const ADMIN_END_PENDING: &str = r"
    DELETE FROM admin_pending_sign_ins
    WHERE token_hash = $1
";

/// Ends a sign-in that waits. Returns `false` if another request was faster.
pub(in crate::accounts) async fn end_pending(
    tx: &mut Tx,
    scope: Scope,
    token_hash: &str,
) -> Result<bool, Error> {
    let changed = match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, token_hash);
            tx.execute(END_PENDING, params).await
        }
        Scope::Platform => {
            let params = (token_hash,);
            tx.execute(ADMIN_END_PENDING, params).await
        }
    }?;
    changed.one_or_none()
}

const END_ALL_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND user_id = $2
";

const ADMIN_END_ALL_PENDING: &str = r"
    DELETE FROM admin_pending_sign_ins
    WHERE admin_id = $1
";

/// Ends all sign-ins of a person that wait.
pub(in crate::accounts) async fn end_all_pending(
    tx: &mut Tx,
    principal: Principal,
) -> Result<(), Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.execute(END_ALL_PENDING, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.execute(ADMIN_END_ALL_PENDING, params).await
        }
    }?;
    changed.any();
    Ok(())
}

const FORGET_PENDING: &str = r"
    DELETE FROM pending_sign_ins
    WHERE tenant_id = $1
        AND created_at <= $2
";

const ADMIN_FORGET_PENDING: &str = r"
    DELETE FROM admin_pending_sign_ins
    WHERE created_at <= $1
";

/// Deletes the sign-ins of a store, or of the platform, that waited too long.
pub(in crate::accounts) async fn forget_pending(
    tx: &mut Tx,
    scope: Scope,
    since: Timestamp,
) -> Result<(), Error> {
    let changed = match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, since.micros());
            tx.execute(FORGET_PENDING, params).await
        }
        Scope::Platform => {
            let params = (since.micros(),);
            tx.execute(ADMIN_FORGET_PENDING, params).await
        }
    }?;
    changed.any();
    Ok(())
}
