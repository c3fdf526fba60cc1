//! The statement that exports clients.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Dialect, Numbers};

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct ExportRow {
    pub(in crate::clients) id: i64,
    pub(in crate::clients) phone: String,
    pub(in crate::clients) full_name: Option<String>,
    pub(in crate::clients) card_number: String,
    pub(in crate::clients) bonus_balance: i64,
    pub(in crate::clients) total_spent_dirams: i64,
    pub(in crate::clients) created_at: i64,
    pub(in crate::clients) last_purchase_at: Option<i64>,
}

/// The statement that reads the clients whose numbers pass `$which`. An erased client has no phone,
/// and cannot be brought along.
macro_rules! exported {
    ($which:literal) => {
        concat!(
            "
    SELECT
        clients.id,
        phone,
        full_name,
        card_number,
        balance_dirams - (
            SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
            FROM lots
            WHERE lots.tenant_id = $1
                AND client_id = clients.id
                AND remaining_dirams > 0
                AND COALESCE(expires_at, 9223372036854775807) <= $3
        ) AS bonus_balance,
        total_spent_dirams,
        created_at,
        last_purchase_at
    FROM clients
    WHERE clients.tenant_id = $1
        AND erased_at IS NULL
        AND clients.id ",
            $which,
            "
"
        )
    };
}

const EXPORTED_SQLITE: &str = exported!("IN (SELECT value FROM json_each($2))");
const EXPORTED_POSTGRES: &str = exported!("= ANY($2)");

/// Returns these clients, in any order. One statement.
pub(in crate::clients) async fn exported(
    db: &Db,
    tenant_id: i64,
    ids: &[i64],
    now: Timestamp,
) -> Result<Vec<ExportRow>, Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => EXPORTED_SQLITE,
        Dialect::Postgres => EXPORTED_POSTGRES,
    };
    let params = (tenant_id, Numbers(ids), now.micros());
    db.reads().fetch_all(statement, params).await
}
