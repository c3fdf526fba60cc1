//! The statements of a client's feed.

use domain::{Money, Timestamp};

use crate::Error;
use crate::clients::events::{Cause, FeedSale};
use crate::db::{Db, Dialect, Numbers};

/// The most allocations that a page of the feed reads.
const MOST_TOOK: i64 = 500;

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct EntryRow {
    pub(in crate::clients) seq: i64,
    pub(in crate::clients) kind: String,
    pub(in crate::clients) amount_dirams: i64,
    pub(in crate::clients) sale_id: Option<i64>,
    pub(in crate::clients) return_id: Option<i64>,
    pub(in crate::clients) act_id: Option<i64>,
    pub(in crate::clients) created_at: i64,
}

impl EntryRow {
    /// Returns whether both entries were made by the same request, act or sweep.
    pub(in crate::clients) fn belongs_with(&self, other: &Self) -> bool {
        let source = |entry: &Self| match (entry.return_id, entry.act_id) {
            // A settlement names no sale, and a merge takes bonuses of many sales.
            (Some(_), _) | (_, Some(_)) => None,
            (None, None) => entry.sale_id,
        };
        let is_expiry = |entry: &Self| entry.kind == "expire";
        self.created_at == other.created_at
            && self.return_id == other.return_id
            && self.act_id == other.act_id
            && source(self) == source(other)
            && is_expiry(self) == is_expiry(other)
    }
}

const ENTRIES: &str = r"
    SELECT
        seq,
        kind,
        amount_dirams,
        sale_id,
        return_id,
        act_id,
        created_at
    FROM entries
    WHERE tenant_id = $1
        AND client_id = $2
        AND seq < $3
    ORDER BY seq DESC
    LIMIT $4
";

/// Returns the entries before `seq`, the newest first.
pub(in crate::clients) async fn entries(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    seq: i64,
    limit: usize,
) -> Result<Vec<EntryRow>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let params = (tenant_id, client_id, seq, limit);
    db.reads().fetch_all(ENTRIES, params).await
}

const AMOUNT_SINCE: &str = r"
    SELECT CAST(COALESCE(SUM(amount_dirams), 0) AS BIGINT)
    FROM entries
    WHERE tenant_id = $1
        AND client_id = $2
        AND seq >= $3
";

/// Returns the sum of the entries from `seq` on, in dirams.
pub(in crate::clients) async fn amount_since(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    seq: i64,
) -> Result<i64, Error> {
    let params = (tenant_id, client_id, seq);
    let (dirams,): (i64,) = db.reads().fetch_one(AMOUNT_SINCE, params).await?;
    Ok(dirams)
}

const QUIET_DOCUMENTS: &str = r"
    SELECT
        made_at,
        document,
        id
    FROM (
        SELECT
            created_at AS made_at,
            CAST(1 AS BIGINT) AS document,
            id
        FROM sales
        WHERE tenant_id = $1
            AND client_id = $2
            AND created_at <= $3
            AND accrued_dirams = 0
            AND (redeemed_dirams = 0 OR redemption_id IS NOT NULL)
            AND voided_by IS NULL
            AND NOT EXISTS (
                SELECT 1
                FROM lots
                WHERE lots.tenant_id = $1
                    AND lots.client_id = $2
                    AND lots.sale_id = sales.id
            )
        UNION ALL
        SELECT
            created_at AS made_at,
            CAST(2 AS BIGINT) AS document,
            id
        FROM returns
        WHERE tenant_id = $1
            AND client_id = $2
            AND created_at <= $3
            AND revoked_dirams = 0
            AND restored_dirams = 0
            AND settled_dirams = 0
            AND is_void = 0
    ) AS quiet
    WHERE made_at < $3
        OR (made_at = $3 AND document > $4)
        OR (made_at = $3 AND document = $4 AND id < $5)
    ORDER BY made_at DESC, document, id DESC
    LIMIT $6
";

/// Returns the documents after a place that have changed no bonuses, the newest first: the moment,
/// 1 for a sale or 2 for a return, and the number.
pub(in crate::clients) async fn quiet_documents(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    (at, document, id): (Timestamp, i64, i64),
    limit: usize,
) -> Result<Vec<(i64, i64, i64)>, Error> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let params = (tenant_id, client_id, at.micros(), document, id, limit);
    db.reads().fetch_all(QUIET_DOCUMENTS, params).await
}

/// The two texts of a statement that reads the rows of `$from` whose number is in the list `$2`.
macro_rules! by_numbers {
    ($columns:literal, $from:literal) => {
        (
            concat!(
                "
    SELECT",
                $columns,
                "
    FROM ",
                $from,
                "
        AND documents.id IN (SELECT value FROM json_each($2))
"
            ),
            concat!(
                "
    SELECT",
                $columns,
                "
    FROM ",
                $from,
                "
        AND documents.id = ANY($2)
"
            ),
        )
    };
}

fn text(db: &Db, (sqlite, postgres): (&'static str, &'static str)) -> &'static str {
    match db.dialect() {
        Dialect::Sqlite => sqlite,
        Dialect::Postgres => postgres,
    }
}

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct SaleRow {
    pub(in crate::clients) id: i64,
    pub(in crate::clients) client_id: i64,
    kind: String,
    pub(in crate::clients) total_dirams: i64,
    gross_dirams: i64,
    paid_dirams: i64,
    accrued_dirams: i64,
    pub(in crate::clients) till: String,
    pub(in crate::clients) branch: String,
}

impl SaleRow {
    pub(in crate::clients) fn sale(&self) -> FeedSale {
        let money = Money::from_dirams;
        FeedSale {
            id: self.id,
            is_redemption: self.kind == "redemption",
            total: money(self.total_dirams),
            gross: money(self.gross_dirams),
            paid: money(self.paid_dirams),
            accrued: money(self.accrued_dirams),
        }
    }
}

const SALES: (&str, &str) = by_numbers!(
    "
        documents.id,
        client_id,
        kind,
        total_dirams,
        gross_dirams,
        paid_dirams,
        accrued_dirams,
        cashier_nodes.name AS till,
        branches.name AS branch",
    "sales AS documents
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    WHERE documents.tenant_id = $1"
);

pub(in crate::clients) async fn sales(
    db: &Db,
    tenant_id: i64,
    ids: &[i64],
) -> Result<Vec<SaleRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let params = (tenant_id, Numbers(ids));
    db.reads().fetch_all(text(db, SALES), params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct ReturnRow {
    pub(in crate::clients) id: i64,
    pub(in crate::clients) client_id: i64,
    pub(in crate::clients) sale_id: Option<i64>,
    pub(in crate::clients) return_dirams: i64,
    pub(in crate::clients) counted_dirams: i64,
    pub(in crate::clients) is_void: i64,
    pub(in crate::clients) till: String,
    pub(in crate::clients) branch: String,
}

const RETURNS: (&str, &str) = by_numbers!(
    "
        documents.id,
        client_id,
        sale_id,
        return_dirams,
        counted_dirams,
        is_void,
        cashier_nodes.name AS till,
        branches.name AS branch",
    "returns AS documents
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    WHERE documents.tenant_id = $1"
);

pub(in crate::clients) async fn returns(
    db: &Db,
    tenant_id: i64,
    ids: &[i64],
) -> Result<Vec<ReturnRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let params = (tenant_id, Numbers(ids));
    db.reads().fetch_all(text(db, RETURNS), params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct ActRow {
    pub(in crate::clients) id: i64,
    client_id: i64,
    other_id: Option<i64>,
    who: String,
    reason: String,
}

impl ActRow {
    /// Returns what the act was for the client with this number.
    pub(in crate::clients) fn cause(&self, client_id: i64) -> Cause {
        let (who, reason) = (self.who.clone(), self.reason.clone());
        match self.other_id {
            None => Cause::ByHand { who, reason },
            Some(merged) => Cause::Merge {
                other_id: if merged == client_id {
                    self.client_id
                } else {
                    merged
                },
                who,
                reason,
            },
        }
    }
}

const ACTS: (&str, &str) = by_numbers!(
    "
        id,
        client_id,
        other_id,
        who,
        reason",
    "client_acts AS documents
    WHERE tenant_id = $1"
);

pub(in crate::clients) async fn acts(
    db: &Db,
    tenant_id: i64,
    ids: &[i64],
) -> Result<Vec<ActRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let params = (tenant_id, Numbers(ids));
    db.reads().fetch_all(text(db, ACTS), params).await
}

#[derive(sqlx::FromRow)]
pub(in crate::clients) struct TookRow {
    pub(in crate::clients) entry_seq: i64,
    pub(in crate::clients) amount_dirams: i64,
    pub(in crate::clients) kind: String,
    pub(in crate::clients) given_at: i64,
}

/// The statement that reads what the entries `$wanted` took from lots.
macro_rules! took {
    ($wanted:literal) => {
        concat!(
            "
    SELECT
        allocations.entry_seq,
        allocations.amount_dirams,
        lots.kind,
        openers.created_at AS given_at
    FROM allocations
    CROSS JOIN lots
    CROSS JOIN entries AS openers
    WHERE allocations.tenant_id = $1
        AND allocations.client_id = $2
        AND allocations.entry_seq ",
            $wanted,
            "
        AND lots.tenant_id = $1
        AND lots.client_id = $2
        AND lots.seq = allocations.lot_seq
        AND openers.tenant_id = $1
        AND openers.client_id = $2
        AND openers.seq = lots.seq
    ORDER BY allocations.entry_seq, allocations.lot_seq
    LIMIT $4
"
        )
    };
}

const TOOK: (&str, &str) = (
    took!("IN (SELECT value FROM json_each($3))"),
    took!("= ANY($3)"),
);

/// Returns what entries took from lots; of many lots only the first.
pub(in crate::clients) async fn took(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    seqs: &[i64],
) -> Result<Vec<TookRow>, Error> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let params = (tenant_id, client_id, Numbers(seqs), MOST_TOOK);
    db.reads().fetch_all(text(db, TOOK), params).await
}
