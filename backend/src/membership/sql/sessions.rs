//! The statements of clients' sessions.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const INSERT: &str = r"
    INSERT INTO client_sessions (
        token_hash,
        tenant_id,
        client_id,
        created_at,
        seen_at
    )
    VALUES ($1, $2, $3, $4, $4)
";

pub(in crate::membership) async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (token_hash, tenant_id, client_id, now.micros());
    tx.execute(INSERT, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(in crate::membership) struct SessionRow {
    pub(in crate::membership) tenant_id: i64,
    pub(in crate::membership) client_id: i64,
    pub(in crate::membership) seen_at: i64,
    pub(in crate::membership) blocked_at: Option<i64>,
    pub(in crate::membership) suspended_at: Option<i64>,
}

// A client who was merged is the one into whom they were merged; an erased one has no session.
const FIND: &str = r"
    SELECT
        client_sessions.tenant_id,
        clients.id AS client_id,
        seen_at,
        clients.blocked_at,
        suspended_at
    FROM client_sessions
    JOIN clients AS named
        ON named.tenant_id = client_sessions.tenant_id
        AND named.id = client_sessions.client_id
    JOIN clients
        ON clients.tenant_id = client_sessions.tenant_id
        AND clients.id = COALESCE(named.merged_into, named.id)
    JOIN tenants
        ON tenants.id = client_sessions.tenant_id
    WHERE client_sessions.token_hash = $1
        AND seen_at > $2
        AND clients.erased_at IS NULL
";

/// Finds the client of a session that was used after `alive`.
pub(in crate::membership) async fn find(
    db: &Db,
    token_hash: &str,
    alive: Timestamp,
) -> Result<Option<SessionRow>, Error> {
    let params = (token_hash, alive.micros());
    db.reads().fetch_optional(FIND, params).await
}

const NOTE_SEEN: &str = r"
    UPDATE client_sessions
    SET seen_at = $2
    WHERE token_hash = $1
";

pub(in crate::membership) async fn note_seen(
    db: &Db,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = db.writes().execute(NOTE_SEEN, (token_hash, now.micros()));
    changed.await?.any();
    Ok(())
}

const DELETE: &str = r"
    DELETE FROM client_sessions
    WHERE token_hash = $1
        AND tenant_id = $2
";

pub(in crate::membership) async fn delete(
    tx: &mut Tx,
    token_hash: &str,
    tenant_id: i64,
) -> Result<(), Error> {
    tx.execute(DELETE, (token_hash, tenant_id)).await?.any();
    Ok(())
}
