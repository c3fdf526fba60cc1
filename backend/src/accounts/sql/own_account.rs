//! The statements of what people change about themselves and their store.

use crate::Error;
use crate::db::Tx;

const STORE_NAME: &str = r"
    SELECT name
    FROM tenants
    WHERE id = $1
";

const RENAME_STORE: &str = r"
    UPDATE tenants
    SET name = $2
    WHERE id = $1
";

/// Renames a store. Returns the name before.
pub(in crate::accounts) async fn rename_store(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
) -> Result<String, Error> {
    let (before,) = tx.fetch_one(STORE_NAME, (tenant_id,)).await?;
    tx.execute(RENAME_STORE, (tenant_id, name))
        .await?
        .exactly(1)?;
    Ok(before)
}

const CHANGE_PERSON: &str = r"
    UPDATE panel_users
    SET name = $3,
        language = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::accounts) async fn change_person(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    name: &str,
    language: &str,
) -> Result<(), Error> {
    let params = (tenant_id, user_id, name, language);
    tx.execute(CHANGE_PERSON, params).await?.exactly(1)
}

const CHANGE_ADMIN: &str = r"
    UPDATE admins
    SET name = $2,
        language = $3
    WHERE id = $1
";

pub(in crate::accounts) async fn change_admin(
    tx: &mut Tx,
    admin_id: i64,
    name: &str,
    language: &str,
) -> Result<(), Error> {
    let params = (admin_id, name, language);
    tx.execute(CHANGE_ADMIN, params).await?.exactly(1)
}
