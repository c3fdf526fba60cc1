//! The statements about bonuses that clients have, and that moved without a purchase.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Dialect, Numbers};

const MOVED: &str = r"
    SELECT
        kind,
        COUNT(*),
        CAST(SUM(amount_dirams) AS BIGINT)
    FROM entries
    WHERE tenant_id = $1
        AND created_at >= $2
        AND created_at < $3
        AND kind NOT IN ('purchase', 'redeem')
        AND NOT EXISTS (
            SELECT 1
            FROM returns
            WHERE returns.tenant_id = $1
                AND returns.id = entries.return_id
                AND is_void = 1
        )
        AND NOT EXISTS (
            SELECT 1
            FROM lots
            CROSS JOIN returns
            WHERE lots.tenant_id = $1
                AND lots.client_id = entries.client_id
                AND lots.seq = entries.seq
                AND returns.tenant_id = $1
                AND returns.id = lots.taken_back_by
                AND is_void = 1
        )
    GROUP BY kind
    ORDER BY kind
";

/// Returns the bonuses that moved without a purchase, except those of voided sales: the kind, the
/// number of entries, their sum.
pub(in crate::reports) async fn moved(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(String, i64, i64)>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_all(MOVED, params).await
}

const BONUSES: &str = r"
    SELECT
        CAST(COALESCE(SUM(CASE WHEN available_at <= $2 THEN remaining_dirams ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN available_at > $2 THEN remaining_dirams ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN expires_at IS NULL THEN remaining_dirams ELSE 0 END), 0) AS BIGINT),
        (
            SELECT CAST(COALESCE(SUM(debt_dirams), 0) AS BIGINT)
            FROM clients
            WHERE tenant_id = $1
                AND debt_dirams > 0
        )
    FROM lots
    WHERE tenant_id = $1
        AND remaining_dirams > 0
        AND (expires_at IS NULL OR expires_at > $2)
";

/// Returns the bonuses that clients have: available, held, those of both that never expire, and
/// the debts.
pub(in crate::reports) async fn bonuses(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
) -> Result<(i64, i64, i64, i64), Error> {
    db.reads()
        .fetch_one(BONUSES, (tenant_id, now.micros()))
        .await
}

/// Makes the statement; `$source` reads the edges, which are in ascending order.
macro_rules! burning {
    ($source:literal) => {
        concat!(
            "
    WITH spans AS (
        SELECT
            value AS begins,
            LEAD(value) OVER (ORDER BY value) AS ends
        FROM ",
            $source,
            "
    )
    SELECT
        begins,
        (
            SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
            FROM lots
            WHERE tenant_id = $1
                AND remaining_dirams > 0
                AND expires_at >= begins
                AND expires_at < ends
        )
    FROM spans
    WHERE ends IS NOT NULL
    ORDER BY begins
"
        )
    };
}

const BURNING_SQLITE: &str = burning!("json_each($2)");
const BURNING_POSTGRES: &str = burning!("unnest($2) AS edges (value)");

/// Returns the bonuses that expire between each edge and the next: the first edge, the sum.
pub(in crate::reports) async fn burning(
    db: &Db,
    tenant_id: i64,
    edges: &[i64],
) -> Result<Vec<(i64, i64)>, Error> {
    let statement = match db.dialect() {
        Dialect::Sqlite => BURNING_SQLITE,
        Dialect::Postgres => BURNING_POSTGRES,
    };
    db.reads()
        .fetch_all(statement, (tenant_id, Numbers(edges)))
        .await
}
