//! The statements of the journal.

use domain::Timestamp;

use super::Actor;
use super::filter::Filter;
use crate::Error;
use crate::db::{Db, Tx};

const INSERT: &str = r"
    INSERT INTO audit_entries (
        tenant_id,
        created_at,
        user_id,
        who,
        address,
        action,
        subject,
        details
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
";

pub(super) async fn insert(
    tx: &mut Tx,
    actor: &Actor,
    action: &str,
    subject: &str,
    details: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (
        actor.tenant_id,
        now.micros(),
        actor.user_id,
        &actor.name,
        &actor.address,
        action,
        subject,
        details,
    );
    tx.execute(INSERT, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(super) struct EntryRow {
    pub(super) id: i64,
    pub(super) created_at: i64,
    pub(super) who: String,
    pub(super) role: Option<String>,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) details: String,
}

const LIST: &str = r"
    SELECT
        audit_entries.id,
        audit_entries.created_at,
        who,
        role,
        action,
        subject,
        details
    FROM audit_entries
    LEFT JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = user_id
    WHERE audit_entries.tenant_id = $1
        AND (audit_entries.created_at, audit_entries.id) < ($2, $3)
        AND audit_entries.created_at >= $4
        AND ($5 = 0 OR user_id = $5)
        AND ($6 = '' OR action = $6)
    ORDER BY audit_entries.created_at DESC, audit_entries.id DESC
    LIMIT $7
";

/// Returns the entries that pass the filter, the newest first, at most `limit`.
pub(super) async fn list(
    db: &Db,
    tenant_id: i64,
    filter: Filter<'_>,
    limit: usize,
) -> Result<Vec<EntryRow>, Error> {
    let (created_at, id) = filter
        .before
        .map_or((i64::MAX, i64::MAX), |(at, id)| (at.micros(), id));
    let params = (
        tenant_id,
        created_at,
        id,
        filter.since.map_or(0, Timestamp::micros),
        filter.user_id.unwrap_or_default(),
        filter.action.unwrap_or_default(),
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    db.reads().fetch_all(LIST, params).await
}
