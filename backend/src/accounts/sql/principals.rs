//! The statements that find and lock somebody who signs in.

use crate::Error;
use crate::accounts::principal::{Principal, Realm};
use crate::db::{Db, Tx};

/// Somebody with a login.
pub(in crate::accounts) struct UserRow {
    pub(in crate::accounts) principal: Principal,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) password_hash: String,
}

const USER_BY_LOGIN: &str = r"
    SELECT
        tenant_id,
        id,
        name,
        password_hash
    FROM panel_users
    WHERE login = $1
        AND removed_at IS NULL
";

const ADMIN_BY_LOGIN: &str = r"
    SELECT
        id,
        name,
        password_hash
    FROM admins
    WHERE login = $1
        AND removed_at IS NULL
";

pub(in crate::accounts) async fn user_by_login(
    db: &Db,
    realm: Realm,
    login: &str,
) -> Result<Option<UserRow>, Error> {
    match realm {
        Realm::Stores => {
            let found = db.reads().fetch_optional(USER_BY_LOGIN, (login,)).await?;
            Ok(
                found.map(|(tenant_id, user_id, name, password_hash)| UserRow {
                    principal: Principal::Person { tenant_id, user_id },
                    name,
                    password_hash,
                }),
            )
        }
        Realm::Platform => {
            let found = db.reads().fetch_optional(ADMIN_BY_LOGIN, (login,)).await?;
            Ok(found.map(|(admin_id, name, password_hash)| UserRow {
                principal: Principal::Admin { admin_id },
                name,
                password_hash,
            }))
        }
    }
}

/// Somebody whose row is locked.
#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct LockedUser {
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) password_hash: String,
    pub(in crate::accounts) language: Option<String>,
}

const LOCK_USER: &str = r"
    UPDATE panel_users
    SET id = id
    WHERE tenant_id = $1
        AND id = $2
        AND removed_at IS NULL
    RETURNING name, password_hash, language
";

const LOCK_ADMIN: &str = r"
    UPDATE admins
    SET id = id
    WHERE id = $1
        AND removed_at IS NULL
    RETURNING name, password_hash, language
";

/// Locks the row of somebody, so that sign-ins and changes of the account come one after another.
pub(in crate::accounts) async fn lock(
    tx: &mut Tx,
    principal: Principal,
) -> Result<Option<LockedUser>, Error> {
    match principal {
        Principal::Person { tenant_id, user_id } => {
            tx.fetch_optional(LOCK_USER, (tenant_id, user_id)).await
        }
        Principal::Admin { admin_id } => tx.fetch_optional(LOCK_ADMIN, (admin_id,)).await,
    }
}
