//! The statements of the journal.

use domain::Timestamp;

use super::filter::{Filter, PlatformFilter, Whose};
use super::{Actor, PlatformActor};
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

const INSERT_ON_PLATFORM: &str = r"
    INSERT INTO platform_entries (
        created_at,
        admin_id,
        who,
        address,
        action,
        subject,
        details
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
";

pub(super) async fn insert_on_platform(
    tx: &mut Tx,
    actor: &PlatformActor,
    action: &str,
    subject: &str,
    details: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (
        now.micros(),
        actor.admin_id,
        &actor.name,
        &actor.address,
        action,
        subject,
        details,
    );
    tx.execute(INSERT_ON_PLATFORM, params).await?.exactly(1)
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
    /// The name or, without one, the phone of the client; `None` if it was erased.
    pub(super) client: Option<String>,
    pub(super) old_phone: Option<String>,
    pub(super) new_phone: Option<String>,
}

const LIST: &str = r"
    SELECT
        audit_entries.id,
        audit_entries.created_at,
        who,
        role,
        action,
        subject,
        details,
        CASE
            WHEN clients.erased_at IS NULL THEN COALESCE(clients.full_name, clients.phone)
        END AS client,
        old_phone,
        new_phone
    FROM audit_entries
    LEFT JOIN panel_users
        ON panel_users.tenant_id = $1
        AND panel_users.id = user_id
    LEFT JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = CASE
            WHEN subject LIKE 'client:%' THEN CAST(SUBSTR(subject, 8) AS BIGINT)
        END
    LEFT JOIN phone_changes
        ON phone_changes.tenant_id = $1
        AND phone_changes.client_id = clients.id
        AND phone_changes.changed_at = audit_entries.created_at
        AND action = 'client_phone_changed'
    WHERE audit_entries.tenant_id = $1
        AND (audit_entries.created_at, audit_entries.id) < ($2, $3)
        AND audit_entries.created_at >= $4
        AND ($5 = 0 OR COALESCE(user_id, -1) = $5)
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
    db.reads()
        .fetch_all(LIST, params(tenant_id, filter, limit))
        .await
}

/// Returns the parameters of both statements.
fn params(
    tenant_id: i64,
    filter: Filter<'_>,
    number: usize,
) -> (i64, i64, i64, i64, i64, &str, i64) {
    let (created_at, id) = filter
        .before
        .map_or((i64::MAX, i64::MAX), |(at, id)| (at.micros(), id));
    (
        tenant_id,
        created_at,
        id,
        filter.since.map_or(0, Timestamp::micros),
        filter.user_id.unwrap_or_default(),
        filter.action.unwrap_or_default(),
        i64::try_from(number).unwrap_or(i64::MAX),
    )
}

// The rows after which it looks are entries of the index.
const HAS_MORE: &str = r"
    SELECT id
    FROM audit_entries
    WHERE tenant_id = $1
        AND (created_at, id) < ($2, $3)
        AND created_at >= $4
        AND ($5 = 0 OR COALESCE(user_id, -1) = $5)
        AND ($6 = '' OR action = $6)
    ORDER BY created_at DESC, id DESC
    LIMIT 1
    OFFSET $7
";

/// Returns whether more than `number` entries pass the filter.
pub(super) async fn has_more_than(
    db: &Db,
    tenant_id: i64,
    filter: Filter<'_>,
    number: usize,
) -> Result<bool, Error> {
    let params = params(tenant_id, filter, number);
    let found: Option<(i64,)> = db.reads().fetch_optional(HAS_MORE, params).await?;
    Ok(found.is_some())
}

#[derive(sqlx::FromRow)]
pub(super) struct PlatformRow {
    pub(super) id: i64,
    pub(super) created_at: i64,
    pub(super) admin_id: Option<i64>,
    pub(super) who: String,
    pub(super) address: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) details: String,
}

const LIST_ON_PLATFORM: &str = r"
    SELECT
        id,
        created_at,
        admin_id,
        who,
        address,
        action,
        subject,
        details
    FROM platform_entries
    WHERE (created_at, id) < ($1, $2)
        AND created_at >= $3
        AND created_at < $4
        AND ($5 < 0 OR COALESCE(admin_id, 0) = $5)
        AND ($6 = '' OR action = $6)
    ORDER BY created_at DESC, id DESC
    LIMIT $7
";

/// Returns the entries that pass the filter, the newest first, at most `limit`.
pub(super) async fn list_on_platform(
    db: &Db,
    filter: PlatformFilter<'_>,
    limit: usize,
) -> Result<Vec<PlatformRow>, Error> {
    let params = platform_params(filter, limit);
    db.reads().fetch_all(LIST_ON_PLATFORM, params).await
}

/// Returns the parameters of both statements. No admin has the number 0, so it stands for the
/// operator, and −1 for everybody.
fn platform_params(
    filter: PlatformFilter<'_>,
    number: usize,
) -> (i64, i64, i64, i64, i64, &str, i64) {
    let (created_at, id) = filter
        .before
        .map_or((i64::MAX, i64::MAX), |(at, id)| (at.micros(), id));
    let whose = match filter.whose {
        None => -1,
        Some(Whose::Operator) => 0,
        Some(Whose::Admin(id)) => id.max(1),
    };
    (
        created_at,
        id,
        filter.since.map_or(0, Timestamp::micros),
        filter.until.map_or(i64::MAX, Timestamp::micros),
        whose,
        filter.action.unwrap_or_default(),
        i64::try_from(number).unwrap_or(i64::MAX),
    )
}

// The rows after which it looks are entries of the index.
const HAS_MORE_ON_PLATFORM: &str = r"
    SELECT id
    FROM platform_entries
    WHERE (created_at, id) < ($1, $2)
        AND created_at >= $3
        AND created_at < $4
        AND ($5 < 0 OR COALESCE(admin_id, 0) = $5)
        AND ($6 = '' OR action = $6)
    ORDER BY created_at DESC, id DESC
    LIMIT 1
    OFFSET $7
";

/// Returns whether more than `number` entries pass the filter.
pub(super) async fn has_more_on_platform_than(
    db: &Db,
    filter: PlatformFilter<'_>,
    number: usize,
) -> Result<bool, Error> {
    let params = platform_params(filter, number);
    let found: Option<(i64,)> = db
        .reads()
        .fetch_optional(HAS_MORE_ON_PLATFORM, params)
        .await?;
    Ok(found.is_some())
}

const ACTS_ON: &str = r"
    SELECT
        created_at,
        who,
        action,
        details
    FROM platform_entries
    WHERE subject = $1
    ORDER BY created_at DESC, id DESC
    LIMIT $2
";

/// Returns the newest acts on a subject of the platform: moment, name, act and details.
pub(super) async fn acts_on(
    db: &Db,
    subject: &str,
    limit: i64,
) -> Result<Vec<(i64, String, String, String)>, Error> {
    db.reads().fetch_all(ACTS_ON, (subject, limit)).await
}
