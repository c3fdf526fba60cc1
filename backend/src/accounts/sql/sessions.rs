//! The statements of sessions.

use domain::Timestamp;

use super::pending::end_all_pending;
use crate::Error;
use crate::accounts::principal::{Principal, Scope};
use crate::db::{Db, Tx};

/// A session to be started.
pub(in crate::accounts) struct NewSession<'a> {
    pub(in crate::accounts) principal: Principal,
    pub(in crate::accounts) token_hash: &'a str,
    pub(in crate::accounts) user_agent: &'a str,
    pub(in crate::accounts) address: &'a str,
}

const INSERT_SESSION: &str = r"
    INSERT INTO panel_sessions (
        tenant_id,
        token_hash,
        user_id,
        user_agent,
        address,
        created_at,
        seen_at,
        confirmed_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $6, $6)
";

const ADMIN_INSERT_SESSION: &str = r"
    INSERT INTO admin_sessions (
        token_hash,
        admin_id,
        user_agent,
        address,
        created_at,
        seen_at,
        confirmed_at
    )
    VALUES ($1, $2, $3, $4, $5, $5, $5)
";

pub(in crate::accounts) async fn insert_session(
    tx: &mut Tx,
    session: &NewSession<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let NewSession {
        principal,
        token_hash,
        user_agent,
        address,
    } = *session;
    let now = now.micros();
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, token_hash, user_id, user_agent, address, now);
            tx.execute(INSERT_SESSION, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (token_hash, admin_id, user_agent, address, now);
            tx.execute(ADMIN_INSERT_SESSION, params).await
        }
    }?;
    changed.exactly(1)
}

/// The account of a session.
#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct AccountRow {
    pub(in crate::accounts) id: i64,
    pub(in crate::accounts) login: String,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) language: Option<String>,
    pub(in crate::accounts) seen_at: i64,
    pub(in crate::accounts) confirmed_at: i64,
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct SessionRow {
    pub(in crate::accounts) role: String,
    pub(in crate::accounts) store_name: String,
    pub(in crate::accounts) suspended_at: Option<i64>,
    pub(in crate::accounts) suspended_for: Option<String>,
    #[sqlx(flatten)]
    pub(in crate::accounts) account: AccountRow,
}

const SESSION: &str = r"
    SELECT
        panel_users.id,
        login,
        panel_users.name,
        role,
        tenants.name AS store_name,
        suspended_at,
        suspended_for,
        language,
        seen_at,
        confirmed_at
    FROM panel_sessions
    JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = user_id
        AND removed_at IS NULL
    JOIN tenants
        ON tenants.id = $1
    WHERE panel_sessions.tenant_id = $1
        AND panel_sessions.token_hash = $2
        AND seen_at > $3
";

/// Returns the session with this token, unless it was last seen at `oldest` or before.
pub(in crate::accounts) async fn session(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
    oldest: Timestamp,
) -> Result<Option<SessionRow>, Error> {
    let params = (tenant_id, token_hash, oldest.micros());
    db.reads().fetch_optional(SESSION, params).await
}

const ADMIN_SESSION: &str = r"
    SELECT
        admins.id,
        login,
        name,
        language,
        seen_at,
        confirmed_at
    FROM admin_sessions
    JOIN admins
        ON admins.id = admin_id
        AND removed_at IS NULL
    WHERE token_hash = $1
        AND seen_at > $2
";

/// Returns the account of an admin's session, unless it was last seen at `oldest` or before.
pub(in crate::accounts) async fn admin_session(
    db: &Db,
    token_hash: &str,
    oldest: Timestamp,
) -> Result<Option<AccountRow>, Error> {
    let params = (token_hash, oldest.micros());
    db.reads().fetch_optional(ADMIN_SESSION, params).await
}

const SESSION_SEEN: &str = r"
    UPDATE panel_sessions
    SET seen_at = $3,
        address = $4
    WHERE tenant_id = $1
        AND token_hash = $2
";

const ADMIN_SESSION_SEEN: &str = r"
    UPDATE admin_sessions
    SET seen_at = $2,
        address = $3
    WHERE token_hash = $1
";

pub(in crate::accounts) async fn session_seen(
    db: &Db,
    scope: Scope,
    token_hash: &str,
    address: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, token_hash, now.micros(), address);
            db.writes().execute(SESSION_SEEN, params).await
        }
        Scope::Platform => {
            let params = (token_hash, now.micros(), address);
            db.writes().execute(ADMIN_SESSION_SEEN, params).await
        }
    }?;
    // It may have been ended in the meantime.
    changed.any();
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct OwnSessionRow {
    pub(in crate::accounts) token_hash: String,
    pub(in crate::accounts) user_agent: String,
    pub(in crate::accounts) address: String,
    pub(in crate::accounts) created_at: i64,
    pub(in crate::accounts) seen_at: i64,
}

const OWN_SESSIONS: &str = r"
    SELECT
        token_hash,
        user_agent,
        address,
        created_at,
        seen_at
    FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
        AND seen_at > $3
    ORDER BY seen_at DESC, created_at DESC
    LIMIT 100
";

const ADMIN_OWN_SESSIONS: &str = r"
    SELECT
        token_hash,
        user_agent,
        address,
        created_at,
        seen_at
    FROM admin_sessions
    WHERE admin_id = $1
        AND seen_at > $2
    ORDER BY seen_at DESC, created_at DESC
    LIMIT 100
";

/// Returns the sessions of a person, unless they were last seen at `oldest` or before.
pub(in crate::accounts) async fn own_sessions(
    db: &Db,
    principal: Principal,
    oldest: Timestamp,
) -> Result<Vec<OwnSessionRow>, Error> {
    match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, oldest.micros());
            db.reads().fetch_all(OWN_SESSIONS, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, oldest.micros());
            db.reads().fetch_all(ADMIN_OWN_SESSIONS, params).await
        }
    }
}

const END_SESSION: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND token_hash = $2
";

const ADMIN_END_SESSION: &str = r"
    DELETE FROM admin_sessions
    WHERE token_hash = $1
";

pub(in crate::accounts) async fn end_session(
    db: &Db,
    scope: Scope,
    token_hash: &str,
) -> Result<(), Error> {
    let changed = match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, token_hash);
            db.writes().execute(END_SESSION, params).await
        }
        Scope::Platform => {
            let params = (token_hash,);
            db.writes().execute(ADMIN_END_SESSION, params).await
        }
    }?;
    changed.any();
    Ok(())
}

const END_SESSIONS: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
";

const ADMIN_END_SESSIONS: &str = r"
    DELETE FROM admin_sessions
    WHERE admin_id = $1
";

/// Ends all sessions of a person, and sign-ins that wait for the second step.
pub(in crate::accounts) async fn end_sessions(
    tx: &mut Tx,
    principal: Principal,
) -> Result<(), Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            tx.execute(END_SESSIONS, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id,);
            tx.execute(ADMIN_END_SESSIONS, params).await
        }
    }?;
    changed.any();
    end_all_pending(tx, principal).await
}

const END_OTHER_SESSIONS: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
        AND token_hash <> $3
";

const ADMIN_END_OTHER_SESSIONS: &str = r"
    DELETE FROM admin_sessions
    WHERE admin_id = $1
        AND token_hash <> $2
";

/// Ends all sessions of a person but one. Returns their number.
pub(in crate::accounts) async fn end_other_sessions(
    tx: &mut Tx,
    principal: Principal,
    token_hash: &str,
) -> Result<u64, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, token_hash);
            tx.execute(END_OTHER_SESSIONS, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, token_hash);
            tx.execute(ADMIN_END_OTHER_SESSIONS, params).await
        }
    }?;
    Ok(changed.rows())
}

const END_NUMBERED_SESSION: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
        AND SUBSTR(token_hash, 1, 13) = $3
";

const ADMIN_END_NUMBERED_SESSION: &str = r"
    DELETE FROM admin_sessions
    WHERE admin_id = $1
        AND SUBSTR(token_hash, 1, 13) = $2
";

/// Ends the session of a person whose hash begins with these digits. Returns 1 if there was one.
pub(in crate::accounts) async fn end_numbered_session(
    tx: &mut Tx,
    principal: Principal,
    digits: &str,
) -> Result<u64, Error> {
    let changed = match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id, digits);
            tx.execute(END_NUMBERED_SESSION, params).await
        }
        Principal::Admin { admin_id } => {
            let params = (admin_id, digits);
            tx.execute(ADMIN_END_NUMBERED_SESSION, params).await
        }
    }?;
    Ok(changed.rows())
}
