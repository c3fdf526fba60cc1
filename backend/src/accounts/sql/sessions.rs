//! The statements of sessions and of guesses at passwords.

use domain::Timestamp;

use super::second_step::end_all_pending;
use crate::Error;
use crate::db::{Db, Tx};

const COUNT_GUESS: &str = r"
    INSERT INTO guesses (
        subject,
        began_at,
        count
    )
    VALUES ($1, $3, 1)
    ON CONFLICT (subject) DO UPDATE SET
        count = CASE WHEN guesses.began_at <= $2 THEN 1 ELSE guesses.count + 1 END,
        began_at = CASE WHEN guesses.began_at <= $2 THEN $3 ELSE guesses.began_at END
    RETURNING began_at, count
";

/// Counts a guess; a window that began at `expired` or before is over. Returns the beginning of the
/// window and its guesses.
pub(in crate::accounts) async fn count_guess(
    db: &Db,
    subject: &str,
    expired: Timestamp,
    now: Timestamp,
) -> Result<(i64, i64), Error> {
    let params = (subject, expired.micros(), now.micros());
    db.writes().fetch_one(COUNT_GUESS, params).await
}

const FORGET_GUESSES: &str = r"
    DELETE FROM guesses
    WHERE subject = $1
        OR began_at <= $2
";

pub(in crate::accounts) async fn forget_guesses(
    db: &Db,
    subject: &str,
    expired: Timestamp,
) -> Result<(), Error> {
    let params = (subject, expired.micros());
    db.writes().execute(FORGET_GUESSES, params).await?.any();
    Ok(())
}

/// A session to be started.
pub(in crate::accounts) struct NewSession<'a> {
    pub(in crate::accounts) tenant_id: i64,
    pub(in crate::accounts) token_hash: &'a str,
    pub(in crate::accounts) user_id: i64,
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

pub(in crate::accounts) async fn insert_session(
    tx: &mut Tx,
    session: &NewSession<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (
        session.tenant_id,
        session.token_hash,
        session.user_id,
        session.user_agent,
        session.address,
        now.micros(),
    );
    tx.execute(INSERT_SESSION, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct SessionRow {
    pub(in crate::accounts) user_id: i64,
    pub(in crate::accounts) login: String,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) role: String,
    pub(in crate::accounts) store_name: String,
    pub(in crate::accounts) language: Option<String>,
    pub(in crate::accounts) seen_at: i64,
    pub(in crate::accounts) confirmed_at: i64,
}

const SESSION: &str = r"
    SELECT
        user_id,
        login,
        panel_users.name,
        role,
        tenants.name AS store_name,
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

const SESSION_SEEN: &str = r"
    UPDATE panel_sessions
    SET seen_at = $3,
        address = $4
    WHERE tenant_id = $1
        AND token_hash = $2
";

pub(in crate::accounts) async fn session_seen(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
    address: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, token_hash, now.micros(), address);
    // It may have been ended in the meantime.
    db.writes().execute(SESSION_SEEN, params).await?.any();
    Ok(())
}

const SESSION_CONFIRMED: &str = r"
    UPDATE panel_sessions
    SET confirmed_at = $3
    WHERE tenant_id = $1
        AND token_hash = $2
";

/// Notes that the password was entered again.
pub(in crate::accounts) async fn session_confirmed(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, token_hash, now.micros());
    // It may have been ended in the meantime.
    db.writes().execute(SESSION_CONFIRMED, params).await?.any();
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

/// Returns the sessions of a person, unless they were last seen at `oldest` or before.
pub(in crate::accounts) async fn own_sessions(
    db: &Db,
    tenant_id: i64,
    user_id: i64,
    oldest: Timestamp,
) -> Result<Vec<OwnSessionRow>, Error> {
    let params = (tenant_id, user_id, oldest.micros());
    db.reads().fetch_all(OWN_SESSIONS, params).await
}

const END_SESSION: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND token_hash = $2
";

pub(in crate::accounts) async fn end_session(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
) -> Result<(), Error> {
    let params = (tenant_id, token_hash);
    db.writes().execute(END_SESSION, params).await?.any();
    Ok(())
}

const END_SESSIONS: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
";

/// Ends all sessions of a person, and sign-ins that wait for a code.
pub(in crate::accounts) async fn end_sessions(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
) -> Result<(), Error> {
    tx.execute(END_SESSIONS, (tenant_id, user_id)).await?.any();
    end_all_pending(tx, tenant_id, user_id).await
}

const END_OTHER_SESSIONS: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
        AND token_hash <> $3
";

/// Ends all sessions of a person but one. Returns their number.
pub(in crate::accounts) async fn end_other_sessions(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    token_hash: &str,
) -> Result<u64, Error> {
    let params = (tenant_id, user_id, token_hash);
    Ok(tx.execute(END_OTHER_SESSIONS, params).await?.rows())
}

const END_NUMBERED_SESSION: &str = r"
    DELETE FROM panel_sessions
    WHERE tenant_id = $1
        AND user_id = $2
        AND SUBSTR(token_hash, 1, 13) = $3
";

/// Ends the session of a person whose hash begins with these digits. Returns 1 if there was one.
pub(in crate::accounts) async fn end_numbered_session(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    digits: &str,
) -> Result<u64, Error> {
    let params = (tenant_id, user_id, digits);
    Ok(tx.execute(END_NUMBERED_SESSION, params).await?.rows())
}
