//! The statements of one-time links.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

/// A link to be made.
pub(in crate::accounts) struct NewLink<'a> {
    pub(in crate::accounts) tenant_id: i64,
    pub(in crate::accounts) token_hash: &'a str,
    pub(in crate::accounts) user_id: Option<i64>,
    pub(in crate::accounts) name: &'a str,
    pub(in crate::accounts) role: &'a str,
}

const INSERT_LINK: &str = r"
    INSERT INTO account_links (
        tenant_id,
        token_hash,
        user_id,
        name,
        role,
        created_at,
        expires_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (tenant_id, token_hash) DO NOTHING
";

/// Inserts a link. Returns `false` if it exists already.
pub(in crate::accounts) async fn insert_link(
    tx: &mut Tx,
    link: &NewLink<'_>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, Error> {
    let params = (
        link.tenant_id,
        link.token_hash,
        link.user_id,
        link.name,
        link.role,
        now.micros(),
        expires_at.micros(),
    );
    tx.execute(INSERT_LINK, params).await?.one_or_none()
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct LinkRow {
    pub(in crate::accounts) store_name: String,
    pub(in crate::accounts) role: String,
    pub(in crate::accounts) login: Option<String>,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) expires_at: i64,
}

const LINK: &str = r"
    SELECT
        tenants.name AS store_name,
        account_links.role,
        login,
        account_links.name,
        expires_at
    FROM account_links
    JOIN tenants
        ON tenants.id = $1
    LEFT JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = user_id
    WHERE account_links.tenant_id = $1
        AND account_links.token_hash = $2
        AND expires_at > $3
        AND ended_at IS NULL
";

pub(in crate::accounts) async fn link(
    db: &Db,
    tenant_id: i64,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<LinkRow>, Error> {
    let params = (tenant_id, token_hash, now.micros());
    db.reads().fetch_optional(LINK, params).await
}

const USE_LINK: &str = r"
    UPDATE account_links
    SET ended_at = $3
    WHERE tenant_id = $1
        AND token_hash = $2
        AND expires_at > $3
        AND ended_at IS NULL
    RETURNING user_id, role
";

/// Uses a link up. Returns its person and role, or `None` if it cannot be used.
pub(in crate::accounts) async fn use_link(
    tx: &mut Tx,
    tenant_id: i64,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Option<i64>, String)>, Error> {
    let params = (tenant_id, token_hash, now.micros());
    tx.fetch_optional(USE_LINK, params).await
}

const INVITATIONS: &str = r"
    SELECT
        id,
        name,
        role,
        expires_at
    FROM account_links
    WHERE tenant_id = $1
        AND user_id IS NULL
        AND expires_at > $2
        AND ended_at IS NULL
    ORDER BY id
";

/// Returns the invitations that can be accepted: number, name, role and end.
pub(in crate::accounts) async fn invitations(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
) -> Result<Vec<(i64, String, String, i64)>, Error> {
    let params = (tenant_id, now.micros());
    db.reads().fetch_all(INVITATIONS, params).await
}

const CANCEL_LINK: &str = r"
    UPDATE account_links
    SET ended_at = $3
    WHERE tenant_id = $1
        AND id = $2
        AND user_id IS NULL
        AND ended_at IS NULL
    RETURNING name
";

/// Ends an invitation. Returns the name of the person.
pub(in crate::accounts) async fn cancel_link(
    tx: &mut Tx,
    tenant_id: i64,
    link_id: i64,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let params = (tenant_id, link_id, now.micros());
    let found = tx.fetch_optional(CANCEL_LINK, params).await?;
    Ok(found.map(|(name,)| name))
}
