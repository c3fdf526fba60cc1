//! The statements of a client's page.

use domain::{LotKind, Money, Timestamp};

use crate::Error;
use crate::clients::lots::{LotLine, LotSums};
use crate::db::Db;

/// What the page of a client shows beside the ledger.
#[derive(sqlx::FromRow)]
pub(in crate::clients) struct DetailsRow {
    pub(in crate::clients) created_at: i64,
    pub(in crate::clients) blocked_at: Option<i64>,
    pub(in crate::clients) blocked_reason: Option<String>,
    pub(in crate::clients) merged_into: Option<i64>,
    pub(in crate::clients) last_branch: Option<String>,
    pub(in crate::clients) held_until: Option<i64>,
}

const DETAILS: &str = r"
    SELECT
        created_at,
        blocked_at,
        blocked_reason,
        merged_into,
        (
            SELECT branches.name
            FROM sales
            JOIN cashier_nodes
                ON cashier_nodes.tenant_id = $1
                AND cashier_nodes.id = sales.cashier_node_id
            JOIN branches
                ON branches.tenant_id = $1
                AND branches.id = cashier_nodes.branch_id
            WHERE sales.tenant_id = $1
                AND sales.client_id = $2
                AND sales.voided_by IS NULL
            ORDER BY sales.created_at DESC
            LIMIT 1
        ) AS last_branch,
        (
            SELECT MIN(available_at)
            FROM lots
            WHERE lots.tenant_id = $1
                AND lots.client_id = $2
                AND remaining_dirams > 0
                AND available_at > $3
        ) AS held_until
    FROM clients
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::clients) async fn details(
    db: &Db,
    tenant_id: i64,
    id: i64,
    now: Timestamp,
) -> Result<DetailsRow, Error> {
    let params = (tenant_id, id, now.micros());
    db.reads().fetch_one(DETAILS, params).await
}

#[derive(sqlx::FromRow)]
struct LotLineRow {
    kind: String,
    sale_id: Option<i64>,
    sale_dirams: Option<i64>,
    created_at: i64,
    amount_dirams: i64,
    remaining_dirams: i64,
    available_at: i64,
    expires_at: Option<i64>,
    spent: i64,
    swept: i64,
}

impl LotLineRow {
    fn into_line(self, now: Timestamp) -> Result<LotLine, Error> {
        let expires_at = self.expires_at.map(Timestamp::from_micros);
        let is_expired = expires_at.is_some_and(|at| at <= now);
        let unswept = if is_expired { self.remaining_dirams } else { 0 };
        let sums = [
            self.amount_dirams,
            self.remaining_dirams,
            unswept,
            self.spent,
            self.swept,
        ];
        Ok(LotLine {
            kind: LotKind::parse(&self.kind)
                .ok_or_else(|| Error::corrupt("lots.kind", &self.kind))?,
            sale: self.sale_id.zip(self.sale_dirams.map(Money::from_dirams)),
            at: Timestamp::from_micros(self.created_at),
            sums: LotSums::of(1, sums),
            available_at: Timestamp::from_micros(self.available_at),
            expires_at,
        })
    }
}

/// The sum that purchases took from lots, less what came back into them. A restoration that opened
/// a lot pays a debt from it; that is not a purchase.
macro_rules! spent {
    () => {
        r"CAST(COALESCE(SUM(
            CASE
                WHEN entries.kind = 'redeem' THEN allocations.amount_dirams
                WHEN entries.kind = 'restore' AND allocations.amount_dirams < 0
                    THEN allocations.amount_dirams
                ELSE 0
            END
        ), 0) AS BIGINT)"
    };
}

/// The sum that the nightly job ended in lots.
macro_rules! swept {
    () => {
        r"CAST(COALESCE(SUM(
            CASE WHEN entries.kind = 'expire' THEN allocations.amount_dirams ELSE 0 END
        ), 0) AS BIGINT)"
    };
}

/// What was taken from one lot. CROSS JOIN, because SQLite keeps the order of its tables.
macro_rules! from_allocations_of_lot {
    () => {
        r"
            FROM allocations
            CROSS JOIN entries
            WHERE allocations.tenant_id = $1
                AND allocations.client_id = $2
                AND allocations.lot_seq = lots.seq
                AND entries.tenant_id = $1
                AND entries.client_id = $2
                AND entries.seq = allocations.entry_seq"
    };
}

/// The statement that reads lots with the given condition and order.
macro_rules! lot_lines {
    ($which:literal) => {
        concat!(
            "
    SELECT
        lots.kind,
        lots.sale_id,
        sales.total_dirams AS sale_dirams,
        openers.created_at,
        lots.amount_dirams,
        lots.remaining_dirams,
        lots.available_at,
        lots.expires_at,
        (
            SELECT ",
            spent!(),
            from_allocations_of_lot!(),
            "
        ) AS spent,
        (
            SELECT ",
            swept!(),
            from_allocations_of_lot!(),
            "
        ) AS swept
    FROM lots
    JOIN entries AS openers
        ON openers.tenant_id = $1
        AND openers.client_id = $2
        AND openers.seq = lots.seq
    LEFT JOIN sales
        ON sales.tenant_id = $1
        AND sales.id = lots.sale_id
    WHERE lots.tenant_id = $1
        AND lots.client_id = $2",
            $which
        )
    };
}

const LOTS: &str = lot_lines!(
    "
    ORDER BY lots.seq
    LIMIT $3
"
);

const LOTS_LEFT: &str = lot_lines!(
    "
        AND remaining_dirams > 0
        AND COALESCE(expires_at, 9223372036854775807) > $4
    ORDER BY COALESCE(expires_at, 9223372036854775807), lots.seq
    LIMIT $3
"
);

/// Returns the first lots of a client, in the order in which they were given.
pub(in crate::clients) async fn lots(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<LotLine>, Error> {
    let params = (
        tenant_id,
        client_id,
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    let rows: Vec<LotLineRow> = db.reads().fetch_all(LOTS, params).await?;
    rows.into_iter().map(|row| row.into_line(now)).collect()
}

/// Returns the lots that hold bonuses, in spending order.
pub(in crate::clients) async fn lots_left(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<LotLine>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let params = (tenant_id, client_id, limit, now.micros());
    let rows: Vec<LotLineRow> = db.reads().fetch_all(LOTS_LEFT, params).await?;
    rows.into_iter().map(|row| row.into_line(now)).collect()
}

const LOTS_SUMS: &str = concat!(
    "
    SELECT
        COUNT(*),
        CAST(COALESCE(SUM(amount_dirams), 0) AS BIGINT),
        CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT),
        CAST(COALESCE(SUM(
            CASE WHEN expires_at <= $3 THEN remaining_dirams ELSE 0 END
        ), 0) AS BIGINT),
        (
            SELECT ",
    spent!(),
    "
            FROM allocations
            JOIN entries
                ON entries.tenant_id = $1
                AND entries.client_id = $2
                AND entries.seq = allocations.entry_seq
            WHERE allocations.tenant_id = $1
                AND allocations.client_id = $2
        ),
        (
            SELECT ",
    swept!(),
    "
            FROM allocations
            JOIN entries
                ON entries.tenant_id = $1
                AND entries.client_id = $2
                AND entries.seq = allocations.entry_seq
            WHERE allocations.tenant_id = $1
                AND allocations.client_id = $2
        )
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
"
);

/// Returns the sums over all lots of a client.
pub(in crate::clients) async fn lots_sums(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<LotSums, Error> {
    let params = (tenant_id, client_id, now.micros());
    let (count, amount, remaining, unswept, spent, swept): (i64, i64, i64, i64, i64, i64) =
        db.reads().fetch_one(LOTS_SUMS, params).await?;
    Ok(LotSums::of(
        count,
        [amount, remaining, unswept, spent, swept],
    ))
}
