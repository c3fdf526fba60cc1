//! The statements of the terms.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const LAST: &str = r"
    SELECT
        version,
        text,
        created_at
    FROM terms
    WHERE tenant_id = $1
    ORDER BY version DESC
    LIMIT 1
";

/// Returns the last version of a store's terms: number, text, moment.
pub(in crate::membership) async fn last(
    db: &Db,
    tenant_id: i64,
) -> Result<Option<(i64, String, i64)>, Error> {
    db.reads().fetch_optional(LAST, (tenant_id,)).await
}

/// Returns the same within a transaction.
pub(in crate::membership) async fn last_in(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<(i64, String, i64)>, Error> {
    tx.fetch_optional(LAST, (tenant_id,)).await
}

const INSERT: &str = r"
    INSERT INTO terms (
        tenant_id,
        version,
        text,
        created_at
    )
    VALUES ($1, $2, $3, $4)
";

pub(in crate::membership) async fn insert(
    tx: &mut Tx,
    tenant_id: i64,
    version: i64,
    text: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, version, text, now.micros());
    tx.execute(INSERT, params).await?.exactly(1)
}
