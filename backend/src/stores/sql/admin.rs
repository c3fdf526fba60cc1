//! The statements of what the platform's admins do to stores.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const OPEN: &str = r"
    INSERT INTO tenants (
        name,
        token_hash,
        token_sealed,
        created_at,
        paid_tills,
        opening
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (opening) WHERE opening IS NOT NULL DO NOTHING
    RETURNING id
";

/// A store to be opened.
pub(in crate::stores) struct NewStore<'a> {
    pub(in crate::stores) name: &'a str,
    pub(in crate::stores) token_hash: &'a str,
    pub(in crate::stores) token_sealed: &'a str,
    pub(in crate::stores) paid_tills: i64,
    pub(in crate::stores) opening: &'a str,
}

/// Adds a store. Returns its number; `None` if the same form has added it before.
pub(in crate::stores) async fn open(
    tx: &mut Tx,
    store: &NewStore<'_>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        store.name,
        store.token_hash,
        store.token_sealed,
        now.micros(),
        store.paid_tills,
        store.opening,
    );
    let opened = tx.fetch_optional(OPEN, params).await?;
    Ok(opened.map(|(id,)| id))
}

const OPENED: &str = r"
    SELECT id
    FROM tenants
    WHERE opening = $1
";

/// Returns the number of the store that a form has added.
pub(in crate::stores) async fn opened(tx: &mut Tx, opening: &str) -> Result<i64, Error> {
    let (id,) = tx.fetch_one(OPENED, (opening,)).await?;
    Ok(id)
}

const SUSPEND: &str = r"
    UPDATE tenants
    SET suspended_at = $2,
        suspended_by = $3,
        suspended_for = $4
    WHERE id = $1
        AND suspended_at IS NULL
    RETURNING name
";

/// Suspends a store. Returns its name; `None` if it is suspended already or does not exist.
pub(in crate::stores) async fn suspend(
    tx: &mut Tx,
    tenant_id: i64,
    (by, reason): (&str, &str),
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let params = (tenant_id, now.micros(), by, reason);
    let found = tx.fetch_optional(SUSPEND, params).await?;
    Ok(found.map(|(name,)| name))
}

const RESUME: &str = r"
    UPDATE tenants
    SET suspended_at = NULL,
        suspended_by = NULL,
        suspended_for = NULL
    WHERE id = $1
        AND suspended_at IS NOT NULL
    RETURNING name
";

/// Ends the suspension of a store. Returns its name; `None` if it works already or does not exist.
pub(in crate::stores) async fn resume(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx.fetch_optional(RESUME, (tenant_id,)).await?;
    Ok(found.map(|(name,)| name))
}

const LOCKED: &str = r"
    UPDATE tenants
    SET name = name
    WHERE id = $1
    RETURNING name, paid_tills
";

/// Locks a store. Returns its name, and the number of tills that it has paid for.
pub(in crate::stores) async fn locked(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<(String, Option<i64>)>, Error> {
    tx.fetch_optional(LOCKED, (tenant_id,)).await
}

const RENAME: &str = r"
    UPDATE tenants
    SET name = $2
    WHERE id = $1
";

pub(in crate::stores) async fn rename(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
) -> Result<(), Error> {
    tx.execute(RENAME, (tenant_id, name)).await?.exactly(1)
}

const SET_PAID: &str = r"
    UPDATE tenants
    SET paid_tills = $2
    WHERE id = $1
";

pub(in crate::stores) async fn set_paid(
    tx: &mut Tx,
    tenant_id: i64,
    paid: Option<i64>,
) -> Result<(), Error> {
    tx.execute(SET_PAID, (tenant_id, paid)).await?.exactly(1)
}
